// graph_check finds faults: if any number of a node of the cases is changed by one, the check reports it or the values
// do not change. Constants are not changed, because any value is valid.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/graph/check.h"
#include "tests/unit/cases.h"
#include "tests/unit/suite.h"

enum { NUMBERS_MOST = 24 };

// The numbers of a node, by their type.
struct numbers {
    int *whole[NUMBERS_MOST];
    long *wide[NUMBERS_MOST];
    double *real[1];
    int wholes, wides, reals;
};

static void geometry_numbers(struct geometry *g, struct numbers *n) {
    long *all[] = {&g->large_height,   &g->large_width, &g->large_channels, &g->small_height, &g->small_width,
                   &g->small_channels, &g->kernel[0],   &g->kernel[1],      &g->stride[0],    &g->stride[1],
                   &g->padding[0],     &g->padding[1],  &g->panel};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        n->wide[n->wides++] = all[i];
}

static void image_numbers(struct image *image, struct numbers *n) {
    n->wide[n->wides++] = &image->height;
    n->wide[n->wides++] = &image->width;
    n->wide[n->wides++] = &image->channels;
}

static struct numbers numbers_of(struct node *node) {
    struct numbers n = {.whole = {&node->id, &node->input_count, (int *)&node->extent, (int *)&node->part},
                        .wholes = 4};
    switch (op_rows[node->op].attributes) {
    case ATTRIBUTES_NONE: break;
    case ATTRIBUTES_CODE: n.whole[n.wholes++] = &node->code.head; break;
    case ATTRIBUTES_PARAMETER: n.whole[n.wholes++] = &node->parameter.index; break;
    case ATTRIBUTES_TERM: n.whole[n.wholes++] = &node->term.index; break;
    case ATTRIBUTES_SCALAR: n.whole[n.wholes++] = &node->scalar.copy; break;
    case ATTRIBUTES_RANDOM:
        n.whole[n.wholes++] = &node->random.site;
        n.real[n.reals++] = &node->random.probability;
        break;
    case ATTRIBUTES_CONVOLUTION: geometry_numbers(&node->convolution.geometry, &n); break;
    case ATTRIBUTES_REPACK: geometry_numbers(&node->repack.geometry, &n); break;
    case ATTRIBUTES_BIAS: image_numbers(&node->bias.image, &n); break;
    case ATTRIBUTES_PERMUTE: image_numbers(&node->permute.image, &n); break;
    }
    return n;
}

// True if the changed graph is rejected or computes the same values.
static bool found_or_equal(struct fixture *f, double *const *values) {
    if (graph_check(&f->graph)) return true;
    double **changed = graph_interpret(&f->graph, &f->leaves, &f->arena);
    for (const struct node *node = f->graph.first; node; node = node->next) {
        size_t count = node->count * (node->extent == EXTENT_SAMPLE ? CASE_SAMPLES : 1);
        if (memcmp(changed[node->id], values[node->id], count * sizeof(double)) != 0) return false;
    }
    return true;
}

static void node_mutate(struct fixture *f, const char *name, struct node *node, double *const *values) {
    struct numbers n = numbers_of(node);
    struct node right = *node;
    for (int i = 0; i < n.wholes; i++) {
        ++*n.whole[i];
        ck_assert_msg(found_or_equal(f, values), "%s, %s: whole number %d", name, op_name(node->op), i);
        *node = right;
    }
    for (int i = 0; i < n.wides; i++) {
        ++*n.wide[i];
        ck_assert_msg(found_or_equal(f, values), "%s, %s: geometry's number %d", name, op_name(node->op), i);
        *node = right;
    }
    for (int i = 0; i < n.reals; i++) {
        ++*n.real[i];
        ck_assert_msg(found_or_equal(f, values), "%s, %s: real number %d", name, op_name(node->op), i);
        *node = right;
    }
    ++node->count;
    ck_assert_msg(found_or_equal(f, values), "%s, %s: count", name, op_name(node->op));
    *node = right;
}

START_TEST(each_number_matters) {
    struct fixture f;
    fixture_build(&f, &op_cases[_i]);
    double **values = graph_interpret(&f.graph, &f.leaves, &f.arena);
    ck_assert_ptr_null(graph_check(&f.graph));
    for (struct node *node = f.graph.first; node; node = node->next)
        node_mutate(&f, op_cases[_i].name, node, values);
    ck_assert_ptr_null(graph_check(&f.graph));
    fixture_close(&f);
}
END_TEST

static void expect_fault(const struct fixture *f, const char *expected) {
    const char *fault = graph_check(&f->graph);
    ck_assert_msg(fault && strstr(fault, expected), "expected '%s', got '%s'", expected, fault ? fault : "nothing");
}

START_TEST(faults_name_the_node) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *x = graph_input(&f.b, 4), *p = fixture_parameter(&f, "p", 4);
    struct node *sum = graph_sum(&f.b, graph_binary(&f.b, OP_ADD, x, p));
    expect_fault(&f, "outputs of kind");
    graph_output_add(&f.graph, OUTPUT_TERM, "sum", sum);
    ck_assert_ptr_null(graph_check(&f.graph));
    struct node *add = sum->inputs[0];
    add->inputs[1] = sum;
    expect_fault(&f, "node 2 (add): input 1 is not a node before it");
    add->inputs[1] = p;
    add->inputs[2] = p;
    expect_fault(&f, "node 2 (add): 2 inputs");
    add->inputs[2] = NULL;
    graph_output_add(&f.graph, OUTPUT_GRADIENT, "p", sum);
    expect_fault(&f, "output p has 1 elements, expected 4");
    f.graph.outputs[OUTPUT_GRADIENT].list[0].node = x;
    expect_fault(&f, "the gradient p differs between samples");
    f.graph.outputs[OUTPUT_GRADIENT].list[0].node = p;
    ck_assert_ptr_null(graph_check(&f.graph));
    graph_output_add(&f.graph, OUTPUT_GRADIENT, "q", NULL);
    expect_fault(&f, "2 gradients of 1 parameters");
    f.graph.outputs[OUTPUT_GRADIENT].count = 0;
    f.graph.purpose = GRAPH_DECODE;
    expect_fault(&f, "node 0 (input): a leaf that is not allowed in the decode graph");
    fixture_close(&f);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("check");
    tcase_add_loop_test(cases, each_number_matters, 0, op_case_count);
    tcase_add_test(cases, faults_name_the_node);
    return suite_run("check", cases);
}
