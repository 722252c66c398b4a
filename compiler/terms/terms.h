// The loss terms. Each row of terms.def names the formula of one element, a file in this folder. The program does not
// link if it is missing.
#ifndef TERMS_H
#define TERMS_H

#include "compiler/graph/builder.h"
#include "compiler/spec.h"

// The values that a term can use.
struct term_inputs {
    struct node *input;           // the normalised sample
    struct node *output;          // the output of the decoder
    struct node *z;               // z with noise in training, mu otherwise
    struct node *const *heads;    // of the latent
    const struct latent *latent;
};

#define TERM(name, elements, ...)                                                               \
    struct node *elements##_elements(struct graph_builder *b, const struct term_inputs *inputs, \
                                     const struct term *term);
#include "language/terms.def"

// The term of a sample: the sum or the mean of its elements.
struct node *term_lower(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term);

#endif
