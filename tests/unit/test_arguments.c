// Defaults that refer to another argument. No row of the language has one yet.
#include <check.h>
#include <math.h>
#include <string.h>

#include "compiler/meaning/evaluate.h"
#include "grammar/parser.h"
#include "tests/unit/suite.h"

// pool(kernel, stride = kernel, padding = 0)
static const struct row pool = {
    "pool",
    "",
    {{.name = "kernel", .kind = ARGUMENT_PAIR, .initial = NAN, .least = 1, .most = 100},
     {.name = "stride", .kind = ARGUMENT_PAIR, .least = 1, .most = 100, .same_as = "kernel"},
     {.name = "padding", .kind = ARGUMENT_PAIR, .least = 0, .most = 100}},
};

static struct arena arena;

// Binds the arguments of the first layer of an encoder.
static bool bind(const char *layer, struct value *values) {
    struct diagnostics diagnostics = {.arena = &arena};
    struct source source = {.name = "test"};
    source.text = arena_print(&arena, "model m\ninput x : [1, 8, 8]\nencoder { %s }\n", layer);
    source.length = strlen(source.text);
    const struct syntax *syntax = parse_spec(&arena, &source, &diagnostics);
    const struct item *item = syntax->first;
    while (item->kind != ITEM_ENCODER)
        item = item->next;
    struct spec spec = {.arena = &arena, .diagnostics = &diagnostics};
    struct scope scope = {.spec = &spec};
    return arguments_bind(&scope, item->layers.first->first->call, &pool, values);
}

static void expect_pairs(const char *layer, const int (*expected)[2]) {
    struct value values[ARGUMENTS_MAX] = {{0}};
    ck_assert_msg(bind(layer, values), "%s", layer);
    for (int i = 0; i < 3; i++)
        for (int axis = 0; axis < 2; axis++)
            ck_assert_int_eq(values[i].pair[axis], expected[i][axis]);
}

START_TEST(a_default_is_another_argument) {
    expect_pairs("pool(3)", (const int[][2]){{3, 3}, {3, 3}, {0, 0}});
    expect_pairs("pool(kernel = [2, 5])", (const int[][2]){{2, 5}, {2, 5}, {0, 0}});
    expect_pairs("pool(3, 2)", (const int[][2]){{3, 3}, {2, 2}, {0, 0}});
    expect_pairs("pool(3, stride = [1, 2], padding = 1)", (const int[][2]){{3, 3}, {1, 2}, {1, 1}});
    struct value values[ARGUMENTS_MAX] = {{0}};
    ck_assert(!bind("pool(stride = 2)", values));
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("arguments");
    tcase_add_test(cases, a_default_is_another_argument);
    return suite_run("arguments", cases);
}
