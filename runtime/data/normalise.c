#include "runtime/data/normalise.h"

#include <math.h>

#include "runtime/api/real.h"

size_t unit_channels(const struct ae_model *model) {
    return model_input(model)->shape.rank == 1 ? 1 : model_input(model)->shape.size[0];
}

double unit_normalise(const struct ae_model *model, double value, size_t channel) {
    return (value * model_input(model)->data.scale - model_input(model)->data.mean[channel]) /
           model_input(model)->data.std[channel];
}

void unit_restore(const struct ae_model *model, const ae_real *output, double *value) {
    size_t channels = unit_channels(model), size = model->input_count / channels;
    for (size_t channel = 0; channel < channels; channel++)
        for (size_t i = 0; i < size; i++) {
            ae_real raw = output[i * channels + channel];
            if (model_output(model)->kind == AE_OUTPUT_LOGITS) raw = ae_sigmoid(raw);
            value[channel * size + i] =
                ((double)raw * model_input(model)->data.std[channel] + model_input(model)->data.mean[channel]) /
                model_input(model)->data.scale;
        }
}

void unit_range(const struct ae_model *model, double *low, double *high) {
    double scale = model_input(model)->data.scale;
    *low = 0;
    *high = scale > 0 && scale < 1 ? 1 / scale : 1;
    // 1 / (1 / 255) is not exactly 255
    if (fabs(*high - rint(*high)) < 1e-9 * *high) *high = rint(*high);
}

static size_t shape_pixels(const struct ae_shape *shape) {
    size_t pixels = 1;
    for (int i = 1; i < shape->rank; i++)
        pixels *= shape->size[i];
    return pixels;
}

void shape_to_file(const struct ae_shape *shape, const ae_real *from, ae_real *to) {
    size_t channels = shape->size[0], pixels = shape_pixels(shape);
    for (size_t channel = 0; channel < channels; channel++)
        for (size_t i = 0; i < pixels; i++)
            to[channel * pixels + i] = from[i * channels + channel];
}

void shape_to_memory(const struct ae_shape *shape, const ae_real *from, ae_real *to) {
    size_t channels = shape->size[0], pixels = shape_pixels(shape);
    for (size_t channel = 0; channel < channels; channel++)
        for (size_t i = 0; i < pixels; i++)
            to[i * channels + channel] = from[channel * pixels + i];
}
