#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *number_format(char *text, double value) {
    if (floor(value) == value && fabs(value) < 1e15) {
        snprintf(text, NUMBER_TEXT, "%.0f", value);
        return text;
    }
    for (int digits = 1; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(text, NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    return text;
}

const char *number_text(struct arena *arena, double value) {
    char text[NUMBER_TEXT];
    number_format(text, value);
    return arena_copy(arena, text, strlen(text));
}

const char *number_short(struct arena *arena, double value) {
    double size = fabs(value);
    return arena_print(arena, size >= 1e5 && size < 1e9 ? "%.0f" : "%.5g", value);
}

const char *number_grouped(struct arena *arena, uint64_t value) {
    const char *text = "";
    for (; value >= 1000; value /= 1000)
        text = arena_print(arena, ",%03d%s", (int)(value % 1000), text);
    return arena_print(arena, "%d%s", (int)value, text);
}

double number_unsigned_nan(double value) {
    return isnan(value) ? fabs(value) : value;
}

const char *sizes_format(char *text, const size_t *size, size_t rank) {
    size_t length = 0;
    for (size_t i = 0; i < rank && length < SIZES_TEXT - NUMBER_TEXT; i++)
        length += (size_t)snprintf(text + length, SIZES_TEXT - length, "%s%zu", i ? ", " : "[", size[i]);
    snprintf(text + length, SIZES_TEXT - length, "%s", rank ? "]" : "[]");
    return text;
}
