#include "runtime/data/say.h"

#include <math.h>
#include <stdio.h>

double say_number(double value) {
    return isnan(value) ? fabs(value) : value;
}

const char *say_sizes(char *text, const size_t *size, size_t rank) {
    size_t length = 0;
    for (size_t i = 0; i < rank && length < AE_SIZES_TEXT - 32; i++)
        length += (size_t)snprintf(text + length, AE_SIZES_TEXT - length, "%s%zu", i ? ", " : "[", size[i]);
    snprintf(text + length, AE_SIZES_TEXT - length, "%s", rank ? "]" : "[]");
    return text;
}
