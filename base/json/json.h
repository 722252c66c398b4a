// JSON values, created with the library jansson. Every result is checked: if memory is exhausted, the program ends as
// base/memory.h says; if the library rejects a value, the program exits with EXIT_BUG. Values are read with the
// functions of the library, which accept NULL for a missing value.
#ifndef JSON_H
#define JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/buffer.h"

// Must be called before the library is used: makes it allocate with base/memory.h.
void json_use_memory(void);

// As json_pack(). Strings among the arguments must be UTF-8.
json_t *json_make(const char *format, ...);
// A string of unknown encoding, such as a path. Each byte that is not UTF-8 becomes "\x" and two hexadecimal digits.
json_t *json_text(const char *text);
// A number, or null if it is not finite.
json_t *json_number(double value);
// Adds a value to an object or an array, which takes ownership of it.
void json_put(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

// Appends the text of a value and releases the value. `flags` are those of json_dumps().
void json_write(json_t *value, size_t flags, struct buffer *out);
// Prints a value to stdout, indented and with a line end, and releases it.
void json_print(json_t *value);

#endif
