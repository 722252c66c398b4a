#include "base/message.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

static const char *program;
static bool quiet;

void message_program(const char *name) {
    program = name;
}

static void message_print(const char *format, va_list arguments) {
    if (program) fprintf(stderr, "%s: ", program);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

int message_error(int code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    message_print(format, arguments);
    va_end(arguments);
    return code;
}

void message_note(const char *format, ...) {
    if (quiet) return;
    va_list arguments;
    va_start(arguments, format);
    message_print(format, arguments);
    va_end(arguments);
}

void message_quiet(void) {
    quiet = true;
}
