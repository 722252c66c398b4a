// Compares the interpreter's values of every op with formulas in this file: each element is gathered from the inputs,
// while the interpreter scatters; functions use other formulas than the interpreter.
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "compiler/graph/check.h"
#include "tests/unit/cases.h"
#include "tests/unit/suite.h"

// A node whose value is computed, for one sample, with the values of all nodes.
struct question {
    const struct fixture *f;
    double **values;
    const struct node *node;
    size_t sample;
};

// Element `at` of input i; an input with one element has it everywhere.
static double in(const struct question *q, int i, size_t at) {
    const struct node *input = q->node->inputs[i];
    return node_values(q->values, input, q->sample)[input->count == 1 ? 0 : at];
}

static double input_expected(const struct question *q, size_t at) {
    return q->f->input[q->sample * q->node->count + at];
}

static double code_expected(const struct question *q, size_t at) {
    return q->f->heads[q->node->code.head][q->sample * q->node->count + at];
}

static double output_expected(const struct question *q, size_t at) {
    return q->f->decoded[q->sample * q->node->count + at];
}

static double parameter_expected(const struct question *q, size_t at) {
    return q->f->values[q->node->parameter.index][at];
}

static double term_scale_expected(const struct question *q, size_t at) {
    return q->f->term_scale[q->node->term.index + (int)at];
}

static double constant_expected(const struct question *q, size_t at) {
    (void)at;
    return q->node->scalar.value;
}

static double drawn(const struct question *q, size_t at) {
    double *values = ARENA_ARRAY((struct arena *)&q->f->arena, double, q->node->count);
    q->f->leaves.draw(NULL, q->node, q->sample, values);
    return values[at];
}

static double dropout_expected(const struct question *q, size_t at) {
    return drawn(q, at);
}

static double normal_expected(const struct question *q, size_t at) {
    return drawn(q, at);
}

// An element of an image that is 0 outside.
static double pixel(const struct question *q, int i, long y, long x, long c, const long size[3]) {
    bool inside = y >= 0 && y < size[0] && x >= 0 && x < size[1];
    return inside ? in(q, i, (size_t)((y * size[1] + x) * size[2] + c)) : 0;
}

static double plain_weight(const struct question *q, int i, const struct geometry *g, long ky, long kx, long l,
                           long s) {
    if (g->panel == PANEL) return in(q, i, (size_t)(s / PANEL * g->large_channels * PANEL + l * PANEL + s % PANEL));
    return in(q, i, (size_t)(((ky * g->kernel[1] + kx) * g->large_channels + l) * g->small_channels + s));
}

static double turned_weight(const struct question *q, int i, const struct geometry *g, long ky, long kx, long l,
                            long s) {
    bool dense = g->large_height * g->large_width * g->kernel[0] * g->kernel[1] == 1;
    if (dense && g->large_channels % PANEL == 0)
        return in(q, i, (size_t)(l / PANEL * g->small_channels * PANEL + s * PANEL + l % PANEL));
    return in(q, i, (size_t)(((ky * g->small_channels + s) * g->kernel[1] + kx) * g->large_channels + l));
}

static double convolve_expected(const struct question *q, size_t at) {
    const struct geometry *g = &q->node->convolution.geometry;
    const long size[] = {g->large_height, g->large_width, g->large_channels};
    long s = (long)at % g->small_channels, x = (long)at / g->small_channels % g->small_width;
    long y = (long)at / g->small_channels / g->small_width;
    double sum = q->node->input_count > 2 ? in(q, 2, (size_t)s) : 0;
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < g->large_channels; l++)
                sum +=
                    pixel(q, 0, y * g->stride[0] + ky - g->padding[0], x * g->stride[1] + kx - g->padding[1], l, size) *
                    plain_weight(q, 1, g, ky, kx, l, s);
    return sum;
}

static double convolve_transposed_expected(const struct question *q, size_t at) {
    const struct geometry *g = &q->node->convolution.geometry;
    const long size[] = {g->small_height, g->small_width, g->small_channels};
    long l = (long)at % g->large_channels, x = (long)at / g->large_channels % g->large_width;
    long y = (long)at / g->large_channels / g->large_width;
    double sum = q->node->input_count > 2 ? in(q, 2, (size_t)l) : 0;
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++) {
            long from_y = y + g->padding[0] - ky, from_x = x + g->padding[1] - kx;
            if (from_y % g->stride[0] != 0 || from_x % g->stride[1] != 0) continue;
            for (long s = 0; s < g->small_channels; s++)
                sum += pixel(q, 0, from_y / g->stride[0], from_x / g->stride[1], s, size) *
                       turned_weight(q, 1, g, ky, kx, l, s);
        }
    return sum;
}

// The kernel position and channels of element `at` of a weight.
static void weight_element(const struct geometry *g, long at, long *ky, long *kx, long *l, long *s) {
    if (g->panel == PANEL) {
        *ky = *kx = 0;
        *s = at / (g->large_channels * PANEL) * PANEL + at % PANEL;
        *l = at / PANEL % g->large_channels;
        return;
    }
    *s = at % g->small_channels;
    *l = at / g->small_channels % g->large_channels;
    *kx = at / g->small_channels / g->large_channels % g->kernel[1];
    *ky = at / g->small_channels / g->large_channels / g->kernel[1];
}

