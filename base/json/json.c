#include "base/json/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/source.h"

static void *allocate(size_t size) {
    return memory_resize(NULL, size, 1);
}

void json_use_memory(void) {
    json_set_alloc_funcs(allocate, free);
}

static void require(bool done, const char *what) {
    if (!done) exit(message_error(EXIT_BUG, "internal error: cannot create JSON: %s", what));
}

json_t *json_make(const char *format, ...) {
    va_list arguments;
    json_error_t error;
    va_start(arguments, format);
    json_t *value = json_vpack_ex(&error, 0, format, arguments);
    va_end(arguments);
    require(value != NULL, error.text);
    return value;
}

// The library decides which characters are UTF-8.
static bool is_text(const char *character, size_t length) {
    json_t *value = json_stringn(character, length);
    json_decref(value);
    return value != NULL;
}

json_t *json_text(const char *text) {
    json_t *value = json_string(text);
    if (value) return value;
    struct buffer shown = {0};
    size_t length = strlen(text);
    for (size_t i = 0, bytes; i < length; i += bytes) {
        bytes = character_length(text + i, length - i);
        if (!is_text(text + i, bytes)) bytes = 1;
        if (is_text(text + i, bytes))
            buffer_add(&shown, text + i, bytes);
        else
            buffer_print(&shown, "\\x%02x", (unsigned)(unsigned char)text[i]);
    }
    value = json_stringn(shown.text, shown.length);
    buffer_free(&shown);
    require(value != NULL, "a string is not UTF-8");
    return value;
}

json_t *json_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

void json_put(json_t *object, const char *name, json_t *value) {
    require(json_object_set_new(object, name, value) == 0, name);
}

void json_append(json_t *array, json_t *value) {
    require(json_array_append_new(array, value) == 0, "cannot append to an array");
}

static int add_part(const char *text, size_t length, void *out) {
    buffer_add(out, text, length);
    return 0;
}

void json_write(json_t *value, size_t flags, struct buffer *out) {
    require(json_dump_callback(value, add_part, out, flags) == 0, "cannot print a value");
    json_decref(value);
}

void json_print(json_t *value) {
    struct buffer text = {0};
    json_write(value, JSON_INDENT(2), &text);
    puts(text.text);
    buffer_free(&text);
}
