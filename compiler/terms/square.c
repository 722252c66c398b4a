// z^2
#include "compiler/terms/terms.h"

struct node *square_elements(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term) {
    (void)term;
    return graph_binary(b, OP_MULTIPLY, inputs->z, inputs->z);
}
