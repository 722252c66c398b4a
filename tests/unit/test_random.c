#include "runtime/numbers/random.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/api/model.h"
#include "tests/unit/suite.h"

enum { EPOCH = 60000, MANY = 400000 };

static uint32_t order[EPOCH], other[EPOCH];
static float value[MANY], again[MANY];

// The first known answer of Random123 for philox4x32 with 10 rounds: counter and key of zeros.
START_TEST(is_philox) {
    const uint32_t answer[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    ae_random_uniform(0, 0, 4, 0x1p23, value);
    for (int i = 0; i < 4; i++)
        ck_assert_msg(value[i] == (double)(answer[i] >> 8) - 0x1p23, "word %d: got %.0f", i, value[i]);
}
END_TEST

START_TEST(permutation_has_each_index_once) {
    const size_t counts[] = {0, 1, 2, 3, 255, 256, 257, 1000, EPOCH};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        ck_assert(ae_random_permutation(7, 1, counts[i], order));
        for (size_t j = 0; j < counts[i]; j++)
            other[j] = 0;
        for (size_t j = 0; j < counts[i]; j++) {
            ck_assert_uint_lt(order[j], counts[i]);
            ck_assert_uint_eq(other[order[j]]++, 0);
        }
    }
}
END_TEST

// Two permutations of n elements agree in one place on average.
START_TEST(permutations_differ_by_epoch_and_seed) {
    const uint64_t seeds[] = {7, 7, 8, UINT64_C(7) << 32};
    const uint32_t epochs[] = {1, 2, 1, 1};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++) {
            ck_assert(ae_random_permutation(seeds[i], epochs[i], EPOCH, order));
            ck_assert(ae_random_permutation(seeds[j], epochs[j], EPOCH, other));
            int same = 0;
            for (int k = 0; k < EPOCH; k++)
                same += order[k] == other[k];
            ck_assert_int_lt(same, 10);
        }
}
END_TEST

START_TEST(permutation_is_quick) {
    clock_t before = clock();
    ck_assert(ae_random_permutation(7, 1, EPOCH, order));
    ck_assert_double_lt((double)(clock() - before) / CLOCKS_PER_SEC, 0.5);
}
END_TEST

struct moments {
    double mean, variance, skew, kurtosis, lag;
};

static struct moments measure(size_t count) {
    struct moments m = {0};
    for (size_t i = 0; i < count; i++)
        m.mean += value[i] / (double)count;
    for (size_t i = 0; i < count; i++) {
        double d = value[i] - m.mean;
        m.variance += d * d / (double)count;
        m.skew += d * d * d / (double)count;
        m.kurtosis += d * d * d * d / (double)count;
        if (i > 0) m.lag += d * (value[i - 1] - m.mean) / (double)count;
    }
    return m;
}

// Five standard errors of each moment for MANY numbers.
static void check_normal(void) {
    const double error = 5 / sqrt(MANY);
    struct moments m = measure(MANY);
    ck_assert_double_eq_tol(m.mean, 0, error);
    ck_assert_double_eq_tol(m.variance, 1, error * sqrt(2));
    ck_assert_double_eq_tol(m.skew, 0, error * sqrt(15));
    ck_assert_double_eq_tol(m.kurtosis, 3, error * sqrt(96));
    ck_assert_double_eq_tol(m.lag, 0, error);
}

START_TEST(normal_numbers_have_their_moments) {
    ae_random_normal(3, 1, 5, 0, MANY, value);
    check_normal();
    ae_random_sample(3, 5, MANY, value);
    check_normal();
    for (uint32_t sample = 0; sample < MANY / 2; sample++)
        ae_random_normal(3, 1, sample, 0, 2, value + (size_t)2 * sample);
    check_normal();
}
END_TEST

START_TEST(uniform_numbers_fill_their_interval) {
    const double bound = 0.3;
    ae_random_uniform(3, 2, MANY, bound, value);
    struct moments m = measure(MANY);
    ck_assert_double_eq_tol(m.mean, 0, 5 * bound / sqrt(3.0 * MANY));
    ck_assert_double_eq_tol(m.variance, bound * bound / 3, 5 * bound * bound * sqrt(4.0 / 45 / MANY));
    ck_assert_double_eq_tol(m.lag, 0, 5 * bound * bound / 3 / sqrt(MANY));
    double least = 1, most = -1;
    for (int i = 0; i < MANY; i++) {
        least = fmin(least, value[i]);
        most = fmax(most, value[i]);
    }
    ck_assert(least >= -bound && least < -0.9999 * bound);
    ck_assert(most < bound && most > 0.9999 * bound);
}
END_TEST

START_TEST(dropout_keeps_the_rest_and_scales_it) {
    const double p = 0.1;
    ae_random_dropout(3, 1, 5, 0, p, MANY, value);
    int kept = 0;
    for (int i = 0; i < MANY; i++) {
        ck_assert(value[i] == 0 || value[i] == (float)(1 / 0.9));
        kept += value[i] != 0;
    }
    ck_assert_double_eq_tol((double)kept / MANY, 0.9, 5 * sqrt(p * (1 - p) / MANY));
    ae_random_dropout(3, 1, 5, 0, 0, 1000, value);
    for (int i = 0; i < 1000; i++)
        ck_assert(value[i] == 1);
}
END_TEST

static int common(size_t count) {
    int same = 0;
    for (size_t i = 0; i < count; i++)
        same += value[i] == again[i];
    return same;
}

START_TEST(each_stream_is_its_own) {
    enum { COUNT = 1000, FEW = 3 };
    ae_random_normal(3, 1, 5, 0, COUNT, value);
    ae_random_normal(3, 1, 5, 0, COUNT, again);
    ck_assert_int_eq(common(COUNT), COUNT);
    ae_random_normal(4, 1, 5, 0, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
    ae_random_normal(UINT64_C(3) | UINT64_C(1) << 32, 1, 5, 0, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
    ae_random_normal(3, 2, 5, 0, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
    ae_random_normal(3, 1, 6, 0, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
    ae_random_normal(3, 1, 5, 1, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
    ae_random_normal(3, 0, 5, 0, COUNT, value);
    ae_random_sample(3, 5, COUNT, again);
    ck_assert_int_lt(common(COUNT), FEW);
}
END_TEST

// A shorter draw is the beginning of a longer one, and nothing is written after its end.
START_TEST(count_only_cuts) {
    enum { COUNT = 23 };
    ae_random_normal(3, 1, 5, 0, COUNT, value);
    for (size_t count = 0; count < COUNT; count++) {
        again[count] = 99;
        ae_random_normal(3, 1, 5, 0, count, again);
        ck_assert_int_eq(common(count), (int)count);
        ck_assert(again[count] == 99);
    }
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("random");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, is_philox);
    tcase_add_test(cases, permutation_has_each_index_once);
    tcase_add_test(cases, permutations_differ_by_epoch_and_seed);
    tcase_add_test(cases, permutation_is_quick);
    tcase_add_test(cases, normal_numbers_have_their_moments);
    tcase_add_test(cases, uniform_numbers_fill_their_interval);
    tcase_add_test(cases, dropout_keeps_the_rest_and_scales_it);
    tcase_add_test(cases, each_stream_is_its_own);
    tcase_add_test(cases, count_only_cuts);
    return suite_run("random", cases);
}
