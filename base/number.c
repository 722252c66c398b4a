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

bool number_parse(const char *text, double *value) {
    char *end;
    if (!*text || text[strspn(text, "0123456789+-.eE")]) return false;
    *value = strtod(text, &end);
    return end != text && !*end && isfinite(*value);
}

bool number_parse_whole(const char *text, double minimum, double maximum, double *value) {
    if (!number_parse(text, value) || *value != floor(*value) || *value < minimum || *value > maximum) return false;
    // 2^53 + 1 becomes 2^53 as a double
    bool digits = !text[strspn(text, "0123456789")];
    return !digits || strtoull(text, NULL, 10) <= (unsigned long long)maximum;
}

bool number_parse_pair(const char *text, double pair[2]) {
    struct arena arena = {0};
    size_t length = strcspn(text, ",");
    bool fine = text[length] && number_parse(arena_copy(&arena, text, length), &pair[0]) &&
                number_parse(text + length + 1, &pair[1]);
    arena_free(&arena);
    return fine;
}
