// -x log s(y) - (1 - x) log(1 - s(y)) = softplus(y) - x y, which cannot overflow; s is the sigmoid.
#include "compiler/terms/terms.h"

struct node *cross_entropy_elements(struct graph_builder *b, const struct term_inputs *inputs,
                                    const struct term *term) {
    (void)term;
    struct node *x = inputs->input, *y = inputs->output;
    struct node *product = graph_binary(b, OP_MULTIPLY, x, y);
    return graph_binary(b, OP_SUBTRACT, graph_unary(b, OP_SOFTPLUS, y), product);
}
