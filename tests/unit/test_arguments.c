// What no row of the language has yet: defaults that refer to another argument, and arguments of a term.
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

// huber(TARGET, delta = 0.5)
static const struct row huber = {
    "huber",
    "",
    {{.name = "delta", .kind = ARGUMENT_POSITIVE, .initial = 0.5, .least = 0, .most = 100}},
};

// Binds the arguments of a loss line's term; returns the errors, "" without one.
static const char *bind_term(const char *term, struct value *values) {
    struct diagnostics diagnostics = {.arena = &arena};
    struct source source = {.name = "test"};
    source.text = arena_print(&arena, "model m\nloss { %s }\n", term);
    source.length = strlen(source.text);
    const struct syntax *syntax = parse_spec(&arena, &source, &diagnostics);
    const struct item *item = syntax->first;
    while (item->kind != ITEM_LOSS)
        item = item->next;
    struct spec spec = {.arena = &arena, .diagnostics = &diagnostics};
    struct scope scope = {.spec = &spec};
    bool fine = arguments_bind_rest(&scope, item->settings.first->value->call, &huber, values);
    struct buffer errors = {0};
    diagnostics_print(&diagnostics, false, false, &errors);
    const char *text = arena_print(&arena, "%s", errors.text ? errors.text : "");
    buffer_free(&errors);
    ck_assert(fine == !*text);
    return text;
}

START_TEST(a_term_has_arguments_after_its_target) {
    static const struct {
        const char *term;
        double delta;
        const char *error;
    } cases[] = {
        {"huber(x)", 0.5, ""},
        {"huber(x, 2)", 2, ""},
        {"huber(x, delta = 3)", 3, ""},
        {"huber(x, 2, 4)", 0, "huber takes at most 2 arguments, found 3"},
        {"huber(x, beta = 4)", 0, "huber has no argument 'beta'"},
        {"huber(x, 0)", 0, "delta must be above 0, found 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value values[ARGUMENTS_MAX] = {{0}};
        const char *errors = bind_term(cases[i].term, values);
        ck_assert_msg(*cases[i].error ? strstr(errors, cases[i].error) != NULL : !*errors, "%s", errors);
        if (!*cases[i].error) ck_assert_double_eq(values[0].number, cases[i].delta);
    }
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("arguments");
    tcase_add_test(cases, a_default_is_another_argument);
    tcase_add_test(cases, a_term_has_arguments_after_its_target);
    return suite_run("arguments", cases);
}
