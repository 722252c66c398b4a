#include "grammar/errors.h"

static const struct {
    const char *id, *message;
} rows[ERROR_COUNT] = {
#define ERROR(id, message, where) {#id, message},
#include "language/errors.def"
#undef ERROR
};

struct diagnostic *error_at_list(struct diagnostics *diagnostics, enum error_id id, struct span span,
                                 va_list arguments) {
    return diagnostic_add(diagnostics, rows[id].id, span, rows[id].message, arguments);
}

struct diagnostic *error_at(struct diagnostics *diagnostics, enum error_id id, struct span span, ...) {
    va_list arguments;
    va_start(arguments, span);
    struct diagnostic *error = error_at_list(diagnostics, id, span, arguments);
    va_end(arguments);
    return error;
}
