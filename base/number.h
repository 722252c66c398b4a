// Numbers as text, and text as numbers.
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { NUMBER_TEXT = 32, SIZES_TEXT = 256 };    // bytes, the final 0 included

// The shortest text that reads back as the same number: "0.1", "60000", "1e-05". Whole numbers below 10^15 have no
// exponent. Returns `text` [NUMBER_TEXT].
const char *number_format(char *text, double value);
// The same in the arena.
const char *number_text(struct arena *arena, double value);
// The number in the arena: rounded to a whole number if its absolute value is at least 10^5 and below 10^9, otherwise
// to five significant digits.
const char *number_short(struct arena *arena, double value);
// "60,000", in the arena.
const char *number_grouped(struct arena *arena, uint64_t value);
// The number without the sign of a NaN, which depends on the processor.
double number_unsigned_nan(double value);

// "[1, 28, 28]"; "[]" for rank 0. Returns `text` [SIZES_TEXT].
const char *sizes_format(char *text, const size_t *size, size_t rank);

// False unless the text is one finite decimal number.
bool number_parse(const char *text, double *value);
// False unless the text is one whole number from minimum to maximum, both at most 2^53, compared exactly ("1e3" and
// "7.0" are whole).
bool number_parse_whole(const char *text, double minimum, double maximum, double *value);
// False unless the text is "X,Y", two numbers.
bool number_parse_pair(const char *text, double pair[2]);

#endif
