// The errors of a compilation: collected by all passes and printed once, in source order.
#ifndef DIAGNOSTICS_H
#define DIAGNOSTICS_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/source.h"

struct diagnostic;

struct diagnostics {
    struct arena *arena;
    struct diagnostic *first;
    int count;
};

// Adds an error; `format` and `arguments` are its message. `id` names the kind of error and is not copied.
struct diagnostic *diagnostic_add(struct diagnostics *diagnostics, const char *id, struct span span, const char *format,
                                  va_list arguments);
// The text after the caret. An error has at most one hint; a later one replaces it.
void diagnostic_hint(struct diagnostics *diagnostics, struct diagnostic *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Adds a note at another position.
void diagnostic_note(struct diagnostics *diagnostics, struct diagnostic *error, struct span span, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));
// Sets the hint "did you mean 'X'?", unless `nearest` is NULL.
void diagnostic_suggest(struct diagnostics *diagnostics, struct diagnostic *error, const char *nearest);

// Prints all errors in source order, each with its line, caret and notes. Optional: ids in brackets, terminal colours.
void diagnostics_print(struct diagnostics *diagnostics, bool show_ids, bool colour, struct buffer *out);
// True if an error was reported in the source with this `order`.
bool diagnostics_touch(const struct diagnostics *diagnostics, int order);

#endif
