// The same elements, channels first, in a new shape.
#include "compiler/layers/layers.h"

bool reshape_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    struct arena *arena = inference->spec->arena;
    *output = layer->arguments[0].sizes;
    if (!output_check(inference, layer, *output)) return false;
    size_t before = shape_count(inference->shape), after = shape_count(*output);
    if (after == before) return true;
    struct diagnostic *error =
        error_at(inference->spec->diagnostics, ERROR_reshape_size, layer->span,
                 arena_print(arena, "reshape to %s", shape_text(arena, *output)), arena_print(arena, "%zu", after),
                 arena_print(arena, "%zu", before), shape_text(arena, inference->shape));
    origin_note(inference, error);
    return false;
}

bool reshape_reflect(struct reflection *reflection, const struct layer *layer) {
    reflection_reshape(reflection, layer->input);
    return true;
}

struct flow reshape_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    if (layer->output.rank == 3) return flow_image(lowering, flow, layer->output);
    flow.shape = layer->output;
    return flow;
}
