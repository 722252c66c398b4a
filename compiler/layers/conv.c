// Cross-correlation of an image with a kernel, plus a bias.
#include <string.h>

#include "compiler/layers/convolution.h"

bool conv_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (!image_check(inference, layer)) return false;
    size_t channels = (size_t)layer->arguments[CHANNELS].number;
    return window_shape(inference, &layer->arguments[KERNEL], channels, output) &&
           convolution_check(inference, layer, *output);
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
