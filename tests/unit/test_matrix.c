// Matrices with known factors, moments of codes that can be computed by hand, and the logarithm.
#include "runtime/numbers/matrix.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "runtime/measures/covariance.h"
#include "runtime/numbers/logarithm.h"
#include "tests/unit/suite.h"

// min(i, j) is a triangle of ones times itself; scaled, its pivots are scaled.
START_TEST(factors_until_a_pivot_is_nothing) {
    double matrix[100], pivots[10];
    for (size_t i = 0; i < 100; i++)
        matrix[i] = 0.3 * (double)((i % 10 < i / 10 ? i % 10 : i / 10) + 1);
    ck_assert(matrix_factor(matrix, 10, pivots));
    for (int i = 0; i < 10; i++)
        ck_assert_double_eq_tol(pivots[i], 0.3, 1e-14);
    static const double twice[] = {0.1, 0.3, 0.3, 0.9}, nothing[] = {1, 0, 0, 0}, indefinite[] = {1, 2, 2, 1};
    ck_assert(!matrix_factor(twice, 2, pivots));
    ck_assert(!matrix_factor(nothing, 2, pivots));
    ck_assert(!matrix_factor(indefinite, 2, pivots));
    static const double nearly[] = {1, 1, 1, 1 + 1e-12};
    ck_assert(matrix_factor(nearly, 2, pivots));
    ck_assert_double_eq_tol(pivots[1], 1e-12, 1e-15);
}
END_TEST

// Four corners of a rectangle, repeated: mean (2, -1), variances 9 and 1/4, none together. KL from N(0, s^2):
// ((9 + 4) / s^2 - 1 - log(9 / s^2) + (1/4 + 1) / s^2 - 1 - log(1 / (4 s^2))) / 2
START_TEST(knows_the_moments) {
    enum { SAMPLES = 404 };
    ae_real code[SAMPLES * 2];
    for (size_t i = 0; i < SAMPLES; i++) {
        code[2 * i] = i % 2 ? 5 : -1;
        code[2 * i + 1] = i / 2 % 2 ? -0.5f : -1.5f;
    }
    struct pool *pool = pool_create((size_t)_i);
    struct moments moments;
    moments_create(&moments, pool, code, SAMPLES, 2);
    static const double covariance[] = {9, 0, 0, 0.25};
    ck_assert_double_eq(moments.mean[0], 2);
    ck_assert_double_eq(moments.mean[1], -1);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq_tol(moments.covariance[i], covariance[i], 1e-14);
    ck_assert_double_eq_tol(moments.trace, 9.25, 1e-13);
    ck_assert_double_eq_tol(moments_divergence(&moments, 1), (13 - 1 - log(9) + 1.25 - 1 + log(4)) / 2, 1e-13);
    ck_assert_double_eq_tol(moments_divergence(&moments, 2), (13 / 4.0 - 1 - log(9 / 4.0) + 1.25 / 4 - 1 + log(16)) / 2,
                            1e-13);
    moments_free(&moments);
    pool_free(pool);
}
END_TEST

// More units than rows in a task, and a number of samples that is not a multiple of four.
START_TEST(sums_every_product_once) {
    enum { UNITS = 21, SAMPLES = 31, NUMBERS = SAMPLES * UNITS };
    ae_real code[NUMBERS];
    for (size_t i = 0; i < NUMBERS; i++)
        code[i] = (ae_real)(i * i * 31 % 97);
    struct pool *pool = pool_create((size_t)_i);
    struct moments moments;
    moments_create(&moments, pool, code, SAMPLES, UNITS);
    for (size_t i = 0; i < UNITS; i++)
        for (size_t j = 0; j < UNITS; j++) {
            double products = 0, first = 0, second = 0;    // whole numbers, so exact
            for (size_t s = 0; s < SAMPLES; s++) {
                products += (double)code[s * UNITS + i] * (double)code[s * UNITS + j];
                first += (double)code[s * UNITS + i];
                second += (double)code[s * UNITS + j];
            }
            double expected = (products - first * second / SAMPLES) / SAMPLES;
            ck_assert_double_eq_tol(moments.covariance[i * UNITS + j], expected, 1e-11);
        }
    moments_free(&moments);
    pool_free(pool);
}
END_TEST

// As many samples as units have a singular covariance, independent of the last bits of a pivot.
START_TEST(has_no_divergence_of_few_samples) {
    enum { UNITS_MAX = 24, NUMBERS = UNITS_MAX * UNITS_MAX };
    ae_real code[NUMBERS];
    uint32_t state = 1;
    for (size_t i = 0; i < NUMBERS; i++) {
        state = state * 1664525u + 1013904223u;
        code[i] = (ae_real)(state >> 8) / 1000;
    }
    struct pool *pool = pool_create(1);
    for (size_t units = 2; units <= UNITS_MAX; units++) {
        struct moments moments;
        moments_create(&moments, pool, code, units, units);
        ck_assert(isnan(moments_divergence(&moments, 1)));
        moments_free(&moments);
    }
    pool_free(pool);
}
END_TEST

static void assert_logarithm(double x) {
    double expected = log(x);
    ck_assert_double_le(fabs(logarithm(x) - expected), 2 * DBL_EPSILON * fabs(expected));
}

START_TEST(takes_logarithms) {
    ck_assert_double_eq(logarithm(1), 0);
    for (int i = -2150; i < 2150; i++)
        assert_logarithm(pow(1.37, i));
    for (int i = 1; i < 350; i++) {
        assert_logarithm(1 + pow(0.91, i));
        assert_logarithm(1 - pow(0.91, i));
    }
    for (int i = 1; i < 10000; i++)
        assert_logarithm(i / 10000.0);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("matrix");
    tcase_add_test(cases, factors_until_a_pivot_is_nothing);
    tcase_add_loop_test(cases, knows_the_moments, 1, 4);
    tcase_add_loop_test(cases, sums_every_product_once, 1, 4);
    tcase_add_test(cases, has_no_divergence_of_few_samples);
    tcase_add_test(cases, takes_logarithms);
    return suite_run("matrix", cases);
}
