#include "compiler/terms/terms.h"

static struct node *(*const elements[])(struct graph_builder *b, const struct term_inputs *inputs,
                                        const struct term *term) = {
#define TERM(name, elements, ...) elements##_elements,
#include "language/terms.def"
};

_Static_assert(sizeof elements / sizeof *elements == TERM_KINDS, "a formula for each term");

struct node *term_lower(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term) {
    struct node *each = elements[term->kind](b, inputs, term), *sum = graph_sum(b, each);
    bool mean = term_rows[term->kind].reduction == REDUCTION_mean;
    return mean ? graph_scale(b, sum, 1 / (double)each->count) : sum;
}