static double convolve_weight_expected(const struct question *q, size_t at) {
    const struct geometry *g = &q->node->convolution.geometry;
    const long size[] = {g->large_height, g->large_width, g->large_channels};
    const long small[] = {g->small_height, g->small_width, g->small_channels};
    long ky, kx, l, s;
    double sum = 0;
    weight_element(g, (long)at, &ky, &kx, &l, &s);
    struct question each = *q;
    for (each.sample = 0; each.sample < CASE_SAMPLES; each.sample++)
        for (long y = 0; y < g->small_height; y++)
            for (long x = 0; x < g->small_width; x++)
                sum += pixel(&each, 0, y * g->stride[0] + ky - g->padding[0], x * g->stride[1] + kx - g->padding[1], l,
                             size) *
                       pixel(&each, 1, y, x, s, small);
    return sum;
}

static double bias_sum_expected(const struct question *q, size_t at) {
    double sum = 0;
    struct question each = *q;
    for (each.sample = 0; each.sample < CASE_SAMPLES; each.sample++)
        for (size_t i = at; i < q->node->inputs[0]->count; i += (size_t)q->node->bias.image.channels)
            sum += in(&each, 0, i);
    return sum;
}

static double bias_spread_expected(const struct question *q, size_t at) {
    return in(q, 0, at % (size_t)q->node->bias.image.channels);
}

static double repack_expected(const struct question *q, size_t at) {
    const struct geometry *g = &q->node->repack.geometry;
    long ky, kx, l, s;
    if (q->node->repack.back) {
        weight_element(g, (long)at, &ky, &kx, &l, &s);
        return turned_weight(q, 0, g, ky, kx, l, s);
    }
    // True if this kernel position and these channels are at place `at`.
    for (ky = 0; ky < g->kernel[0]; ky++)
        for (kx = 0; kx < g->kernel[1]; kx++)
            for (l = 0; l < g->large_channels; l++)
                for (s = 0; s < g->small_channels; s++) {
                    bool dense = g->kernel[0] * g->kernel[1] == 1;
                    long packed = dense ? (l / PANEL * g->small_channels + s) * PANEL + l % PANEL
                                        : ((ky * g->small_channels + s) * g->kernel[1] + kx) * g->large_channels + l;
                    if (packed == (long)at) return plain_weight(q, 0, g, ky, kx, l, s);
                }
    return NAN;
}

static double permute_expected(const struct question *q, size_t at) {
    const struct image *image = &q->node->permute.image;
    long positions = image->height * image->width, i = (long)at;
    if (q->node->permute.back) return in(q, 0, (size_t)(i % image->channels * positions + i / image->channels));
    return in(q, 0, (size_t)(i % positions * image->channels + i / positions));
}

static double add_expected(const struct question *q, size_t at) {
    return in(q, 1, at) + in(q, 0, at);
}

static double subtract_expected(const struct question *q, size_t at) {
    return -(in(q, 1, at) - in(q, 0, at));
}

static double multiply_expected(const struct question *q, size_t at) {
    return in(q, 1, at) * in(q, 0, at);
}

static double select_expected(const struct question *q, size_t at) {
    return in(q, in(q, 0, at) > 0 ? 2 : 1, at);
}

static double scale_expected(const struct question *q, size_t at) {
    return q->node->scalar.value * in(q, 0, at);
}

static double offset_expected(const struct question *q, size_t at) {
    return q->node->scalar.value + in(q, 0, at);
}

static double relu_expected(const struct question *q, size_t at) {
    return in(q, 0, at) > 0 ? in(q, 0, at) : 0;
}

// The series of exp, of half the argument.
static double series_exp(double x) {
    double half = x / 2, term = 1, sum = 1;
    for (int i = 1; i < 60; i++)
        sum += term *= half / i;
    return sum * sum;
}

static double exp_expected(const struct question *q, size_t at) {
    return series_exp(in(q, 0, at));
}

static double expm1_expected(const struct question *q, size_t at) {
    double half = tanh(in(q, 0, at) / 2);
    return 2 * half / (1 - half);
}

static double tanh_expected(const struct question *q, size_t at) {
    double e = series_exp(2 * in(q, 0, at));
    return (e - 1) / (e + 1);
}

// The Maclaurin series of erf.
static double erf_expected(const struct question *q, size_t at) {
    double x = in(q, 0, at), term = x, sum = 0;
    for (int n = 0; n < 120; n++) {
        sum += term / (2 * n + 1);
        term *= -x * x / (n + 1);
    }
    return sum * 2 / sqrt(acos(-1.0));
}

static double sigmoid_expected(const struct question *q, size_t at) {
    return (1 + tanh(in(q, 0, at) / 2)) / 2;
}

static double softplus_expected(const struct question *q, size_t at) {
    return log(1 + series_exp(in(q, 0, at)));
}

