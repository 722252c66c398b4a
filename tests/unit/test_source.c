#include "base/source.h"

#include <check.h>
#include <string.h>

#include "tests/unit/suite.h"

// A source with the marks of source_index, and the same without.
struct pair {
    struct arena arena;
    struct source marked, plain;
};

static void pair_open(struct pair *pair, const char *text) {
    *pair = (struct pair){.plain = {.text = text, .length = strlen(text)}};
    pair->marked = pair->plain;
    source_index(&pair->arena, &pair->marked);
}

static void check_position(const struct pair *pair, uint32_t start, int line, int column, uint32_t line_begin) {
    const struct source *sources[] = {&pair->marked, &pair->plain};
    for (int i = 0; i < 2; i++) {
        struct position position = position_of((struct span){sources[i], start, start});
        ck_assert_int_eq(position.line, line);
        ck_assert_int_eq(position.column, column);
        ck_assert_uint_eq(position.line_begin, line_begin);
    }
}

START_TEST(counts_lines_and_characters) {
    struct pair pair;
    pair_open(&pair, "ab\n\nc\xc3\xa9"
                     "d\r\ne");
    check_position(&pair, 0, 1, 1, 0);
    check_position(&pair, 2, 1, 3, 0);
    check_position(&pair, 3, 2, 1, 3);
    check_position(&pair, 4, 3, 1, 4);
    check_position(&pair, 7, 3, 3, 4);
    check_position(&pair, 10, 4, 1, 10);
    check_position(&pair, 11, 4, 2, 10);
    arena_free(&pair.arena);
}
END_TEST

START_TEST(leaves_a_byte_order_mark_out) {
    struct pair pair;
    pair_open(&pair, "\xef\xbb\xbfmodel");
    check_position(&pair, 3, 1, 1, 3);
    check_position(&pair, 5, 1, 3, 3);
    arena_free(&pair.arena);
}
END_TEST

// Lines of 7 bytes and 5 characters: a mark may be anywhere in a line, and in a character.
START_TEST(finds_every_byte_of_a_long_text) {
    enum { LINES = 1000, BYTES = 7 };
    static char text[LINES * BYTES + 1];
    for (int i = 0; i < LINES; i++)
        memcpy(text + (size_t)i * BYTES,
               "a\xc3\xa9\xc3\xa9"
               "b\n",
               BYTES);
    struct pair pair;
    pair_open(&pair, text);
    for (int i = 0; i < LINES; i++) {
        static const int starts[] = {0, 1, 3, 5, 6}, at[] = {1, 2, 3, 4, 5};
        for (int j = 0; j < 5; j++)
            check_position(&pair, (uint32_t)(i * BYTES + starts[j]), i + 1, at[j], (uint32_t)(i * BYTES));
    }
    check_position(&pair, LINES * BYTES, LINES + 1, 1, LINES * BYTES);
    arena_free(&pair.arena);
}
END_TEST

START_TEST(finds_every_byte_of_a_long_line) {
    enum { LENGTH = 5000 };
    static char text[LENGTH + 1];
    memset(text, 'x', LENGTH);
    struct pair pair;
    pair_open(&pair, text);
    for (int i = 0; i <= LENGTH; i++)
        check_position(&pair, (uint32_t)i, 1, i + 1, 0);
    arena_free(&pair.arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("source");
    tcase_add_test(cases, counts_lines_and_characters);
    tcase_add_test(cases, leaves_a_byte_order_mark_out);
    tcase_add_test(cases, finds_every_byte_of_a_long_text);
    tcase_add_test(cases, finds_every_byte_of_a_long_line);
    return suite_run("source", cases);
}
