// The ops of the graph. language/ops.def has one row for each; docs/ir.md describes them.
#ifndef OPS_H
#define OPS_H

#include <stdbool.h>

enum op {
#define OP(id, ...) OP_##id,
#include "language/ops.def"
    OP_KINDS
};

enum op_class {
    CLASS_LEAF,
    CLASS_RANDOM,
    CLASS_CONVOLUTION,
    CLASS_BATCH_SUM,    // sums over the samples of the batch
    CLASS_MOVE,
    CLASS_ELEMENTWISE,
    CLASS_REDUCTION
};

// The member of a node's union that holds the op's attributes.
enum op_attributes {
    ATTRIBUTES_NONE,
    ATTRIBUTES_CODE,
    ATTRIBUTES_PARAMETER,
    ATTRIBUTES_TERM,
    ATTRIBUTES_SCALAR,
    ATTRIBUTES_RANDOM,
    ATTRIBUTES_CONVOLUTION,
    ATTRIBUTES_REPACK,
    ATTRIBUTES_BIAS,
    ATTRIBUTES_PERMUTE
};

// One value per sample, one value shared by all samples of the batch, or one number shared by all samples and elements.
enum extent { EXTENT_SAMPLE, EXTENT_SHARED, EXTENT_UNIFORM, EXTENT_INPUTS };    // INPUTS: only in a row of ops.def

// How the number of elements of a result follows from inputs and attributes.
enum op_count {
    COUNT_GIVEN,
    COUNT_ONE,
    COUNT_INPUT,
    COUNT_WIDEST,
    COUNT_LARGE,
    COUNT_SMALL,
    COUNT_WEIGHT,
    COUNT_CHANNELS,
    COUNT_IMAGE
};

enum cost_unit { COST_VECTOR, COST_ELEMENT, COST_NEST };
enum op_rule { RULE_SLOPE, RULE_FUNCTION, RULE_ZERO, RULE_REFUSED };
enum { OP_INPUTS = 3 };    // at most

struct op_row {
    const char *name;
    enum op_class class;
    enum op_attributes attributes;
    int least, most;    // numbers of inputs
    enum extent extent;
    enum op_count count;
    enum cost_unit unit;
    double cost;
    enum op_rule rule;
    const char *scalar, *vector;    // the C of an elementwise op, NULL for the others
    const char *doc;
};

extern const struct op_row op_rows[OP_KINDS];

const char *op_name(enum op op);
bool op_is_elementwise(enum op op);
// CONVOLVE and CONVOLVE_TRANSPOSED.
bool op_is_convolution(enum op op);

#endif