static double absolute_expected(const struct question *q, size_t at) {
    return sqrt(in(q, 0, at) * in(q, 0, at));
}

static double sign_expected(const struct question *q, size_t at) {
    double a = in(q, 0, at);
    return a == 0 ? 0 : copysign(1, a);
}

static double broadcast_expected(const struct question *q, size_t at) {
    (void)at;
    return in(q, 0, 0);
}

static double sum_expected(const struct question *q, size_t at) {
    double sum = 0;
    for (size_t i = q->node->inputs[0]->count; i-- > at;)
        sum += in(q, 0, i);
    return sum;
}

static double (*const expected[])(const struct question *q, size_t at) = {
#define OP(id, name, ...) [OP_##id] = name##_expected,
#include "language/ops.def"
};

_Static_assert(sizeof expected / sizeof *expected == OP_KINDS, "a formula for each op");

START_TEST(values_are_those_of_their_formulas) {
    struct fixture f;
    fixture_build(&f, &op_cases[_i]);
    const char *fault = graph_check(&f.graph);
    ck_assert_msg(!fault, "%s: %s", op_cases[_i].name, fault);
    struct question q = {&f, graph_interpret(&f.graph, &f.leaves, &f.arena), NULL, 0};
    for (q.node = f.graph.first; q.node; q.node = q.node->next)
        for (q.sample = 0; q.sample < (q.node->extent == EXTENT_SAMPLE ? CASE_SAMPLES : 1); q.sample++)
            for (size_t i = 0; i < q.node->count; i++) {
                double want = expected[q.node->op](&q, i), got = node_values(q.values, q.node, q.sample)[i];
                ck_assert_msg(fabs(want - got) <= 1e-12 * fmax(1, fabs(want)),
                              "%s: %s, sample %zu, element %zu: expected %.17g, got %.17g", op_cases[_i].name,
                              op_name(q.node->op), q.sample, i, want, got);
            }
    fixture_close(&f);
}
END_TEST

// The orders of an image and of a weight, which the formulas above share with the interpreter, checked with numbers.
START_TEST(orders_are_those_of_numbers) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    // Two channels of a 1x3 image: 11 12 13 and 21 22 23.
    double image[] = {11, 21, 12, 22, 13, 23}, first[] = {11, 12, 13, 21, 22, 23};
    struct node *x = graph_input(&f.b, 6), *plain = graph_permute(&f.b, (struct image){1, 3, 2}, x, false);
    // Kernel columns 12 34 and 56 78, each [large][small]: 288 is 11 * 1 + 21 * 3 + 12 * 5 + 22 * 7.
    struct geometry g = {1, 3, 2, 1, 2, 2, {1, 2}, {1, 1}, {0, 0}, 0};
    double weight[] = {1, 2, 3, 4, 5, 6, 7, 8}, repacked[] = {1, 3, 5, 7, 2, 4, 6, 8}, small[] = {288, 354, 304, 374};
    struct node *w = fixture_parameter(&f, "weight", 8), *packed = graph_repack(&f.b, &g, w, false);
    struct node *y = graph_convolve(&f.b, &g, x, w, NULL);
    f.input = image;
    f.values[0] = weight;
    fixture_fill(&f);
    f.leaves.samples = 1;
    double **values = graph_interpret(&f.graph, &f.leaves, &f.arena);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq(values[plain->id][i], first[i]);
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq(values[y->id][i], small[i]);
    for (size_t i = 0; i < 8; i++)
        ck_assert_double_eq(values[packed->id][i], repacked[i]);
    fixture_close(&f);
}
END_TEST

// Kinks and ends of the range.
START_TEST(elements_at_their_edges) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *x = graph_input(&f.b, 3), *zero = graph_constant(&f.b, 0);
    struct node *relu = graph_unary(&f.b, OP_RELU, x), *sign = graph_unary(&f.b, OP_SIGN, x);
    struct node *softplus = graph_unary(&f.b, OP_SOFTPLUS, x), *sigmoid = graph_unary(&f.b, OP_SIGMOID, x);
    struct node *select = graph_select(&f.b, x, zero, graph_constant(&f.b, 5));
    double input[] = {0, 800, -800};
    f.input = input;
    fixture_fill(&f);
    f.leaves.samples = 1;
    double **values = graph_interpret(&f.graph, &f.leaves, &f.arena);
    const double wanted[][3] = {{0, 800, 0}, {0, 1, -1}, {log(2), 800, 0}, {0.5, 1, 0}, {0, 5, 0}};
    const struct node *nodes[] = {relu, sign, softplus, sigmoid, select};
    for (int n = 0; n < 5; n++)
        for (int i = 0; i < 3; i++)
            ck_assert_double_eq_tol(values[nodes[n]->id][i], wanted[n][i], 1e-15);
    fixture_close(&f);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("interpreter");
    tcase_add_loop_test(cases, values_are_those_of_their_formulas, 0, op_case_count);
    tcase_add_test(cases, orders_are_those_of_numbers);
    tcase_add_test(cases, elements_at_their_edges);
    return suite_run("interpreter", cases);
}
