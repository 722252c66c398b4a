#include "base/names.h"

#include <check.h>

#include "tests/unit/suite.h"

enum { MANY = 10000 };

START_TEST(finds_every_name_and_no_other) {
    struct arena arena = {0};
    struct names names = {.arena = &arena};
    static int values[MANY];
    ck_assert_ptr_null(names_find(&names, "name0"));
    for (int i = 0; i < MANY; i++)
        ck_assert(names_add(&names, arena_print(&arena, "name%d", i), &values[i]));
    for (int i = 0; i < MANY; i++) {
        ck_assert_ptr_eq(names_find(&names, arena_print(&arena, "name%d", i)), &values[i]);
        ck_assert_ptr_null(names_find(&names, arena_print(&arena, "name0%d", i)));
    }
    ck_assert_uint_eq(names.count, MANY);
    arena_free(&arena);
}
END_TEST

START_TEST(keeps_the_first_pointer) {
    struct arena arena = {0};
    struct names names = {.arena = &arena};
    int first, second;
    ck_assert(names_add(&names, "x", &first));
    ck_assert(!names_add(&names, "x", &second));
    ck_assert(names_add(&names, "", &second));
    ck_assert_ptr_eq(names_find(&names, "x"), &first);
    ck_assert_ptr_eq(names_find(&names, ""), &second);
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("names");
    tcase_add_test(cases, finds_every_name_and_no_other);
    tcase_add_test(cases, keeps_the_first_pointer);
    return suite_run("names", cases);
}
