#include "compiler/graph/graph.h"

double node_constant(const struct node *node) {
    return op_rows[node->op].attributes == ATTRIBUTES_SCALAR ? node->scalar.value : 0;
}

static struct geometry image_geometry(struct image image) {
    return (struct geometry){
        .large_height = image.height, .large_width = image.width, .large_channels = image.channels};
}

struct geometry node_geometry(const struct node *node) {
    switch (op_rows[node->op].attributes) {
    case ATTRIBUTES_CONVOLUTION: return node->convolution.geometry;
    case ATTRIBUTES_REPACK: return node->repack.geometry;
    case ATTRIBUTES_BIAS: return image_geometry(node->bias.image);
    case ATTRIBUTES_PERMUTE: return image_geometry(node->permute.image);
    case ATTRIBUTES_NONE:
    case ATTRIBUTES_CODE:
    case ATTRIBUTES_PARAMETER:
    case ATTRIBUTES_TERM:
    case ATTRIBUTES_SCALAR:
    case ATTRIBUTES_RANDOM: break;
    }
    return (struct geometry){0};
}

static size_t widest_count(const struct node *node) {
    size_t count = 1;
    for (int i = 0; i < node->input_count; i++)
        if (node->inputs[i]->count > count) count = node->inputs[i]->count;
    return count;
}

size_t node_count(const struct node *node) {
    switch (op_rows[node->op].count) {
    case COUNT_GIVEN: return node->count;
    case COUNT_ONE: return 1;
    case COUNT_INPUT: return node->inputs[0]->count;
    case COUNT_WIDEST: return widest_count(node);
    case COUNT_LARGE: return geometry_large(&node->convolution.geometry);
    case COUNT_SMALL: return geometry_small(&node->convolution.geometry);
    case COUNT_WEIGHT: return geometry_weight(&node->convolution.geometry);
    case COUNT_CHANNELS: return (size_t)node->bias.image.channels;
    case COUNT_IMAGE: return image_count(node->bias.image);
    }
    return 0;
}

enum extent node_extent(const struct node *node) {
    enum extent extent = op_rows[node->op].extent;
    if (extent != EXTENT_INPUTS) return extent;
    extent = EXTENT_UNIFORM;
    for (int i = 0; i < node->input_count; i++)
        if (node->inputs[i]->extent < extent) extent = node->inputs[i]->extent;
    return extent;
}

double node_flops(const struct node *node) {
    bool multiplies = op_is_convolution(node->op) || node->op == OP_CONVOLVE_WEIGHT;
    return multiplies ? geometry_flops(&node->convolution.geometry) : 0;
}

bool geometry_is_dense(const struct geometry *g) {
    return g->large_height * g->large_width == 1 && g->small_height * g->small_width == 1 &&
           g->kernel[0] * g->kernel[1] == 1 && g->padding[0] == 0 && g->padding[1] == 0;
}

double geometry_flops(const struct geometry *g) {
    return 2.0 * g->kernel[0] * g->kernel[1] * g->large_channels * g->small_channels * g->small_height * g->small_width;
}

bool geometry_equal(const struct geometry *a, const struct geometry *b) {
    for (int i = 0; i < 2; i++)
        if (a->kernel[i] != b->kernel[i] || a->stride[i] != b->stride[i] || a->padding[i] != b->padding[i])
            return false;
    return a->large_height == b->large_height && a->large_width == b->large_width &&
           a->large_channels == b->large_channels && a->small_height == b->small_height &&
           a->small_width == b->small_width && a->small_channels == b->small_channels && a->panel == b->panel;
}

size_t geometry_large(const struct geometry *g) {
    return (size_t)g->large_height * (size_t)g->large_width * (size_t)g->large_channels;
}

size_t geometry_small(const struct geometry *g) {
    return (size_t)g->small_height * (size_t)g->small_width * (size_t)g->small_channels;
}

size_t geometry_weight(const struct geometry *g) {
    return (size_t)g->kernel[0] * (size_t)g->kernel[1] * (size_t)g->large_channels * (size_t)g->small_channels;
}

size_t image_count(struct image image) {
    return (size_t)image.height * (size_t)image.width * (size_t)image.channels;
}

const char *purpose_name(enum graph_purpose purpose) {
    static const char *const names[GRAPH_PURPOSES] = {
        [GRAPH_TRAINING] = "training",
        [GRAPH_ENCODE] = "encode",
        [GRAPH_DECODE] = "decode",
        [GRAPH_MEASURE] = "measure",
    };
    return names[purpose];
}
