#include "compiler/layers/convolution.h"

#include <math.h>

static void kernel_error(struct inference *inference, const struct value *kernel, const struct value *padding) {
    struct spec *spec = inference->spec;
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

bool window_shape(struct inference *inference, const struct value *window, size_t channels, struct shape *output) {
    const struct value *kernel = &window[0], *stride = &window[1], *padding = &window[2];
    *output = (struct shape){3, {channels}};
    for (int i = 0; i < 2; i++) {
        long in = (long)inference->shape.size[i + 1];
        long room = in + 2L * padding->pair[i] - kernel->pair[i];
        if (room < 0) {
            kernel_error(inference, kernel, padding);
            return false;
        }
        output->size[i + 1] = (size_t)(room / stride->pair[i] + 1);
    }
    return true;
}

bool convolution_check(struct inference *inference, const struct layer *layer, struct shape output) {
    const int *kernel = layer->arguments[KERNEL].pair;
    size_t taps = (size_t)kernel[0] * (size_t)kernel[1];
    return weight_check(inference, layer, output.size[0], inference->shape.size[0], taps) &&
           output_check(inference, layer, output);
}

struct geometry window_geometry(const struct value *window, struct shape large, struct shape small) {
    const int *kernel = window[0].pair, *stride = window[1].pair, *padding = window[2].pair;
    return (struct geometry){.large_height = (long)large.size[1],
                             .large_width = (long)large.size[2],
                             .large_channels = (long)large.size[0],
                             .small_height = (long)small.size[1],
                             .small_width = (long)small.size[2],
                             .small_channels = (long)small.size[0],
                             .kernel = {kernel[0], kernel[1]},
                             .stride = {stride[0], stride[1]},
                             .padding = {padding[0], padding[1]}};
}

// Bounds of PyTorch's Conv2d and ConvTranspose2d: 1 / sqrt(weight.size(1) * taps).
struct flow convolution_lower(struct lowering *lowering, struct flow flow, const struct layer *layer, bool transposed) {
    struct shape large = transposed ? layer->output : layer->input, small = transposed ? layer->input : layer->output;
    struct geometry g = window_geometry(&layer->arguments[KERNEL], large, small);
    size_t l = large.size[0], s = small.size[0], height = (size_t)g.kernel[0], width = (size_t)g.kernel[1];
    double bound = 1 / sqrt((double)(l * height * width));
    struct parameter_info info = {.name = arena_print(lowering->arena, "%s.weight", layer->name),
                                  .shape = {4, {s, l, height, width}},
                                  .view_rank = 4,
                                  .view = {s, l, height, width},
                                  .stride = {1, s, width * l * s, l * s},
                                  .bound = bound};
    struct node *weight = lowering_parameter(lowering, &info);
    struct node *bias = lowering_bias(lowering, arena_print(lowering->arena, "%s.bias", layer->name),
                                      vector_shape(transposed ? l : s), bound);
    if (transposed)
        flow.node =
            graph_convolve_transposed(&lowering->b, &g, flow.node, graph_repack(&lowering->b, &g, weight, false), bias);
    else
        flow.node = graph_convolve(&lowering->b, &g, flow.node, weight, bias);
    flow.shape = flow.layout = layer->output;
    return flow;
}
