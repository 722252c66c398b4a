// Indices know their range: bounds that cannot be reached are removed, others are kept, and nothing overflows.
#include <check.h>

#include "base/arena.h"
#include "compiler/nest/nest.h"
#include "tests/unit/suite.h"

static const struct symbol symbol_s = {.kind = SYMBOL_INDEX, .name = "s"};
static const struct symbol symbol_x = {.kind = SYMBOL_INDEX, .name = "x"};
static const struct symbol symbol_y = {.kind = SYMBOL_INDEX, .name = "y"};

static struct arena arena;

static void expect_text(const struct index *index, const char *expected) {
    struct buffer text = {0};
    index_print(index, &text);
    ck_assert_str_eq(text.text, expected);
    buffer_free(&text);
}

START_TEST(bounds_that_cannot_bind_vanish) {
    const struct index *y = index_variable(&arena, &symbol_y, 0, 13), *zero = index_constant(&arena, 0);
    const struct index *down = index_multiply(&arena, y, -1);
    expect_text(index_max(&arena, zero, down), "0");
    expect_text(index_min(&arena, index_constant(&arena, 15), index_offset(&arena, down, 28)), "15");
    expect_text(index_max(&arena, zero, index_offset(&arena, down, 2)), "ae_most(0, 2 - y)");
}
END_TEST

START_TEST(samples_stay_in_an_index_of_any_stride) {
    const struct index *s = index_variable(&arena, &symbol_s, 0, INDEX_UNBOUNDED);
    expect_text(index_multiply(&arena, s, 1L << 24), "s * 16777216");
    expect_text(index_multiply(&arena, s, 2147483647), "s * 2147483647");
    expect_text(index_add(&arena, index_multiply(&arena, s, 1L << 30), index_multiply(&arena, s, 1L << 30)),
                "s * 1073741824 + s * 1073741824");
    const struct index *most = index_multiply(&arena, index_offset(&arena, s, 7), 1L << 30);
    ck_assert_int_eq(most->least, 7L << 30);
    ck_assert_int_eq(most->most, INDEX_UNBOUNDED);
}
END_TEST

START_TEST(constants_gather_behind_variables) {
    const struct index *x = index_variable(&arena, &symbol_x, 0, 9);
    expect_text(index_multiply(&arena, index_offset(&arena, index_offset(&arena, x, 3), -1), 4), "x * 4 + 8");
    expect_text(index_divide(&arena, index_offset(&arena, x, 3), 2), "(x + 3) / 2");
    expect_text(index_modulo(&arena, x, 10), "x");
    expect_text(index_variable(&arena, &symbol_x, 4, 4), "4");
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("index");
    tcase_add_test(cases, bounds_that_cannot_bind_vanish);
    tcase_add_test(cases, samples_stay_in_an_index_of_any_stride);
    tcase_add_test(cases, constants_gather_behind_variables);
    int code = suite_run("index", cases);
    arena_free(&arena);
    return code;
}
