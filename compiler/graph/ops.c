#include "compiler/graph/ops.h"

#include <stddef.h>

const struct op_row op_rows[] = {
#define OP(id, name, class, kernel, attributes, least, most, extent, count, unit, cost, rule, scalar, vector, doc) \
    {#name,                                                                                                        \
     CLASS_##class,                                                                                                \
     ATTRIBUTES_##attributes,                                                                                      \
     least,                                                                                                        \
     most,                                                                                                         \
     EXTENT_##extent,                                                                                              \
     COUNT_##count,                                                                                                \
     COST_##unit,                                                                                                  \
     cost,                                                                                                         \
     RULE_##rule,                                                                                                  \
     scalar,                                                                                                       \
     vector,                                                                                                       \
     doc},
#include "language/ops.def"
};

_Static_assert(sizeof op_rows / sizeof *op_rows == OP_KINDS, "a row for each op");

// Elementwise ops are printed from their row's templates.
#define OP(id, name, class, kernel, attributes, least, most, ...) \
    _Static_assert((least) <= (most) && (most) <= OP_INPUTS, #name ": the number of inputs");
#include "language/ops.def"

const char *op_name(enum op op) {
    return op_rows[op].name;
}

bool op_is_elementwise(enum op op) {
    return op_rows[op].class == CLASS_ELEMENTWISE;
}

bool op_is_convolution(enum op op) {
    return op_rows[op].class == CLASS_CONVOLUTION;
}
