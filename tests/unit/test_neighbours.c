// Compares neighbours with a linear search. Points have whole numbers, so distances are exact and often equal.
#include "runtime/measures/neighbours.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tests/unit/suite.h"

enum { POINTS = 2500, QUERIES = 103, WANTED = 5 };

static const size_t UNITS = 7;

static ae_real coordinate(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return (ae_real)((*state >> 16) % 5);
}

static double square_distance(const ae_real *a, const ae_real *b, size_t units) {
    double sum = 0;
    for (size_t i = 0; i < units; i++)
        sum += ((double)a[i] - (double)b[i]) * ((double)a[i] - (double)b[i]);
    return sum;
}

// Checks that point `found` is neighbour number `place`: so many points are nearer, or as near with a lower index.
static void assert_place(const ae_real *point, size_t points, const ae_real *query, size_t units, uint32_t found,
                         size_t place) {
    double own = square_distance(point + found * units, query, units);
    size_t before = 0;
    for (size_t i = 0; i < points; i++) {
        double distance = square_distance(point + i * units, query, units);
        before += distance < own || (distance == own && i < found);
    }
    ck_assert_uint_eq(before, place);
}

// Portions whose size is not that of a block, on 1 to 3 threads.
START_TEST(finds_the_nearest_in_order) {
    static const size_t portions[] = {POINTS, 1000, 37};
    ae_real *point = malloc(POINTS * UNITS * sizeof *point), *query = malloc(QUERIES * UNITS * sizeof *query);
    uint32_t state = 1;
    for (size_t i = 0; i < POINTS * UNITS; i++)
        point[i] = coordinate(&state);
    for (size_t i = 0; i < QUERIES * UNITS; i++)
        query[i] = coordinate(&state);
    struct pool *pool = pool_create((size_t)_i + 1);
    struct neighbours neighbours;
    neighbours_create(&neighbours, query, QUERIES, UNITS, WANTED);
    for (size_t first = 0, size = portions[_i]; first < POINTS; first += size)
        neighbours_add(&neighbours, pool, point + first * UNITS, POINTS - first < size ? POINTS - first : size);
    size_t ties = 0, late = 0;
    for (size_t i = 0; i < QUERIES; i++)
        for (size_t place = 0; place < WANTED; place++) {
            uint32_t found = neighbours.index[i * WANTED + place];
            ck_assert_uint_lt(found, POINTS);
            assert_place(point, POINTS, query + i * UNITS, UNITS, found, place);
            ck_assert_double_eq((double)neighbours.distance[i * WANTED + place],
                                square_distance(point + found * UNITS, query + i * UNITS, UNITS));
            late += found > POINTS - 200;
            ties += place > 0 && neighbours.distance[i * WANTED + place] == neighbours.distance[i * WANTED + place - 1];
        }
    ck_assert_uint_gt(ties, QUERIES);
    ck_assert_uint_gt(late, 20);
    neighbours_free(&neighbours);
    pool_free(pool);
    free(point);
    free(query);
}
END_TEST

START_TEST(leaves_places_without_a_point) {
    static const ae_real point[] = {3, NAN, 1, INFINITY, 2}, query[] = {0};
    struct pool *pool = pool_create(1);
    struct neighbours neighbours;
    neighbours_create(&neighbours, query, 1, 1, WANTED);
    neighbours_add(&neighbours, pool, point, 5);
    static const uint32_t expected[] = {2, 4, 0, UINT32_MAX, UINT32_MAX};
    for (int i = 0; i < WANTED; i++)
        ck_assert_uint_eq(neighbours.index[i], expected[i]);
    neighbours_free(&neighbours);
    pool_free(pool);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("neighbours");
    tcase_add_loop_test(cases, finds_the_nearest_in_order, 0, 3);
    tcase_add_test(cases, leaves_places_without_a_point);
    return suite_run("neighbours", cases);
}
