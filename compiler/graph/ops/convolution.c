#include "compiler/graph/ops/convolution.h"

#include <string.h>

// CONVOLVE, CONVOLVE_TRANSPOSED and CONVOLVE_WEIGHT.

long weight_place(const struct geometry *g, long ky, long kx, long l, long s) {
    if (g->panel) return (s / g->panel * g->large_channels + l) * g->panel + s % g->panel;
    return ((ky * g->kernel[1] + kx) * g->large_channels + l) * g->small_channels + s;
}

long repacked_place(const struct geometry *g, long ky, long kx, long l, long s) {
    if (geometry_is_dense(g) && g->large_channels % PANEL == 0)
        return (l / PANEL * g->small_channels + s) * PANEL + l % PANEL;
    return ((ky * g->small_channels + s) * g->kernel[1] + kx) * g->large_channels + l;
}

static long image_place(long y, long x, long channel, long width, long channels) {
    return (y * width + x) * channels + channel;
}

// The indices of an element of the larger image, one of the smaller image, and the weight between them.
struct meeting {
    long large, small;
    long ky, kx, l, s;
};

// Calls `meet` for each pair of elements that a convolution combines.
static void meetings_each(const struct geometry *g, void (*meet)(const struct meeting *m, void *context),
                          void *context) {
    struct meeting m;
    for (long y = 0; y < g->small_height; y++)
        for (long x = 0; x < g->small_width; x++)
            for (m.ky = 0; m.ky < g->kernel[0]; m.ky++)
                for (m.kx = 0; m.kx < g->kernel[1]; m.kx++) {
                    long large_y = y * g->stride[0] + m.ky - g->padding[0];
                    long large_x = x * g->stride[1] + m.kx - g->padding[1];
                    if (large_y < 0 || large_y >= g->large_height || large_x < 0 || large_x >= g->large_width) continue;
                    for (m.l = 0; m.l < g->large_channels; m.l++)
                        for (m.s = 0; m.s < g->small_channels; m.s++) {
                            m.large = image_place(large_y, large_x, m.l, g->large_width, g->large_channels);
                            m.small = image_place(y, x, m.s, g->small_width, g->small_channels);
                            meet(&m, context);
                        }
                }
}

struct product {
    const struct geometry *g;
    const double *a, *b;
    double *result;
};

static void convolve_meet(const struct meeting *m, void *context) {
    struct product *p = context;
    p->result[m->small] += p->a[m->large] * p->b[weight_place(p->g, m->ky, m->kx, m->l, m->s)];
}

static void convolve_transposed_meet(const struct meeting *m, void *context) {
    struct product *p = context;
    p->result[m->large] += p->a[m->small] * p->b[repacked_place(p->g, m->ky, m->kx, m->l, m->s)];
}

static void convolve_weight_meet(const struct meeting *m, void *context) {
    struct product *p = context;
    p->result[weight_place(p->g, m->ky, m->kx, m->l, m->s)] += p->a[m->large] * p->b[m->small];
}

// A convolution whose result has so many channels: the bias, then the product of each meeting.
static void product_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result,
                             long channels, void (*meet)(const struct meeting *m, void *context)) {
    const double *bias = node->input_count > 2 ? evaluation_input(e, node, 2, 0) : NULL;
    for (size_t i = 0; i < node->count; i++)
        result[i] = bias ? bias[i % (size_t)channels] : 0;
    struct product p = {&node->convolution.geometry, evaluation_input(e, node, 0, sample),
                        evaluation_input(e, node, 1, 0), result};
    meetings_each(p.g, meet, &p);
}

void convolve_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    product_evaluate(e, node, sample, result, node->convolution.geometry.small_channels, convolve_meet);
}

void convolve_transposed_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    product_evaluate(e, node, sample, result, node->convolution.geometry.large_channels, convolve_transposed_meet);
}

void convolve_weight_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memset(result, 0, node->count * sizeof *result);
    for (sample = 0; sample < e->leaves->samples; sample++) {
        struct product p = {&node->convolution.geometry, evaluation_input(e, node, 0, sample),
                            evaluation_input(e, node, 1, sample), result};
        meetings_each(p.g, convolve_weight_meet, &p);
    }
}

const char *convolve_check(const struct graph *graph, const struct node *node) {
    const struct geometry *g = &node->convolution.geometry;
    const char *fault = input_check(graph, node, 0, geometry_large(g), false);
    if (!fault) fault = input_check(graph, node, 1, geometry_weight(g), true);
    return fault ? fault : input_check(graph, node, 2, (size_t)g->small_channels, true);
}

const char *convolve_transposed_check(const struct graph *graph, const struct node *node) {
    const struct geometry *g = &node->convolution.geometry;
    const char *fault = input_check(graph, node, 0, geometry_small(g), false);
    if (!fault) fault = input_check(graph, node, 1, geometry_weight(g), true);
    return fault ? fault : input_check(graph, node, 2, (size_t)g->large_channels, true);
}

