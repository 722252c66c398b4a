#include "driver/trainers/tell.h"

#include <stdarg.h>
#include <stdio.h>

void tell(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("aespec: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}
