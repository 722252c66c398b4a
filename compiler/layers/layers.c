#include "compiler/layers/layers.h"

#define CHANGES_OF(name) \
    { name##_shape, name##_reflect, name##_lower }
#define KEEPS_OF(name) \
    { NULL, NULL, name##_lower }

// An expansion is replaced by other layers before these functions are called.
static const struct layer_functions layers[LAYER_KINDS] = {
#define LAYER(name, shape, ...) [LAYER_##name] = shape##_OF(name),
#include "language/layers.def"
};

static struct node *(*const activations[LAYER_KINDS])(struct graph_builder *b, struct node *x,
                                                      const struct value *arguments) = {
#define ACTIVATION(name, ...) [LAYER_##name] = name##_activate,
#include "language/activations.def"
};

bool layer_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (layers[layer->kind].shape) return layers[layer->kind].shape(inference, layer, output);
    *output = inference->shape;
    return true;
}

bool layer_reflect(struct reflection *reflection, const struct layer *layer) {
    return !layers[layer->kind].reflect || layers[layer->kind].reflect(reflection, layer);
}

struct flow layer_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    lowering->b.layer = layer;
    lowering->b.label = layer->name;
    if (layers[layer->kind].lower) return layers[layer->kind].lower(lowering, flow, layer);
    flow.node = activations[layer->kind](&lowering->b, flow.node, layer->arguments);
    return flow;
}
