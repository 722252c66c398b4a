#include "compiler/graph/ops/op.h"

#define LEAF_ROW(name) .evaluate = name##_evaluate
#define RANDOM_ROW(name) .evaluate = name##_evaluate
#define CONVOLUTION_ROW(name) .check = name##_check, .evaluate = name##_evaluate, .print = name##_print
#define BATCH_SUM_ROW(name) .check = name##_check, .evaluate = name##_evaluate
#define MOVE_ROW(name) .check = name##_check, .evaluate = name##_evaluate, .print = name##_print
#define ELEMENTWISE_ROW(name) .element = name##_element
#define REDUCTION_ROW(name) .evaluate = name##_evaluate
#define SLOPE_ROW(name) .slope = name##_slope
#define FUNCTION_ROW(name) .rule = name##_rule
#define ZERO_ROW(name)
#define REFUSED_ROW(name)

const struct op_functions op_functions[OP_KINDS] = {
#define OP(id, name, class, kernel, attributes, least, most, extent, count, unit, cost, rule, ...) \
    [OP_##id] = {class##_ROW(name), rule##_ROW(name)},
#include "language/ops.def"
};
