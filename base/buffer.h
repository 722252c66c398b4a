// A growing text. The emitter, the dumps and the tables print into a buffer, which is then written as a whole.
#ifndef BUFFER_H
#define BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *text;    // ends with a 0; NULL until something is added
    size_t length;
    size_t capacity;
};

void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprint(struct buffer *buffer, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
// Reserves `more` bytes and a final 0; returns their address. The caller writes them and adds to the length.
char *buffer_reserve(struct buffer *buffer, size_t more);
void buffer_add(struct buffer *buffer, const char *text, size_t length);
// Adds the text escaped for XML and HTML, both between tags and inside quotes.
void buffer_escape(struct buffer *buffer, const char *text, size_t length);
void buffer_free(struct buffer *buffer);

#endif
