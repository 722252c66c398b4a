#include "runtime/commands/bench.h"

#include <check.h>
#include <math.h>

#include "tests/unit/suite.h"

static const struct ae_kernel of_sample = {"encoder.0 forward", 1000, 40, false};
static const struct ae_kernel of_step = {"join", 0, 5000, true};

// 8 samples of 40 multiply-adds of 16 lanes are 10240 FLOPs: at 1e9 a second 10.24 microseconds.
START_TEST(predicts_by_cost) {
    ck_assert_double_eq_tol(bench_predict(&of_sample, 8, 16, 1e9), 0.01024, 1e-12);
    ck_assert_double_eq_tol(bench_predict(&of_sample, 8, 8, 1e9), 0.00512, 1e-12);
    ck_assert_double_eq_tol(bench_predict(&of_sample, 8, 16, 4e9), 0.00256, 1e-12);
    ck_assert_double_eq_tol(bench_predict(&of_step, 8, 16, 1e9), 0.16, 1e-12);
    ck_assert_double_eq_tol(bench_predict(&of_step, 800, 16, 1e9), 0.16, 1e-12);
}
END_TEST

START_TEST(counts_flops) {
    ck_assert_double_eq(bench_flops(&of_sample, 8), 8000);
    ck_assert_double_eq(bench_flops(&of_step, 8), 0);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("bench");
    tcase_add_test(cases, predicts_by_cost);
    tcase_add_test(cases, counts_flops);
    return suite_run("bench", cases);
}
