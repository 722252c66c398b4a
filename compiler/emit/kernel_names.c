#include "compiler/emit/kernel_names.h"

#include <ctype.h>
#include <string.h>

static const char *text_kept(struct arena *arena, struct buffer *text) {
    const char *kept = arena_copy(arena, text->text ? text->text : "", text->length);
    buffer_free(text);
    return kept;
}

// "dense_784_to_512" or "conv5x3_16_to_32"; a transposed convolution as a layer is a deconv.
static void layer_print(const struct node *anchor, struct buffer *out) {
    const struct geometry geometry = node_geometry(anchor), *g = &geometry;
    bool up = anchor->op == OP_CONVOLVE_TRANSPOSED ? !anchor->backward : anchor->op == OP_CONVOLVE && anchor->backward;
    long from = up ? g->small_channels : g->large_channels, to = up ? g->large_channels : g->small_channels;
    if (geometry_is_dense(g)) {
        buffer_print(out, "dense_%ld_to_%ld", g->large_channels, g->small_channels);
        return;
    }
    buffer_print(out, "%s%ld", up ? "deconv" : "conv", g->kernel[0]);
    if (g->kernel[1] != g->kernel[0]) buffer_print(out, "x%ld", g->kernel[1]);
    buffer_print(out, "_%ld_to_%ld", from, to);
}

// Names of the elementwise ops, each once, and their elements; many are told by the last.
static void values_print(const struct kernel_description *d, struct buffer *out) {
    enum { NAMED_MOST = 3 };
    int named = 0;
    for (int i = 0; i < d->value_count; i++) {
        bool known = false;
        for (int j = 0; j < i; j++)
            known = known || d->values[j].op == d->values[i].op;
        if (known || named++ >= NAMED_MOST) continue;
        buffer_print(out, "%s%s", named > 1 ? "_" : "", op_name(d->values[i].op));
    }
    buffer_print(out, "_%zu", d->count);
}

static void elementwise_print(const struct kernel *kernel, const struct kernel_description *d, struct buffer *out) {
    const struct node *head = kernel->nodes[0];
    if (kernel->part != PART_LOSS || !head->label) {
        values_print(d, out);
        return;
    }
    buffer_print(out, "loss_");
    for (const char *c = head->label; *c; c++)
        buffer_print(out, "%c", isalnum((unsigned char)*c) ? *c : '_');
    buffer_print(out, "_%s", head->backward ? "backward" : "forward");
}

static void image_print(const struct geometry *g, struct buffer *out) {
    buffer_print(out, "%ld", g->large_channels);
    if (g->large_height * g->large_width > 1) buffer_print(out, "_of_%ldx%ld", g->large_height, g->large_width);
}

const char *kernel_name(struct arena *arena, const struct kernel *kernel) {
    const struct kernel_description *d = &kernel->described->description;
    struct buffer out = {0};
    const struct node *anchor = kernel->anchor;
    switch (d->kind) {
    case KERNEL_ELEMENTWISE: elementwise_print(kernel, d, &out); break;
    case KERNEL_CONVOLVE:
    case KERNEL_TRANSPOSED:
        layer_print(anchor, &out);
        buffer_print(&out, "_%s", anchor->backward ? "backward" : "forward");
        break;
    case KERNEL_WEIGHT_GRADIENT:
        layer_print(anchor, &out);
        buffer_print(&out, "_weight_gradient");
        break;
    case KERNEL_BIAS_GRADIENT:
        buffer_print(&out, "bias_gradient_");
        image_print(&d->geometry, &out);
        break;
    case KERNEL_REPACK:
        layer_print(anchor, &out);
        buffer_print(&out, "_repack");
        break;
    case KERNEL_PERMUTE:
        buffer_print(&out, d->back ? "channels_innermost_" : "channels_first_");
        image_print(&d->geometry, &out);
        break;
    case KERNEL_PACK:
    case KERNEL_UNPACK:
    case KERNEL_RANDOM: buffer_print(&out, "%s_%zu", kernel_op_name(kernel), d->arrays[d->roles.output].count); break;
    }
    return text_kept(arena, &out);
}
