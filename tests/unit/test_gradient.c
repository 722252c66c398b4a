// Compares graph_gradient, applied once and twice, with central differences of the interpreter, for every leaf of a
// graph for each op.
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "compiler/graph/check.h"
#include "compiler/graph/gradient.h"
#include "tests/unit/cases.h"
#include "tests/unit/suite.h"

enum { STEP_SIZES = 3, ENTRIES = 40 };    // approximate entries of each leaf
static const double STEP_SIZE = 1e-4, STEP_RATIO = 8, TOLERANCE = 1e-6;

// The sum over samples of a node with one element.
static double total(const struct fixture *f, const struct node *of) {
    struct arena arena = {0};
    double **values = graph_interpret(&f->graph, &f->leaves, &arena), sum = 0;
    for (size_t sample = 0; sample < (of->extent == EXTENT_SAMPLE ? f->leaves.samples : 1); sample++)
        sum += node_values(values, of, sample)[0];
    arena_free(&arena);
    return sum;
}

static double central_difference(const struct fixture *f, const struct node *of, double *value, double h) {
    double middle = *value;
    volatile double above = middle + h, below = middle - h;
    *value = above;
    double sum = total(f, of);
    *value = below;
    sum -= total(f, of);
    *value = middle;
    return sum / (above - below);
}

// True if the gradient equals one of the differences; if these disagree with each other, there is a kink.
static bool entry_check(const struct fixture *f, const struct node *of, double *value, double gradient, double limit,
                        bool *kink) {
    double differences[STEP_SIZES], h = STEP_SIZE;
    for (int i = 0; i < STEP_SIZES; i++, h /= STEP_RATIO) {
        differences[i] = central_difference(f, of, value, h);
        if (fabs(differences[i] - gradient) <= limit) return true;
    }
    for (int i = 1; i < STEP_SIZES; i++)
        *kink = *kink || fabs(differences[i] - differences[0]) > limit;
    return *kink;
}

// Compares the gradient node of a leaf, or 0 for NULL, with differences of `of`.
static void leaf_check(struct fixture *f, const char *name, const struct node *of, const struct node *leaf,
                       const struct node *gradient) {
    struct arena arena = {0};
    double **values = graph_interpret(&f->graph, &f->leaves, &arena), largest = 0;
    size_t count, kinks = 0;
    double *variables = fixture_values(f, leaf, &count), *found = ARENA_ARRAY(&arena, double, count);
    for (size_t i = 0; gradient && i < count; i++) {
        found[i] = node_values(values, gradient, i / leaf->count)[i % leaf->count];
        largest = fmax(largest, fabs(found[i]));
    }
    if (gradient) ck_assert_msg(gradient->count == leaf->count, "%s: the gradient's count", name);
    if (leaf->extent != EXTENT_SAMPLE && gradient)
        ck_assert_msg(gradient->extent != EXTENT_SAMPLE, "%s: the gradient's extent", name);
    size_t step = count / ENTRIES + 1;
    for (size_t i = 0; i < count; i += step) {
        bool kink = false;
        ck_assert_msg(entry_check(f, of, &variables[i], found[i], TOLERANCE * fmax(largest, 1), &kink),
                      "%s: by %s, element %zu: expected %.9g, got %.9g", name, op_name(leaf->op), i,
                      central_difference(f, of, &variables[i], STEP_SIZE), found[i]);
        kinks += kink;
    }
    ck_assert_msg(10 * kinks * step <= count, "%s: %zu kinks of %zu", name, kinks, count / step);
    arena_free(&arena);
}

static int leaves_of(const struct fixture *f, struct node **leaves) {
    int count = 0;
    size_t values;
    for (struct node *node = f->graph.first; node; node = node->next)
        if (fixture_values((struct fixture *)f, node, &values)) leaves[count++] = node;
    return count;
}

// The sum over samples, elements and leaves of the gradients' squares: a scalar to differentiate again.
static struct node *squares(struct fixture *f, struct node *const *gradients, int count) {
    struct node *sum = NULL;
    for (int i = 0; i < count; i++) {
        if (!gradients[i]) continue;
        struct node *each = graph_sum(&f->b, graph_binary(&f->b, OP_MULTIPLY, gradients[i], gradients[i]));
        // Shared values count once, not once per sample.
        if (each->extent == EXTENT_SAMPLE) each = graph_bias_sum(&f->b, (struct image){1, 1, 1}, each);
        sum = sum ? graph_binary(&f->b, OP_ADD, sum, each) : each;
    }
    return sum;
}

static void twice_check(struct fixture *f, const char *name, struct node *const *leaves, int count,
                        struct node *const *first) {
    struct node *of = squares(f, first, count), *second[CASE_LEAVES] = {NULL};
    if (!of) return;
    const char *refused = graph_gradient(&f->b, &of, NULL, 1, leaves, count, second);
    // The gradient of an op may be an op without a rule.
    if (refused) return;
    const char *fault = graph_check(&f->graph);
    ck_assert_msg(!fault, "%s twice: %s", name, fault);
    for (int i = 0; i < count; i++)
        leaf_check(f, arena_print(&f->arena, "%s twice", name), of, leaves[i], second[i]);
}

