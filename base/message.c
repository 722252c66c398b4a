#include "base/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

const char *error_text(int error) {
    return error == ENOMEM ? "out of memory" : strerror(error);
}

void message_quiet(void) {
    quiet = true;
}
