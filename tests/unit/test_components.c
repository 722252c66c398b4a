// Codes whose principal components are known.
#include "runtime/measures/components.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "tests/unit/suite.h"

enum { SIZE_MAX_HERE = 60 };

static const double PI = 3.14159265358979323846;

// Element i of vector k of the orthonormal discrete cosine transform (type II).
static double cosine(size_t size, size_t k, size_t i) {
    double n = (double)size;
    return sqrt((k ? 2 : 1) / n) * cos(PI * ((double)i + 0.5) * (double)k / n);
}

// 2 * size codes around `centre`: two for each of those vectors, at a distance such that the variance along it is
// value[k].
static ae_real *make_codes(size_t size, const double *value, double centre) {
    ae_real *code = calloc(2 * size * size, sizeof *code);
    for (size_t k = 0; k < size; k++)
        for (size_t i = 0; i < size; i++) {
            double away = sqrt((double)size * value[k]) * cosine(size, k, i);
            code[2 * k * size + i] = (ae_real)(centre + away);
            code[(2 * k + 1) * size + i] = (ae_real)(centre - away);
        }
    return code;
}

static double inner(const double *a, const double *b, size_t size) {
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += a[i] * b[i];
    return sum;
}

static void assert_orthonormal(const struct components *components) {
    size_t size = components->units;
    const double *axis = components->axis;
    ck_assert_double_eq_tol(inner(axis, axis, size), 1, 1e-12);
    ck_assert_double_eq_tol(inner(axis + size, axis + size, size), 1, 1e-12);
    ck_assert_double_eq_tol(inner(axis, axis + size, size), 0, 1e-12);
    for (int k = 0; k < 2; k++, axis += size) {
        size_t largest = 0;
        for (size_t i = 0; i < size; i++)
            if (fabs(axis[i]) > fabs(axis[largest])) largest = i;
        ck_assert_double_gt(axis[largest], 0);
    }
}

// The variances are 0.1 / (1 + k), but 3 along `first` and 3 - gap along `second`. Floats round the codes.
static void assert_axes(size_t size, size_t first, size_t second, double gap, double tolerance) {
    double value[SIZE_MAX_HERE], total = 0;
    for (size_t k = 0; k < size; k++)
        value[k] = k == first ? 3 : k == second ? 3 - gap : 0.1 / (1 + (double)k);
    for (size_t k = 0; k < size; k++)
        total += value[k];
    ae_real *code = make_codes(size, value, 0.25);
    struct components components;
    components_find(code, 2 * size, size, 2, &components);
    assert_orthonormal(&components);
    double along[2] = {0}, place[2];
    for (size_t i = 0; i < size; i++) {
        along[0] += components.axis[i] * cosine(size, first, i);
        along[1] += components.axis[size + i] * cosine(size, second, i);
        ck_assert_double_eq_tol(components.mean[i], 0.25, 1e-6);
    }
    ck_assert_double_eq_tol(fabs(along[0]), 1, tolerance);
    ck_assert_double_eq_tol(fabs(along[1]), 1, tolerance);
    ck_assert_double_eq_tol(components.variance[0], 3, 1e-5);
    ck_assert_double_eq_tol(components.variance[1], 3 - gap, 1e-5);
    ck_assert_double_eq_tol(components.total, total, 1e-5);
    components_project(&components, code + 2 * first * size, place);
    ck_assert_double_eq_tol(fabs(place[0]), sqrt(3.0 * (double)size), 1e-4);
    ae_real *back = calloc(size, sizeof *back);
    components_restore(&components, place, back);
    for (size_t i = 0; i < size; i++)
        ck_assert_double_eq_tol(back[i], code[2 * first * size + i], 1e-4);
    free(back);
    free(code);
    components_free(&components);
}

START_TEST(finds_the_axes) {
    assert_axes(2, 0, 1, 1, 1e-9);
    assert_axes(2, 1, 0, 1, 1e-9);
    assert_axes(3, 2, 0, 1, 1e-9);
    assert_axes(SIZE_MAX_HERE, 0, 1, 1, 1e-9);
    assert_axes(SIZE_MAX_HERE, 40, 7, 2, 1e-9);
    assert_axes(SIZE_MAX_HERE, 59, 3, 1e-2, 1e-6);
}
END_TEST

// All directions with the same variance, and codes along one line.
START_TEST(finds_some_axes_where_many_are_right) {
    double value[SIZE_MAX_HERE] = {0};
    struct components components;
    for (size_t k = 0; k < SIZE_MAX_HERE; k++)
        value[k] = 1;
    for (size_t size = 2; size <= SIZE_MAX_HERE; size += 7) {
        ae_real *code = make_codes(size, value, 0);
        components_find(code, 2 * size, size, 2, &components);
        assert_orthonormal(&components);
        ck_assert_double_eq_tol(components.variance[1], 1, 1e-5);
        components_free(&components);
        free(code);
    }
    for (size_t k = 0; k < SIZE_MAX_HERE; k++)
        value[k] = k == 3;
    ae_real *code = make_codes(20, value, 0);
    components_find(code, 40, 20, 2, &components);
    ck_assert_double_eq_tol(components.variance[0], 1, 1e-5);
    ck_assert_double_eq_tol(components.variance[1], 0, 1e-9);
    components_free(&components);
    free(code);
}
END_TEST

START_TEST(has_no_more_components_than_units) {
    static const ae_real code[] = {1, 2, 3, 6};
    struct components components;
    components_find(code, 4, 1, 2, &components);
    ck_assert_uint_eq(components.count, 1);
    ck_assert_double_eq_tol(components.variance[0], 3.5, 1e-12);
    components_free(&components);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("components");
    tcase_add_test(cases, finds_the_axes);
    tcase_add_test(cases, finds_some_axes_where_many_are_right);
    tcase_add_test(cases, has_no_more_components_than_units);
    return suite_run("components", cases);
}
