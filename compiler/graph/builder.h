// Builds a graph. Each constructor returns a node with the given inputs and attributes. If the graph already has an
// equal node, that node is returned. The op's row determines the extent and the number of elements.
#ifndef GRAPH_BUILDER_H
#define GRAPH_BUILDER_H

#include "compiler/graph/graph.h"

// The graph, and the properties of new nodes.
struct graph_builder {
    struct graph *graph;
    enum part part;
    bool backward;
    const struct layer *layer;
    const char *label;
};

// Leaves.
struct node *graph_input(struct graph_builder *b, size_t count);
struct node *graph_code(struct graph_builder *b, int head, size_t count);
struct node *graph_decoded(struct graph_builder *b, size_t count);
struct node *graph_parameter(struct graph_builder *b, int index);
struct node *graph_term_scale(struct graph_builder *b, int term);
struct node *graph_constant(struct graph_builder *b, double value);
// Random leaves; each must have its own site.
struct node *graph_dropout(struct graph_builder *b, int site, double probability, size_t count);
struct node *graph_normal(struct graph_builder *b, int site, size_t count);

// An op whose attributes are CONVOLUTION; inputs that it does not have are NULL.
struct node *graph_geometric(struct graph_builder *b, enum op op, const struct geometry *geometry, struct node *first,
                             struct node *second, struct node *third);
// CONVOLVE, CONVOLVE_TRANSPOSED (bias may be NULL), CONVOLVE_WEIGHT (a: larger image, b: smaller image).
struct node *graph_convolve(struct graph_builder *b, const struct geometry *geometry, struct node *large,
                            struct node *weight, struct node *bias);
struct node *graph_convolve_transposed(struct graph_builder *b, const struct geometry *geometry, struct node *small,
                                       struct node *repacked, struct node *bias);
struct node *graph_convolve_weight(struct graph_builder *b, const struct geometry *geometry, struct node *large,
                                   struct node *small);
struct node *graph_repack(struct graph_builder *b, const struct geometry *geometry, struct node *weight, bool back);
struct node *graph_bias_sum(struct graph_builder *b, struct image image, struct node *a);
struct node *graph_bias_spread(struct graph_builder *b, struct image image, struct node *bias);
// Returns `a` if both orders are the same.
struct node *graph_permute(struct graph_builder *b, struct image image, struct node *a, bool back);

// Elementwise ops. SCALE and OFFSET take a constant, BROADCAST a count.
struct node *graph_unary(struct graph_builder *b, enum op op, struct node *a);
struct node *graph_binary(struct graph_builder *b, enum op op, struct node *left, struct node *right);
struct node *graph_select(struct graph_builder *b, struct node *condition, struct node *not_above, struct node *above);
struct node *graph_scale(struct graph_builder *b, struct node *a, double factor);
struct node *graph_offset(struct graph_builder *b, struct node *a, double offset);
struct node *graph_broadcast(struct graph_builder *b, struct node *a, size_t count);
struct node *graph_sum(struct graph_builder *b, struct node *a);
// A new node with the same values; `copy` distinguishes several copies.
struct node *graph_copy(struct graph_builder *b, struct node *a, int copy);

// The node with the op, inputs and attributes of `like`, or NULL.
struct node *graph_find(const struct graph *graph, const struct node *like);
// Adds an output of the graph; `node` NULL: a gradient that is zero.
void graph_output_add(struct graph *graph, enum output_kind kind, const char *name, struct node *node);

#endif