static void case_check(const struct op_case *one) {
    struct fixture f;
    fixture_build(&f, one);
    struct node *leaves[CASE_LEAVES], *gradients[CASE_LEAVES] = {NULL}, *of = f.graph.outputs[OUTPUT_TERM].list[0].node;
    int count = leaves_of(&f, leaves);
    const char *refused = graph_gradient(&f.b, &of, NULL, 1, leaves, count, gradients);
    if (op_rows[one->op].rule == RULE_REFUSED) {
        ck_assert_str_eq(refused, op_name(one->op));
        fixture_close(&f);
        return;
    }
    ck_assert_msg(!refused, "%s: no rule for %s", one->name, refused);
    const char *fault = graph_check(&f.graph);
    ck_assert_msg(!fault, "%s: %s", one->name, fault);
    for (int i = 0; i < count; i++)
        leaf_check(&f, one->name, of, leaves[i], gradients[i]);
    twice_check(&f, one->name, leaves, count, gradients);
    fixture_close(&f);
}

START_TEST(gradients_are_those_of_differences) {
    case_check(&op_cases[_i]);
}
END_TEST

START_TEST(every_op_has_a_case) {
    bool seen[OP_KINDS] = {false};
    for (int i = 0; i < op_case_count; i++)
        seen[op_cases[i].op] = true;
    for (int i = 0; i < OP_KINDS; i++)
        ck_assert_msg(seen[i], "%s has no case in tests/unit/cases.c", op_name((enum op)i));
}
END_TEST

// d sum / d x of a graph of one input, at x.
static double slope_at(double x, struct node *(*build)(struct graph_builder *b, struct node *x)) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *leaf = graph_input(&f.b, 1), *of = build(&f.b, leaf), *gradient = NULL;
    ck_assert_ptr_null(graph_gradient(&f.b, &of, NULL, 1, &leaf, 1, &gradient));
    f.input = &x;
    fixture_fill(&f);
    f.leaves.samples = 1;
    double slope = gradient ? graph_interpret(&f.graph, &f.leaves, &f.arena)[gradient->id][0] : 0;
    fixture_close(&f);
    return slope;
}

static struct node *relu_of(struct graph_builder *b, struct node *x) {
    return graph_unary(b, OP_RELU, x);
}

static struct node *absolute_of(struct graph_builder *b, struct node *x) {
    return graph_unary(b, OP_ABSOLUTE, x);
}

static struct node *sign_of(struct graph_builder *b, struct node *x) {
    return graph_unary(b, OP_SIGN, x);
}

static struct node *leaky_of(struct graph_builder *b, struct node *x) {
    return graph_select(b, x, graph_scale(b, x, 0.125), x);
}

// The slopes at a kink are those of PyTorch: 0 for relu and abs, that of the negative side for leaky_relu.
START_TEST(slopes_at_kinks_have_a_value) {
    ck_assert_double_eq(slope_at(0, relu_of), 0);
    ck_assert_double_eq(slope_at(-0.0, relu_of), 0);
    ck_assert_double_eq(slope_at(1e-300, relu_of), 1);
    ck_assert_double_eq(slope_at(-1e-300, relu_of), 0);
    ck_assert_double_eq(slope_at(0, absolute_of), 0);
    ck_assert_double_eq(slope_at(1e-300, absolute_of), 1);
    ck_assert_double_eq(slope_at(-1e-300, absolute_of), -1);
    ck_assert_double_eq(slope_at(0, sign_of), 0);
    ck_assert_double_eq(slope_at(0, leaky_of), 0.125);
    ck_assert_double_eq(slope_at(1e-300, leaky_of), 1);
}
END_TEST

// A graph can be differentiated with respect to any node, here one in the middle.
START_TEST(nodes_in_the_middle) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *x = graph_input(&f.b, 1), *middle = graph_scale(&f.b, x, 3);
    struct node *of = graph_binary(&f.b, OP_MULTIPLY, middle, middle), *targets[] = {middle, x}, *gradients[2];
    ck_assert_ptr_null(graph_gradient(&f.b, &of, NULL, 1, targets, 2, gradients));
    double value = 2;
    f.input = &value;
    fixture_fill(&f);
    f.leaves.samples = 1;
    double **values = graph_interpret(&f.graph, &f.leaves, &f.arena);
    ck_assert_double_eq(values[gradients[0]->id][0], 2 * 6);
    ck_assert_double_eq(values[gradients[1]->id][0], 2 * 6 * 3);
    // With respect to a weight that is repacked, and to the repacked weight.
    struct geometry g = {1, 1, 1, 1, 1, 1, {1, 1}, {1, 1}, {0, 0}, 0};
    struct node *weight = fixture_parameter(&f, "weight", 1), *repacked = graph_repack(&f.b, &g, weight, false);
    of = graph_convolve_transposed(&f.b, &g, x, repacked, NULL);
    struct node *weights[] = {weight, repacked};
    ck_assert_ptr_null(graph_gradient(&f.b, &of, NULL, 1, weights, 2, gradients));
    fixture_fill(&f);
    f.leaves.samples = 1;
    values = graph_interpret(&f.graph, &f.leaves, &f.arena);
    ck_assert_double_eq(values[gradients[0]->id][0], 2);
    ck_assert_double_eq(values[gradients[1]->id][0], 2);
    fixture_close(&f);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("gradient");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, gradients_are_those_of_differences, 0, op_case_count);
    tcase_add_test(cases, every_op_has_a_case);
    tcase_add_test(cases, slopes_at_kinks_have_a_value);
    tcase_add_test(cases, nodes_in_the_middle);
    return suite_run("gradient", cases);
}
