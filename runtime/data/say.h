// Numbers and shapes as messages and files have them.
#ifndef AE_SAY_H
#define AE_SAY_H

#include <stddef.h>

// The number to print: the sign of a NaN, which is the processor's whim, is taken off.
double say_number(double value);

// "[1, 28, 28]" into text [AE_SIZES_TEXT]; returns text.
enum { AE_SIZES_TEXT = 256 };
const char *say_sizes(char *text, const size_t *size, size_t rank);

#endif
