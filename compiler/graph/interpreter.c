#include "compiler/graph/interpreter.h"

#include <math.h>
#include <string.h>

struct evaluation {
    const struct leaves *leaves;
    double **values;    // by id
};

const double *node_values(double *const *values, const struct node *node, size_t sample) {
    return values[node->id] + (node->extent == EXTENT_SAMPLE ? sample * node->count : 0);
}

// Input number i of a node, for one sample.
static const double *input_values(const struct evaluation *e, const struct node *node, int i, size_t sample) {
    return node_values(e->values, node->inputs[i], sample);
}

// Each function below computes the values [node->count] of one sample; for shared and uniform nodes, of sample 0.

static void input_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->input + sample * node->count, node->count * sizeof *result);
}

static void code_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->heads[node->code.head] + sample * node->count, node->count * sizeof *result);
}

static void output_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->decoded + sample * node->count, node->count * sizeof *result);
}

static void parameter_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)sample;
    memcpy(result, e->leaves->parameters[node->parameter.index], node->count * sizeof *result);
}

static void term_scale_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)sample;
    result[0] = e->leaves->term_scale[node->term.index];
}

static void constant_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)e;
    (void)sample;
    result[0] = node->scalar.value;
}

static void dropout_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    e->leaves->draw(e->leaves->context, node, sample, result);
}

static void normal_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    e->leaves->draw(e->leaves->context, node, sample, result);
}

// The index in a weight [ky][kx][l][s]; that of a dense layer may be [s / panel][l][s % panel].
static long weight_place(const struct geometry *g, long ky, long kx, long l, long s) {
    if (g->panel) return (s / g->panel * g->large_channels + l) * g->panel + s % g->panel;
    return ((ky * g->kernel[1] + kx) * g->large_channels + l) * g->small_channels + s;
}

// The index in a repacked weight [ky][s][kx][l]; that of a dense layer is [l / PANEL][s][l % PANEL] if PANEL divides
// its inputs.
static long repacked_place(const struct geometry *g, long ky, long kx, long l, long s) {
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
    const double *bias = node->input_count > 2 ? input_values(e, node, 2, 0) : NULL;
    for (size_t i = 0; i < node->count; i++)
        result[i] = bias ? bias[i % (size_t)channels] : 0;
    struct product p = {&node->convolution.geometry, input_values(e, node, 0, sample), input_values(e, node, 1, 0),
                        result};
    meetings_each(p.g, meet, &p);
}

static void convolve_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    product_evaluate(e, node, sample, result, node->convolution.geometry.small_channels, convolve_meet);
}

static void convolve_transposed_evaluate(const struct evaluation *e, const struct node *node, size_t sample,
                                         double *result) {
    product_evaluate(e, node, sample, result, node->convolution.geometry.large_channels, convolve_transposed_meet);
}

static void convolve_weight_evaluate(const struct evaluation *e, const struct node *node, size_t sample,
                                     double *result) {
    memset(result, 0, node->count * sizeof *result);
    for (sample = 0; sample < e->leaves->samples; sample++) {
        struct product p = {&node->convolution.geometry, input_values(e, node, 0, sample),
                            input_values(e, node, 1, sample), result};
        meetings_each(p.g, convolve_weight_meet, &p);
    }
}

static void bias_sum_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memset(result, 0, node->count * sizeof *result);
    for (sample = 0; sample < e->leaves->samples; sample++)
        for (size_t i = 0; i < node->inputs[0]->count; i++)
            result[i % node->count] += input_values(e, node, 0, sample)[i];
}

static void bias_spread_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const double *bias = input_values(e, node, 0, sample);
    for (size_t i = 0; i < node->count; i++)
        result[i] = bias[i % node->inputs[0]->count];
}

static void repack_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const struct geometry *g = &node->repack.geometry;
    const double *from = input_values(e, node, 0, sample);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < g->large_channels; l++)
                for (long s = 0; s < g->small_channels; s++) {
                    long plain = weight_place(g, ky, kx, l, s), packed = repacked_place(g, ky, kx, l, s);
                    result[node->repack.back ? plain : packed] = from[node->repack.back ? packed : plain];
                }
}

static void permute_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const struct image *image = &node->permute.image;
    const double *from = input_values(e, node, 0, sample);
    long positions = image->height * image->width;
    for (long i = 0; i < positions; i++)
        for (long c = 0; c < image->channels; c++) {
            long innermost = i * image->channels + c, first = c * positions + i;
            result[node->permute.back ? innermost : first] = from[node->permute.back ? first : innermost];
        }
}

