#include "driver/trainers/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *number_exact(struct arena *arena, double value) {
    int digits = 15;
    while (digits < 17 && strtod(arena_print(arena, "%.*g", digits, value), NULL) != value)
        digits++;
    return arena_print(arena, "%.*g", digits, value);
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
