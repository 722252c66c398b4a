// Elapsed time.
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

// A monotonic clock; only differences between two readings are meaningful.
uint64_t clock_nanoseconds(void);
double clock_seconds(void);

enum { DURATION_TEXT = 32 };
// "2:33", or "1:02:33" from one hour up, rounded to whole seconds. Returns `text` [DURATION_TEXT].
const char *duration_format(char *text, double seconds);

#endif
