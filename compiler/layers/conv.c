// Cross-correlation of an image with a kernel, plus a bias.
#include <string.h>

#include "compiler/layers/convolution.h"

static void kernel_error(struct inference *inference, const struct layer *layer) {
    struct spec *spec = inference->spec;
    const struct value *kernel = &layer->arguments[KERNEL], *padding = &layer->arguments[PADDING];
    const size_t *in = inference->shape.size;
    struct diagnostic *error =
        error_at(spec->diagnostics, ERROR_kernel_too_large, kernel->span, pair_text(spec->arena, kernel->pair),
                 arena_print(spec->arena, "%zux%zu", in[1], in[2]));
    long largest[2] = {(long)in[1] + 2L * padding->pair[0], (long)in[2] + 2L * padding->pair[1]};
    bool padded = padding->pair[0] || padding->pair[1];
    diagnostic_hint(spec->diagnostics, error, "%s the largest kernel here is %s",
                    padded ? arena_print(spec->arena, "with padding %s", pair_text(spec->arena, padding->pair))
                           : "without padding",
                    largest[0] == largest[1] ? arena_print(spec->arena, "%ld", largest[0])
                                             : arena_print(spec->arena, "%ldx%ld", largest[0], largest[1]));
    origin_note(inference, error);
}

bool conv_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (!image_check(inference, layer)) return false;
    const struct value *arguments = layer->arguments;
    *output = (struct shape){3, {(size_t)arguments[CHANNELS].number}};
    for (int i = 0; i < 2; i++) {
        long in = (long)inference->shape.size[i + 1];
        long room = in + 2L * arguments[PADDING].pair[i] - arguments[KERNEL].pair[i];
        if (room < 0) {
            kernel_error(inference, layer);
            return false;
        }
        output->size[i + 1] = (size_t)(room / arguments[STRIDE].pair[i] + 1);
    }
    return convolution_check(inference, layer, *output);
}

// A deconv, with output padding for the rows and columns that the stride skipped.
bool conv_reflect(struct reflection *reflection, const struct layer *layer) {
    struct layer *deconv = reflection_add(reflection, LAYER_deconv);
    memcpy(deconv->arguments, layer->arguments, sizeof deconv->arguments);
    deconv->arguments[CHANNELS].number = (double)layer->input.size[0];
    for (int i = 0; i < 2; i++) {
        long back = ((long)layer->output.size[i + 1] - 1) * layer->arguments[STRIDE].pair[i] -
                    2L * layer->arguments[PADDING].pair[i] + layer->arguments[KERNEL].pair[i];
        deconv->arguments[OUTPUT_PADDING].pair[i] = (int)((long)layer->input.size[i + 1] - back);
    }
    return true;
}

struct flow conv_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    return convolution_lower(lowering, flow, layer, false);
}
