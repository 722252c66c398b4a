// Text that grows. The emitter, the dumps and the tables all print into one of these and write it out whole.
#ifndef BUFFER_H
#define BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *text;    // always ends in 0 once something was added; NULL before
    size_t length;
    size_t capacity;
};

void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprint(struct buffer *buffer, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void buffer_add(struct buffer *buffer, const char *text, size_t length);
// The text as XML and HTML have it, between tags or in quotes.
void buffer_escape(struct buffer *buffer, const char *text, size_t length);
void buffer_free(struct buffer *buffer);

#endif
