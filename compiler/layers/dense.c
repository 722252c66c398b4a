// An affine map of a vector.
#include "compiler/layers/layers.h"

bool dense_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    struct spec *spec = inference->spec;
    if (inference->shape.rank != 1) {
        struct diagnostic *error =
            error_at(spec->diagnostics, ERROR_dense_on_image, layer->span, shape_text(spec->arena, inference->shape));
        diagnostic_hint(spec->diagnostics, error, "add flatten before it");
        origin_note(inference, error);
        return false;
    }
    *output = vector_shape((size_t)layer->arguments[0].number);
    return weight_check(inference, layer, output->size[0], inference->shape.size[0], 1);
}

bool dense_reflect(struct reflection *reflection, const struct layer *layer) {
    reflection_dense(reflection, layer->input.size[0]);
    return true;
}

// The memory order of the output: that of an image if a reshape to one follows, with only layers in between that keep
// the shape.
static struct shape output_layout(const struct layer *layer) {
    const struct layer *next = layer->next;
    while (next && layer_keeps_shape(next->kind))
        next = next->next;
    return next && next->kind == LAYER_reshape && next->output.rank == 3 ? next->output : layer->output;
}

struct flow dense_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    return lowering_affine(lowering, flow, output_layout(layer), layer->name);
}
