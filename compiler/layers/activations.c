#include <math.h>

#include "compiler/layers/layers.h"

struct node *relu_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    return graph_unary(b, OP_RELU, x);
}

struct node *leaky_relu_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    return graph_select(b, x, graph_scale(b, x, arguments[0].number), x);
}

// alpha * expm1(min(x, 0)) + max(x, 0), so that expm1 cannot overflow.
struct node *elu_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    struct node *positive = graph_unary(b, OP_RELU, x);
    struct node *negative = graph_unary(b, OP_EXPM1, graph_binary(b, OP_SUBTRACT, x, positive));
    return graph_binary(b, OP_ADD, positive, graph_scale(b, negative, arguments[0].number));
}

struct node *gelu_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    struct node *erf = graph_unary(b, OP_ERF, graph_scale(b, x, sqrt(0.5)));
    return graph_binary(b, OP_MULTIPLY, x, graph_scale(b, graph_offset(b, erf, 1), 0.5));
}

struct node *silu_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    return graph_binary(b, OP_MULTIPLY, x, graph_unary(b, OP_SIGMOID, x));
}

struct node *sigmoid_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    return graph_unary(b, OP_SIGMOID, x);
}

struct node *tanh_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    return graph_unary(b, OP_TANH, x);
}

struct node *softplus_activate(struct graph_builder *b, struct node *x, const struct value *arguments) {
    (void)arguments;
    return graph_unary(b, OP_SOFTPLUS, x);
}
