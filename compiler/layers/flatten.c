// The same elements, channels first, as a vector. The memory order stays that of the image; a layer that requires
// another order permutes it.
#include "compiler/layers/layers.h"

bool flatten_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    (void)layer;
    *output = vector_shape(shape_count(inference->shape));
    return true;
}

bool flatten_reflect(struct reflection *reflection, const struct layer *layer) {
    reflection_reshape(reflection, layer->input);
    return true;
}

struct flow flatten_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    (void)lowering;
    flow.shape = layer->output;
    return flow;
}
