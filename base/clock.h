// The time that has passed.
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

// A clock that never goes back; its zero has no meaning.
uint64_t clock_nanoseconds(void);
double clock_seconds(void);

enum { DURATION_TEXT = 32 };
// "2:33", "1:02:33" from an hour on, of seconds rounded to whole ones. Returns `text` [DURATION_TEXT].
const char *duration_format(char *text, double seconds);

#endif
