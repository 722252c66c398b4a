// Reverse-mode differentiation: one rule an op, in the same ops, so that a gradient can be differentiated again.
#ifndef GRADIENT_H
#define GRADIENT_H

#include "compiler/graph/builder.h"

// Adds the gradients of the sum over samples, over i and over the elements of seeds[i] * of[i], for each of the `count`
// nodes of `with_respect_to`, which may be any. A seed has its node's count, or is NULL for 1 everywhere.
// gradients [count] out: of the same count as the node; of each sample where the node is, or the same for all samples
// where it is shared. NULL: the sum does not depend on the node.
// Returns NULL, or the name of the first op on the way that has no rule; gradients are then not set.
const char *graph_gradient(struct graph_builder *builder, struct node *const *of, struct node *const *seeds,
                           int of_count, struct node *const *with_respect_to, int count, struct node **gradients);

// Adds to a training graph, as outputs, the gradient of the sum over terms of TERM_SCALE * term for every parameter.
void graph_differentiate(struct graph *graph);

#endif
