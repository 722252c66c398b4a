// JSON values, made with the library jansson. None of its results is used unchecked: without memory the program ends as
// base/memory.h says, and a value that the library refuses is a fault of the program, which then exits with EXIT_BUG.
// Values are read with the functions of the library; they take NULL for a value that is missing.
#ifndef JSON_H
#define JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/buffer.h"

// Must be called before the library is used: from then on it takes its memory from base/memory.h.
void json_use_memory(void);

// As json_pack(). The texts among its arguments must be UTF-8.
json_t *json_make(const char *format, ...);
// A text from outside, such as a path. Each byte that is not UTF-8 becomes "\x" and two hexadecimal digits.
json_t *json_text(const char *text);
// null for a number that is not finite: JSON has none.
json_t *json_number(double value);
// Adds a value to an object or an array, which owns it from then on.
void json_put(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

// Appends the text of a value and releases the value. `flags` are those of json_dumps().
void json_write(json_t *value, size_t flags, struct buffer *out);
// Prints a value to stdout, indented and with a line end, and releases it.
void json_print(json_t *value);

#endif
