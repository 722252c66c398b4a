// The layers by kind. Each row of layers.def has a file of the same name in this folder with the layer's functions;
// each row of activations.def has a function in activations.c. The program does not link if one is missing.
#ifndef LAYERS_H
#define LAYERS_H

#include "compiler/layers/inference.h"
#include "compiler/layers/reflection.h"
#include "compiler/lowering.h"

// For a layer that keeps the shape of its input, `shape` and `reflect` are NULL.
struct layer_functions {
    // Computes the output shape from the arguments and the input shape inference->shape; false after an error.
    bool (*shape)(struct inference *inference, const struct layer *layer, struct shape *output);
    // Adds the layers that map the output's shape back to the input's, if any; false, with an error, if that is
    // impossible.
    bool (*reflect)(struct reflection *reflection, const struct layer *layer);
    // Adds the layer's nodes and parameters; returns its output.
    struct flow (*lower)(struct lowering *lowering, struct flow flow, const struct layer *layer);
};

#define LAYER(name, ...)                                                                             \
    bool name##_shape(struct inference *inference, const struct layer *layer, struct shape *output); \
    bool name##_reflect(struct reflection *reflection, const struct layer *layer);                   \
    struct flow name##_lower(struct lowering *lowering, struct flow flow, const struct layer *layer);
#include "language/layers.def"

// Applies an activation; `arguments` are those of its row.
#define ACTIVATION(name, ...) \
    struct node *name##_activate(struct graph_builder *b, struct node *x, const struct value *arguments);
#include "language/activations.def"

bool layer_shape(struct inference *inference, const struct layer *layer, struct shape *output);
bool layer_reflect(struct reflection *reflection, const struct layer *layer);
struct flow layer_lower(struct lowering *lowering, struct flow flow, const struct layer *layer);

#endif
