// |z|
#include "compiler/terms/terms.h"

struct node *absolute_elements(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term) {
    (void)term;
    return graph_unary(b, OP_ABSOLUTE, inputs->z);
}
