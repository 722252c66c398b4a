// Reverse-mode differentiation, with one rule per op. Gradients use the same ops, so they can be differentiated again.
#ifndef GRADIENT_H
#define GRADIENT_H

#include "compiler/graph/builder.h"

// Adds the gradients of the sum over samples, over i and over the elements of seeds[i] * of[i] with respect to each of
// the `count` nodes of `with_respect_to`. A seed has its node's count, or is NULL for 1 everywhere.
// gradients [count] out: each has the count of its node, and is per sample or shared like its node.
// NULL: the sum does not depend on the node.
// Returns NULL, or the name of the first op without a rule; gradients are then not set.
const char *graph_gradient(struct graph_builder *builder, struct node *const *of, struct node *const *seeds,
                           int of_count, struct node *const *with_respect_to, int count, struct node **gradients);

// Adds outputs to a training graph: the gradients of the sum over terms of TERM_SCALE * term for every parameter.
void graph_differentiate(struct graph *graph);

#endif
