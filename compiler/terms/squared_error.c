// (y - x)^2
#include "compiler/terms/terms.h"

struct node *squared_error_elements(struct graph_builder *b, const struct term_inputs *inputs,
                                    const struct term *term) {
    (void)term;
    struct node *difference = graph_binary(b, OP_SUBTRACT, inputs->output, inputs->input);
    return graph_binary(b, OP_MULTIPLY, difference, difference);
}
