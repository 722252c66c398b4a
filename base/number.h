// Numbers as text.
#ifndef NUMBER_H
#define NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { NUMBER_TEXT = 32, SIZES_TEXT = 256 };    // bytes, the final 0 included

// The shortest text that reads back as the same number: "0.1", "60000", "1e-05". Whole numbers below 10^15 have no
// exponent. Returns `text` [NUMBER_TEXT].
const char *number_format(char *text, double value);
// The same in the arena.
const char *number_text(struct arena *arena, double value);
// Five digits; numbers from 10^5 to 10^9 are rounded to whole ones. In the arena.
const char *number_short(struct arena *arena, double value);
// "60,000", in the arena.
const char *number_grouped(struct arena *arena, uint64_t value);
// The number without the sign of a NaN, which depends on the processor.
double number_unsigned_nan(double value);

// "[1, 28, 28]"; "[]" for rank 0. Returns `text` [SIZES_TEXT].
const char *sizes_format(char *text, const size_t *size, size_t rank);

#endif