static void sum_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const double *a = input_values(e, node, 0, sample);
    result[0] = 0;
    for (size_t i = 0; i < node->inputs[0]->count; i++)
        result[0] += a[i];
}

// The operands for one element of an elementwise op: the elements of its inputs, and its constant.
struct element {
    double a, b, c, k;
};

static double add_element(struct element x) {
    return x.a + x.b;
}

static double subtract_element(struct element x) {
    return x.a - x.b;
}

static double multiply_element(struct element x) {
    return x.a * x.b;
}

static double select_element(struct element x) {
    return x.a <= 0 ? x.b : x.c;
}

static double scale_element(struct element x) {
    return x.a * x.k;
}

static double offset_element(struct element x) {
    return x.a + x.k;
}

static double relu_element(struct element x) {
    return x.a <= 0 ? 0 : x.a;
}

static double exp_element(struct element x) {
    return exp(x.a);
}

static double expm1_element(struct element x) {
    return expm1(x.a);
}

static double tanh_element(struct element x) {
    return tanh(x.a);
}

static double erf_element(struct element x) {
    return erf(x.a);
}

static double sigmoid_element(struct element x) {
    return 1 / (1 + exp(-x.a));
}

// log(1 + exp(a)) without overflow.
static double softplus_element(struct element x) {
    return fmax(x.a, 0) + log1p(exp(-fabs(x.a)));
}

static double absolute_element(struct element x) {
    return fabs(x.a);
}

static double sign_element(struct element x) {
    return (x.a > 0) - (x.a < 0);
}

static double broadcast_element(struct element x) {
    return x.a;
}

#define LEAF_ELEMENT(name) NULL
#define RANDOM_ELEMENT(name) NULL
#define CONVOLUTION_ELEMENT(name) NULL
#define BATCH_SUM_ELEMENT(name) NULL
#define MOVE_ELEMENT(name) NULL
#define REDUCTION_ELEMENT(name) NULL
#define ELEMENTWISE_ELEMENT(name) name##_element

static double (*const elements[])(struct element x) = {
#define OP(id, name, class, ...) [OP_##id] = class##_ELEMENT(name),
#include "language/ops.def"
};

_Static_assert(sizeof elements / sizeof *elements == OP_KINDS, "a function or none for each op");

// An operand with a single element is used for all elements.
static double operand(const struct evaluation *e, const struct node *node, int i, size_t sample, size_t element) {
    if (i >= node->input_count) return 0;
    return input_values(e, node, i, sample)[node->inputs[i]->count == 1 ? 0 : element];
}

static void elementwise_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    for (size_t i = 0; i < node->count; i++)
        result[i] = elements[node->op]((struct element){operand(e, node, 0, sample, i), operand(e, node, 1, sample, i),
                                                        operand(e, node, 2, sample, i), node_constant(node)});
}

#define LEAF_EVALUATE(name) name##_evaluate
#define RANDOM_EVALUATE(name) name##_evaluate
#define CONVOLUTION_EVALUATE(name) name##_evaluate
#define BATCH_SUM_EVALUATE(name) name##_evaluate
#define MOVE_EVALUATE(name) name##_evaluate
#define REDUCTION_EVALUATE(name) name##_evaluate
#define ELEMENTWISE_EVALUATE(name) elementwise_evaluate

static void (*const evaluations[])(const struct evaluation *e, const struct node *node, size_t sample,
                                   double *result) = {
#define OP(id, name, class, ...) [OP_##id] = class##_EVALUATE(name),
#include "language/ops.def"
};

_Static_assert(sizeof evaluations / sizeof *evaluations == OP_KINDS, "a function for each op");

double **graph_interpret(const struct graph *graph, const struct leaves *leaves, struct arena *arena) {
    struct evaluation e = {leaves, ARENA_ARRAY(arena, double *, graph->count)};
    for (const struct node *node = graph->first; node; node = node->next) {
        size_t samples = node->extent == EXTENT_SAMPLE ? leaves->samples : 1;
        e.values[node->id] = ARENA_ARRAY(arena, double, samples * node->count);
        for (size_t sample = 0; sample < samples; sample++)
            evaluations[node->op](&e, node, sample, e.values[node->id] + sample * node->count);
    }
    return e.values;
}
