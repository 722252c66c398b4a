// The graph's builder: equal nodes are one, extents and counts follow from the rows, and time and memory grow with the
// number of layers.
#include <check.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buffer.h"
#include "compiler/graph/check.h"
#include "tests/unit/cases.h"
#include "tests/unit/networks.h"
#include "tests/unit/suite.h"

START_TEST(equal_nodes_are_one) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *x = graph_input(&f.b, 6), *p = fixture_parameter(&f, "p", 6);
    ck_assert_ptr_eq(graph_input(&f.b, 6), x);
    ck_assert_ptr_eq(fixture_parameter(&f, "p", 6), p);
    ck_assert_ptr_ne(fixture_parameter(&f, "q", 6), p);
    ck_assert_ptr_eq(graph_binary(&f.b, OP_ADD, x, p), graph_binary(&f.b, OP_ADD, x, p));
    ck_assert_ptr_ne(graph_binary(&f.b, OP_ADD, x, p), graph_binary(&f.b, OP_ADD, p, x));
    ck_assert_ptr_ne(graph_scale(&f.b, x, 2), graph_scale(&f.b, x, 3));
    ck_assert_ptr_ne(graph_offset(&f.b, x, 0.0), graph_offset(&f.b, x, -0.0));
    ck_assert_ptr_ne(graph_copy(&f.b, x, 1), graph_copy(&f.b, x, 2));
    ck_assert_ptr_eq(graph_copy(&f.b, x, 1), graph_copy(&f.b, x, 1));
    ck_assert_ptr_ne(graph_dropout(&f.b, 0, 0.5, 6), graph_dropout(&f.b, 1, 0.5, 6));
    struct image image = {1, 3, 2};
    ck_assert_ptr_ne(graph_permute(&f.b, image, x, false), graph_permute(&f.b, image, x, true));
    // If both orders are the same, nothing is moved.
    ck_assert_ptr_eq(graph_permute(&f.b, (struct image){1, 1, 6}, x, false), x);
    ck_assert_ptr_eq(graph_permute(&f.b, (struct image){2, 3, 1}, x, true), x);
    fixture_close(&f);
}
END_TEST

START_TEST(extents_and_counts_follow) {
    struct fixture f;
    fixture_open(&f, GRAPH_TRAINING);
    struct node *x = graph_input(&f.b, 6), *p = fixture_parameter(&f, "p", 6), *one = graph_constant(&f.b, 1);
    ck_assert_int_eq(graph_binary(&f.b, OP_ADD, p, one)->extent, EXTENT_SHARED);
    ck_assert_int_eq(graph_binary(&f.b, OP_ADD, p, x)->extent, EXTENT_SAMPLE);
    ck_assert_int_eq(graph_binary(&f.b, OP_ADD, one, one)->extent, EXTENT_UNIFORM);
    ck_assert_uint_eq(graph_binary(&f.b, OP_ADD, one, x)->count, 6);
    ck_assert_uint_eq(graph_sum(&f.b, x)->count, 1);
    ck_assert_int_eq(graph_sum(&f.b, p)->extent, EXTENT_SHARED);
    ck_assert_int_eq(graph_bias_sum(&f.b, (struct image){1, 1, 6}, x)->extent, EXTENT_SHARED);
    ck_assert_uint_eq(graph_bias_spread(&f.b, (struct image){2, 5, 6}, p)->count, 60);
    fixture_close(&f);
}
END_TEST

START_TEST(rows_are_complete) {
    for (int op = 0; op < OP_KINDS; op++) {
        const struct op_row *row = &op_rows[op];
        bool elementwise = row->class == CLASS_ELEMENTWISE, leaf = row->most == 0;
        ck_assert_msg(elementwise == (row->scalar && row->vector), "%s: templates", row->name);
        ck_assert_msg(leaf == (row->class == CLASS_LEAF || row->class == CLASS_RANDOM), "%s: inputs", row->name);
        ck_assert_msg(!leaf || row->extent != EXTENT_INPUTS, "%s: extent", row->name);
        ck_assert_msg(*row->doc, "%s: doc", row->name);
        for (int input = 0; elementwise && input < OP_INPUTS; input++) {
            const char name[] = {'$', (char)('a' + input), '\0'};
            bool named = strstr(row->scalar, name) && strstr(row->vector, name);
            ck_assert_msg(named == (input < row->most), "%s: the templates and input %d", row->name, input);
        }
    }
}
END_TEST

// 10,000 layers: a quadratic step would take minutes, a recursion would overflow the stack, an array of the graph's
// size for each node would take gigabytes.
START_TEST(deep_networks) {
    enum { LAYERS = 10000 };
    struct arena arena = {0};
    struct buffer text = {0}, out = {0};
    buffer_print(&text, "model deep\ninput x : [4]\nencoder {\n");
    for (int i = 0; i < LAYERS / 2; i++)
        buffer_print(&text, "    dense(4) -> tanh\n");
    buffer_print(&text, "}\nlatent z = code\ndecoder { dense(4) }\nloss { mse(x) }\n");
    struct network *network = network_make(&arena, "deep", text.text, true);
    ck_assert_ptr_nonnull(network);
    ck_assert_int_eq(network->parameters.count, LAYERS + 2);
    ck_assert_ptr_null(network_check(network));
    network_print(network, &out);
    ck_assert_ptr_nonnull(strstr(out.text, "gradient encoder.9998.weight = %"));
    struct rusage usage;
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    ck_assert_int_lt(usage.ru_maxrss, 1 << 20);    // kilobytes
    buffer_free(&text);
    buffer_free(&out);
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("graph");
    tcase_set_timeout(cases, 10);
    tcase_add_test(cases, equal_nodes_are_one);
    tcase_add_test(cases, extents_and_counts_follow);
    tcase_add_test(cases, rows_are_complete);
    tcase_add_test(cases, deep_networks);
    return suite_run("graph", cases);
}
