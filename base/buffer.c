#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

char *buffer_reserve(struct buffer *buffer, size_t more) {
    if (more >= SIZE_MAX / 4 - buffer->length) memory_exhausted();
    size_t needed = buffer->length + more + 1;
    if (needed > buffer->capacity) {
        size_t doubled = buffer->capacity ? 2 * buffer->capacity : 256;
        buffer->capacity = needed > doubled ? needed : doubled;
        buffer->text = memory_resize(buffer->text, buffer->capacity, 1);
    }
    return buffer->text + buffer->length;
}

void buffer_add(struct buffer *buffer, const char *text, size_t length) {
    buffer_reserve(buffer, length);
    memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = 0;
}

void buffer_vprint(struct buffer *buffer, const char *format, va_list arguments) {
    // Most prints fit into the remaining capacity and are formatted only once.
    enum { SHORT = 128 };
    va_list again;
    va_copy(again, arguments);
    buffer_reserve(buffer, SHORT);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(buffer->text + buffer->length, room, format, arguments);
    if ((size_t)length >= room) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += (size_t)length;
}

void buffer_print(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (strcmp(format, "%s") == 0) {
        const char *text = va_arg(arguments, const char *);
        buffer_add(buffer, text, strlen(text));
    } else if (!strchr(format, '%')) {
        buffer_add(buffer, format, strlen(format));
    } else {
        buffer_vprint(buffer, format, arguments);
    }
    va_end(arguments);
}

void buffer_escape(struct buffer *buffer, const char *text, size_t length) {
    for (const char *end = text + length; text < end; text++)
        switch (*text) {
        case '&': buffer_print(buffer, "&amp;"); break;
        case '<': buffer_print(buffer, "&lt;"); break;
        case '>': buffer_print(buffer, "&gt;"); break;
        case '"': buffer_print(buffer, "&quot;"); break;
        case '\'': buffer_print(buffer, "&#39;"); break;
        default: buffer_add(buffer, text, 1);
        }
}

void buffer_free(struct buffer *buffer) {
    free(buffer->text);
    *buffer = (struct buffer){0};
}