const char *convolve_weight_check(const struct graph *graph, const struct node *node) {
    const struct geometry *g = &node->convolution.geometry;
    const char *fault = input_check(graph, node, 0, geometry_large(g), false);
    return fault ? fault : input_check(graph, node, 1, geometry_small(g), false);
}

// A weight in the order for transposed convolutions, or the inverse.
static struct node *repacked(struct adjoints *adjoints, const struct geometry *geometry, struct node *weight) {
    return graph_repack(&adjoints->b, geometry, weight, false);
}

static struct node *unpacked(struct adjoints *adjoints, const struct geometry *geometry, struct node *weight) {
    bool plain = weight->op == OP_REPACK && !weight->repack.back && geometry_equal(&weight->repack.geometry, geometry);
    return plain ? weight->inputs[0] : graph_repack(&adjoints->b, geometry, weight, true);
}

// The gradient of the larger image of a convolution: the transposed convolution of `small` with the weight.
static void large_add(struct adjoints *adjoints, struct node *node, struct node *small, struct node *weight) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0];
    if (!gradient_wanted(adjoints, large)) return;
    struct node *packed = repacked(adjoints, geometry, weight);
    gradient_add(adjoints, node, large, graph_convolve_transposed(&adjoints->b, geometry, small, packed, NULL));
}

void convolve_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0], *weight = node->inputs[1];
    large_add(adjoints, node, g, weight);
    if (gradient_wanted(adjoints, weight))
        gradient_accumulate(adjoints, weight, graph_convolve_weight(&adjoints->b, geometry, large, g));
    gradient_add_sum(adjoints, node->inputs[2], g,
                     (struct image){geometry->small_height, geometry->small_width, geometry->small_channels});
}

// The weight of a transposed convolution is usually a REPACK of an original weight. The gradient is then added to that
// of the original, unless the gradient of the repacked weight itself is requested.
void convolve_transposed_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *small = node->inputs[0], *weight = node->inputs[1];
    struct node *original = NULL;
    if (gradient_wanted(adjoints, small) || gradient_wanted(adjoints, weight))
        original = unpacked(adjoints, geometry, weight);
    if (gradient_wanted(adjoints, small))
        gradient_add(adjoints, node, small, graph_convolve(&adjoints->b, geometry, g, original, NULL));
    if (gradient_wanted(adjoints, weight)) {
        struct node *gradient = graph_convolve_weight(&adjoints->b, geometry, g, small);
        if (original == weight->inputs[0] && !adjoints->of[weight->id].target)
            gradient_accumulate(adjoints, original, gradient);
        else
            gradient_accumulate(adjoints, weight, repacked(adjoints, geometry, gradient));
    }
    gradient_add_sum(adjoints, node->inputs[2], g,
                     (struct image){geometry->large_height, geometry->large_width, geometry->large_channels});
}

// The gradient g has the shape of the weight and contributes to the images of every sample.
void convolve_weight_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0], *small = node->inputs[1];
    large_add(adjoints, node, small, g);
    if (gradient_wanted(adjoints, small))
        gradient_add(adjoints, node, small, graph_convolve(&adjoints->b, geometry, large, g, NULL));
}

static const char dense_text[] =
    "// output[o] = bias[o] + sum over i of input[i] * weight[i][o]; the weight is in panels of `panel` outputs.\n"
    "AE_PLAIN void plain_dense(int inputs, int outputs, int panel, const ae_real *input, const ae_real *weight,\n"
    "        const ae_real *bias, ae_real *output) {\n"
    "    for (int o = 0; o < outputs; o++) {\n"
    "        ae_real sum = bias ? bias[o] : 0;\n"
    "        for (int i = 0; i < inputs; i++)\n"
    "            sum = ae_fma(input[i], weight[(o / panel * inputs + i) * panel + o % panel], sum);\n"
    "        output[o] = sum;\n"
    "    }\n"
    "}\n\n";

