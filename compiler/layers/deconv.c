// Transposed convolution of an image with a kernel, plus a bias.
#include <string.h>

#include "compiler/layers/convolution.h"

static bool output_padding_check(struct inference *inference, const struct layer *layer) {
    const struct value *stride = &layer->arguments[STRIDE], *output_padding = &layer->arguments[OUTPUT_PADDING];
    struct spec *spec = inference->spec;
    if (output_padding->pair[0] < stride->pair[0] && output_padding->pair[1] < stride->pair[1]) return true;
    error_at(spec->diagnostics, ERROR_output_padding_too_large, output_padding->span,
             pair_text(spec->arena, output_padding->pair), pair_text(spec->arena, stride->pair));
    return false;
}

static void empty_error(struct inference *inference, const struct layer *layer, const char *what, long out) {
    struct spec *spec = inference->spec;
    struct diagnostic *error = error_at(spec->diagnostics, ERROR_output_empty, layer->span, "deconv",
                                        shape_text(spec->arena, inference->shape));
    diagnostic_hint(spec->diagnostics, error, "its %s would be %ld", what, out);
    origin_note(inference, error);
}

bool deconv_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (!image_check(inference, layer) || !output_padding_check(inference, layer)) return false;
    const struct value *arguments = layer->arguments;
    *output = (struct shape){3, {(size_t)arguments[CHANNELS].number}};
    for (int i = 0; i < 2; i++) {
        long in = (long)inference->shape.size[i + 1];
        long out = (in - 1) * arguments[STRIDE].pair[i] - 2L * arguments[PADDING].pair[i] + arguments[KERNEL].pair[i] +
                   arguments[OUTPUT_PADDING].pair[i];
        if (out < 1) {
            empty_error(inference, layer, i ? "width" : "height", out);
            return false;
        }
        output->size[i + 1] = (size_t)out;
    }
    return convolution_check(inference, layer, *output);
}

// A conv: the output padding is less than its stride, so the division drops it.
bool deconv_reflect(struct reflection *reflection, const struct layer *layer) {
    struct layer *conv = reflection_add(reflection, LAYER_conv);
    memcpy(conv->arguments, layer->arguments, sizeof conv->arguments);
    conv->arguments[CHANNELS].number = (double)layer->input.size[0];
    return true;
}

struct flow deconv_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    return convolution_lower(lowering, flow, layer, true);
}
