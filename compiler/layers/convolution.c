#include "compiler/layers/convolution.h"

#include <math.h>

bool convolution_check(struct inference *inference, const struct layer *layer, struct shape output) {
    const int *kernel = layer->arguments[KERNEL].pair;
    size_t taps = (size_t)kernel[0] * (size_t)kernel[1];
    return weight_check(inference, layer, output.size[0], inference->shape.size[0], taps) &&
           output_check(inference, layer, output);
}

static struct geometry geometry_of(const struct layer *layer, struct shape large, struct shape small) {
    const int *kernel = layer->arguments[KERNEL].pair, *stride = layer->arguments[STRIDE].pair,
              *padding = layer->arguments[PADDING].pair;
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
    struct geometry g = geometry_of(layer, large, small);
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