static const char convolve_text[] =
    "// Pixel (y, x) of the small image sees pixels (y * stride + ky - padding, x * stride + kx - padding) of the "
    "large one.\n"
    "AE_PLAIN void plain_conv(struct plain_shape g, const ae_real *large, const ae_real *weight, const ae_real *bias,\n"
    "        ae_real *small) {\n"
    "    for (int y = 0; y < g.small[0]; y++)\n"
    "        for (int x = 0; x < g.small[1]; x++)\n"
    "            for (int s = 0; s < g.small[2]; s++) {\n"
    "                ae_real sum = bias ? bias[s] : 0;\n"
    "                for (int ky = 0; ky < g.kernel[0]; ky++)\n"
    "                    for (int kx = 0; kx < g.kernel[1]; kx++)\n"
    "                        for (int l = 0; l < g.large[2]; l++) {\n"
    "                            const int Y = y * g.stride[0] + ky - g.padding[0];\n"
    "                            const int X = x * g.stride[1] + kx - g.padding[1];\n"
    "                            if (Y < 0 || Y >= g.large[0] || X < 0 || X >= g.large[1]) continue;\n"
    "                            sum = ae_fma(large[(Y * g.large[1] + X) * g.large[2] + l],\n"
    "                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], "
    "sum);\n"
    "                        }\n"
    "                small[(y * g.small[1] + x) * g.small[2] + s] = sum;\n"
    "            }\n"
    "}\n\n";

static const char transposed_text[] =
    "// The way back: pixel (Y, X) of the large image is the sum over the pixels of the small one that see it.\n"
    "AE_PLAIN void plain_deconv(struct plain_shape g, const ae_real *small, const ae_real *weight, const ae_real "
    "*bias,\n"
    "        ae_real *large) {\n"
    "    for (int Y = 0; Y < g.large[0]; Y++)\n"
    "        for (int X = 0; X < g.large[1]; X++)\n"
    "            for (int l = 0; l < g.large[2]; l++) {\n"
    "                ae_real sum = bias ? bias[l] : 0;\n"
    "                for (int ky = 0; ky < g.kernel[0]; ky++)\n"
    "                    for (int s = 0; s < g.small[2]; s++)\n"
    "                        for (int kx = 0; kx < g.kernel[1]; kx++) {\n"
    "                            const int y = Y + g.padding[0] - ky, x = X + g.padding[1] - kx;\n"
    "                            if (y < 0 || y % g.stride[0] || y / g.stride[0] >= g.small[0]) continue;\n"
    "                            if (x < 0 || x % g.stride[1] || x / g.stride[1] >= g.small[1]) continue;\n"
    "                            const int at = y / g.stride[0] * g.small[1] + x / g.stride[1];\n"
    "                            sum = ae_fma(small[at * g.small[2] + s],\n"
    "                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], "
    "sum);\n"
    "                        }\n"
    "                large[(Y * g.large[1] + X) * g.large[2] + l] = sum;\n"
    "            }\n"
    "}\n\n";

static const char struct_text[] = "// Images as {height, width, channels}.\n"
                                  "struct plain_shape {\n"
                                  "    int large[3], small[3], kernel[2], stride[2], padding[2];\n"
                                  "};\n\n";

static void arguments_print(const struct plain *plain, const struct node *node) {
    for (int i = 0; i < OP_INPUTS; i++)
        buffer_print(plain->out, ", %s",
                     i < node->input_count ? plain->array(plain->context, node->inputs[i]) : "NULL");
    buffer_print(plain->out, ", %s);\n", plain->array(plain->context, node));
}

static void shape_print(const struct plain *plain, const struct geometry *g, const char *function) {
    buffer_print(
        plain->out, "    %s((struct plain_shape){{%ld, %ld, %ld}, {%ld, %ld, %ld}, {%ld, %ld}, {%ld, %ld}, {%ld, %ld}}",
        function, g->large_height, g->large_width, g->large_channels, g->small_height, g->small_width,
        g->small_channels, g->kernel[0], g->kernel[1], g->stride[0], g->stride[1], g->padding[0], g->padding[1]);
}

void convolve_print(const struct plain *plain, const struct node *node) {
    const struct geometry *g = &node->convolution.geometry;
    if (geometry_is_dense(g))
        buffer_print(plain->out, "    plain_dense(%ld, %ld, %ld", g->large_channels, g->small_channels,
                     g->panel ? g->panel : g->small_channels);
    else
        shape_print(plain, g, "plain_conv");
    arguments_print(plain, node);
}

void convolve_transposed_print(const struct plain *plain, const struct node *node) {
    shape_print(plain, &node->convolution.geometry, "plain_deconv");
    arguments_print(plain, node);
}

void convolution_define(const struct graph *const *graphs, int count, struct buffer *out) {
    bool dense = false, down = false, up = false;
    for (int i = 0; i < count; i++)
        for (const struct node *node = graphs[i]->first; node; node = node->next) {
            const struct geometry geometry = node_geometry(node);
            bool point = geometry_is_dense(&geometry);
            dense = dense || (node->op == OP_CONVOLVE && point);
            down = down || (node->op == OP_CONVOLVE && !point);
            up = up || node->op == OP_CONVOLVE_TRANSPOSED;
        }
    if (up || down) buffer_print(out, "%s", struct_text);
    if (dense) buffer_print(out, "%s", dense_text);
    if (down) buffer_print(out, "%s", convolve_text);
    if (up) buffer_print(out, "%s", transposed_text);
}
