#include "base/nearest.h"

#include <check.h>

#include "tests/unit/suite.h"

static const char *const names[] = {"conv", "deconv", "dense", "dropout", "leaky_relu", "relu", "learning_rate", "mse"};

static const char *find(const char *word) {
    return nearest_name(word, names, sizeof names / sizeof *names);
}

START_TEST(finds_what_one_slip_hides) {
    ck_assert_str_eq(find("cnv"), "conv");        // left out
    ck_assert_str_eq(find("densse"), "dense");    // put in
    ck_assert_str_eq(find("rely"), "relu");       // replaced
    ck_assert_str_eq(find("mes"), "mse");         // swapped
    ck_assert_str_eq(find("ReLU"), "relu");       // case
    ck_assert_str_eq(find("leaky-relu"), "leaky_relu");
}
END_TEST

START_TEST(allows_a_third_of_the_length) {
    ck_assert_str_eq(find("deconv2d"), "deconv");
    ck_assert_str_eq(find("lerning_rat"), "learning_rate");
    ck_assert_ptr_null(find("dns"));
}
END_TEST

START_TEST(finds_nothing_where_nothing_is_near) {
    ck_assert_ptr_null(find("transformer"));
    ck_assert_ptr_null(find("x"));
    ck_assert_ptr_null(find(""));
    ck_assert_ptr_null(nearest_name("conv", names, 0));
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("nearest");
    tcase_add_test(cases, finds_what_one_slip_hides);
    tcase_add_test(cases, allows_a_third_of_the_length);
    tcase_add_test(cases, finds_nothing_where_nothing_is_near);
    return suite_run("nearest", cases);
}
