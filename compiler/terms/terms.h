// The loss terms: each row of terms.def names the formula of one element, a file of this room. A row whose formula is
// missing does not link.
#ifndef TERMS_H
#define TERMS_H

#include "compiler/graph/builder.h"
#include "compiler/spec.h"

// What a term can be of.
struct term_inputs {
    struct node *input;           // the normalised sample
    struct node *output;          // the decoder's result
    struct node *z;               // while training with noise, mu otherwise
    struct node *const *heads;    // of the latent
    const struct latent *latent;
};

#define TERM(name, elements, ...)                                                               \
    struct node *elements##_elements(struct graph_builder *b, const struct term_inputs *inputs, \
                                     const struct term *term);
#include "language/terms.def"

// The term of a sample: its elements, summed or averaged.
struct node *term_lower(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term);

#endif
