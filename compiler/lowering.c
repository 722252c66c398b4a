#include "compiler/lowering.h"

#include <math.h>

struct shape vector_shape(size_t count) {
    return (struct shape){1, {count}};
}

bool layout_plain(struct shape layout) {
    return layout.rank == 1 || layout.size[0] == 1 || layout.size[1] * layout.size[2] == 1;
}

struct node *lowering_permute(struct lowering *lowering, struct node *node, struct shape layout, bool back) {
    struct image image = {(long)layout.size[1], (long)layout.size[2], (long)layout.size[0]};
    return graph_permute(&lowering->b, image, node, back);
}

struct flow flow_plain(struct lowering *lowering, struct flow flow) {
    if (flow.shape.rank == 1 && !layout_plain(flow.layout))
        flow.node = lowering_permute(lowering, flow.node, flow.layout, false);
    if (flow.shape.rank == 1) flow.layout = flow.shape;
    return flow;
}

struct flow flow_image(struct lowering *lowering, struct flow flow, struct shape shape) {
    if (flow.layout.rank == 3 && shape_equal(flow.layout, shape)) {
        flow.shape = shape;
        return flow;
    }
    if (!layout_plain(flow.layout)) flow.node = lowering_permute(lowering, flow.node, flow.layout, false);
    flow.node = lowering_permute(lowering, flow.node, shape, true);
    flow.shape = flow.layout = shape;
    return flow;
}

struct node *lowering_parameter(struct lowering *lowering, const struct parameter_info *info) {
    struct parameters *parameters = lowering->b.graph->parameters;
    return graph_parameter(&lowering->b, parameter_add(parameters, lowering->arena, info, shape_count(info->shape)));
}

void view_add(struct parameter_info *info, struct shape layout, size_t step) {
    if (layout_plain(layout)) {
        info->view[info->view_rank] = shape_count(layout);
        info->stride[info->view_rank++] = step;
        return;
    }
    size_t channels = layout.size[0], width = layout.size[2];
    const size_t strides[] = {step, width * channels * step, channels * step};
    for (int i = 0; i < 3; i++) {
        info->view[info->view_rank] = layout.size[i];
        info->stride[info->view_rank++] = strides[i];
    }
}

struct node *lowering_bias(struct lowering *lowering, const char *name, struct shape layout, double bound) {
    struct parameter_info info = {.name = name, .shape = vector_shape(shape_count(layout)), .bound = bound};
    view_add(&info, layout, 1);
    return lowering_parameter(lowering, &info);
}

// Adds the dimensions of the outputs, [out / PANEL][PANEL], to the view of a dense layer's weight in panels.
static void panels_add(struct parameter_info *info, size_t in, size_t out) {
    info->view[info->view_rank] = out / PANEL;
    info->stride[info->view_rank++] = in * PANEL;
    info->view[info->view_rank] = PANEL;
    info->stride[info->view_rank++] = 1;
}

// Bounds of the initial values are those of PyTorch's Linear: 1 / sqrt(in).
struct flow lowering_affine(struct lowering *lowering, struct flow flow, struct shape layout, const char *name) {
    struct arena *arena = lowering->arena;
    size_t in = shape_count(flow.shape), out = shape_count(layout);
    double bound = 1 / sqrt((double)in);
    struct parameter_info info = {
        .name = arena_print(arena, "%s.weight", name), .shape = {2, {out, in}}, .bound = bound};
    // Panels are read sequentially. If the result is an image, the outputs are in the memory order of that image.
    long panel = layout_plain(layout) && out % PANEL == 0 ? PANEL : 0;
    if (panel)
        panels_add(&info, in, out);
    else
        view_add(&info, layout, 1);
    view_add(&info, flow.layout, panel ? PANEL : out);
    struct node *weight = lowering_parameter(lowering, &info);
    struct node *bias = lowering_bias(lowering, arena_print(arena, "%s.bias", name), layout, bound);
    struct geometry geometry = {1, 1, (long)in, 1, 1, (long)out, {1, 1}, {1, 1}, {0, 0}, panel};
    struct node *node = graph_convolve(&lowering->b, &geometry, flow.node, weight, bias);
    return (struct flow){node, vector_shape(out), layout};
}

struct node *lowering_result(struct lowering *lowering, struct node *node) {
    return node->input_count == 0 ? graph_copy(&lowering->b, node, 0) : node;
}
