// The layers by their kind: each row of layers.def names a file of this room, which has the layer's functions; each row of
// activations.def names a function of activations.c. A row whose functions are missing does not link.
#ifndef LAYERS_H
#define LAYERS_H

#include "compiler/layers/inference.h"
#include "compiler/layers/reflection.h"
#include "compiler/lowering.h"

// A layer that keeps the shape of its input has `lower` alone; the other two are then NULL.
struct layer_functions {
    // The shape after the layer, whose arguments are known and input is inference->shape; false after an error.
    bool (*shape)(struct inference *inference, const struct layer *layer, struct shape *output);
    // Adds the layers that lead back from the output's shape to the input's, if any; false after an error that says why
    // there is no way back.
    bool (*reflect)(struct reflection *reflection, const struct layer *layer);
    // Adds the layer's nodes and parameters; returns its result.
    struct flow (*lower)(struct lowering *lowering, struct flow flow, const struct layer *layer);
};

#define LAYER(name, ...)                                                                             \
    bool name##_shape(struct inference *inference, const struct layer *layer, struct shape *output); \
    bool name##_reflect(struct reflection *reflection, const struct layer *layer);                   \
    struct flow name##_lower(struct lowering *lowering, struct flow flow, const struct layer *layer);
#include "language/layers.def"

// Of one value; `arguments` are those of the activation's row.
#define ACTIVATION(name, ...) \
    struct node *name##_activate(struct graph_builder *b, struct node *x, const struct value *arguments);
#include "language/activations.def"

bool layer_shape(struct inference *inference, const struct layer *layer, struct shape *output);
bool layer_reflect(struct reflection *reflection, const struct layer *layer);
struct flow layer_lower(struct lowering *lowering, struct flow flow, const struct layer *layer);

#endif
