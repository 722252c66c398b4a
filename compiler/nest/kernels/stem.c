#include "compiler/nest/kernels/kernels.h"

// What the names of several kinds share.

void stem_layer(const struct kernel_use *use, struct buffer *out) {
    const struct geometry *g = &use->geometry;
    bool transposed = use->kernel->op == OP_CONVOLVE_TRANSPOSED, convolves = use->kernel->op == OP_CONVOLVE;
    bool up = transposed ? !use->backward : convolves && use->backward;
    long from = up ? g->small_channels : g->large_channels, to = up ? g->large_channels : g->small_channels;
    if (geometry_is_dense(g)) {
        buffer_print(out, "dense_%ld_to_%ld", g->large_channels, g->small_channels);
        return;
    }
    buffer_print(out, "%s%ld", up ? "deconv" : "conv", g->kernel[0]);
    if (g->kernel[1] != g->kernel[0]) buffer_print(out, "x%ld", g->kernel[1]);
    buffer_print(out, "_%ld_to_%ld", from, to);
}

void stem_values(const struct kernel_use *use, struct buffer *out) {
    enum { NAMED_MOST = 3 };
    const struct kernel_description *d = use->kernel;
    int named = 0;
    for (int i = 0; i < d->value_count; i++) {
        bool known = false;
        for (int j = 0; j < i; j++)
            known = known || d->values[j].op == d->values[i].op;
        if (known || named++ >= NAMED_MOST) continue;
        buffer_print(out, "_%s", op_name(d->values[i].op));
    }
}

void stem_image(const struct kernel_use *use, struct buffer *out) {
    const struct geometry *g = &use->geometry;
    buffer_print(out, "%ld", g->large_channels);
    if (g->large_height * g->large_width > 1) buffer_print(out, "_of_%ldx%ld", g->large_height, g->large_width);
}

void stem_elements(const struct kernel_use *use, const char *what, struct buffer *out) {
    buffer_print(out, "%s_%zu", what, use->kernel->arrays[use->kernel->roles.output].count);
}
