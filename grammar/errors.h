// The errors of a spec by their id: each row of language/errors.def is an id and the format of its message.
#ifndef ERRORS_H
#define ERRORS_H

#include "base/diagnostics.h"

enum error_id {
#define ERROR(id, message, where) ERROR_##id,
#include "language/errors.def"
#undef ERROR
    ERROR_COUNT
};

// Adds an error. The variable arguments are those of the message of `id` in errors.def.
struct diagnostic *error_at(struct diagnostics *diagnostics, enum error_id id, struct span span, ...);
// The same with the arguments as a list.
struct diagnostic *error_at_list(struct diagnostics *diagnostics, enum error_id id, struct span span,
                                 va_list arguments);

#endif
