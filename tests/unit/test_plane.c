// Boxes, hulls and cells whose numbers follow from formulas.
#include "runtime/measures/plane.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tests/unit/suite.h"

enum { SIDE = 100, POINTS = SIDE * SIDE, OUTLIERS = 20 };

static void assert_quantiles(size_t count, double low, double high) {
    double *value = malloc(count * sizeof *value), found[2];
    for (size_t i = 0; i < count; i++)
        value[i] = (double)(i * 7919 % count + 1);    // 1 to count, mixed: 7919 is prime
    quantiles_find(value, count, &found[0], &found[1]);
    ck_assert_double_eq(found[0], low);
    ck_assert_double_eq(found[1], high);
    free(value);
}

START_TEST(takes_the_nearest_rank) {
    assert_quantiles(1, 1, 1);
    assert_quantiles(199, 1, 199);
    assert_quantiles(200, 1, 199);
    assert_quantiles(201, 2, 200);
    assert_quantiles(1000, 5, 995);
    assert_quantiles(10000, 50, 9950);
}
END_TEST

// A lattice with the same number of points in every cell, then outliers, too few to be in the box.
START_TEST(fills_a_square) {
    double(*points)[2] = malloc((POINTS + OUTLIERS) * sizeof *points);
    for (size_t i = 0; i < POINTS; i++) {
        size_t column = i % SIDE, row = i / SIDE;
        points[i][0] = (double)column;
        points[i][1] = 3 + 2 * (double)row;
    }
    for (size_t i = POINTS; i < POINTS + OUTLIERS; i++) {
        points[i][0] = i % 2 ? 1000 : -1000;
        points[i][1] = 100;
    }
    struct plane plane;
    plane_measure((const double(*)[2])points, POINTS + (_i ? OUTLIERS : 0), &plane);
    ck_assert_double_eq(plane.low[0], 0);
    ck_assert_double_eq(plane.high[0], SIDE - 1);
    ck_assert_double_eq(plane.low[1], 3);
    ck_assert_double_eq(plane.high[1], 3 + 2 * (SIDE - 1));
    ck_assert_uint_eq(plane.cells, PLANE_CELLS);
    ck_assert_double_eq_tol(plane.occupancy, 1, 1e-13);
    for (size_t cell = 0; cell < PLANE_CELLS; cell++) {
        size_t column = cell % PLANE_SIDE, row = cell / PLANE_SIDE;
        double x = (double)column + 0.5, y = (double)row + 0.5;
        ck_assert_double_eq_tol(plane.centre[cell][0], x * (SIDE - 1) / PLANE_SIDE, 1e-12);
        ck_assert_double_eq_tol(plane.centre[cell][1], 3 + y * 2 * (SIDE - 1) / PLANE_SIDE, 1e-12);
    }
    free(points);
}
END_TEST

// Below y = 10 + x / 2 in cells of side 1: column i has the rows j <= 9.75 + i / 2, which is 21 + 2k in columns 2k and
// 2k + 1 together, 300 in all. The corner (0, 10) is in a cell whose centre is outside.
START_TEST(leaves_out_what_the_hull_does) {
    static const double points[][2] = {{20, 20}, {0, 0}, {0, 10}, {20, 0}, {5, 5}, {5, 5}, {20, 10}, {0, 5}, {10, 15}};
    struct plane plane;
    plane_measure(points, 4, &plane);
    ck_assert_uint_eq(plane.cells, 300);
    ck_assert_double_eq_tol(plane.occupancy, log(3) / log(300), 1e-13);
    // two equal points, two on an edge, one on the slope
    plane_measure(points, sizeof points / sizeof *points, &plane);
    ck_assert_uint_eq(plane.cells, 300);
    // the cell of (10, 15) is outside too, as 15 > 9.75 + 5: seven points are left, two of them in one cell
    double entropy = 5 / 7.0 * log(7) + 2 / 7.0 * log(3.5);
    ck_assert_double_eq_tol(plane.occupancy, entropy / log(300), 1e-13);
}
END_TEST

START_TEST(has_no_cells_without_an_area) {
    static const double points[][3][2] = {
        {{1, 2}, {1, 2}, {1, 2}}, {{1, 2}, {1, 3}, {1, 4}}, {{1, 2}, {5, 2}, {3, 2}}, {{1, 2}, {2, 4}, {4, 8}}};
    struct plane plane;
    for (size_t count = 1; count <= 3; count++) {
        plane_measure(points[_i], count, &plane);
        ck_assert_uint_eq(plane.cells, 0);
        ck_assert(isnan(plane.occupancy));
    }
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("plane");
    tcase_add_test(cases, takes_the_nearest_rank);
    tcase_add_loop_test(cases, fills_a_square, 0, 2);
    tcase_add_test(cases, leaves_out_what_the_hull_does);
    tcase_add_loop_test(cases, has_no_cells_without_an_area, 0, 4);
    return suite_run("plane", cases);
}
