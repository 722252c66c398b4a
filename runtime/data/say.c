#include "runtime/data/say.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static const char *program = "trainer";
static bool quiet;

void say_begin(const char *name) {
    program = name;
}

static void say(const char *format, va_list arguments) {
    fprintf(stderr, "%s: ", program);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

int say_error(int code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return code;
}

void say_note(const char *format, ...) {
    if (quiet) return;
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

void say_quiet(void) {
    quiet = true;
}

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
