#include "runtime/measures/plane.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/quantile.h"
#include "runtime/numbers/logarithm.h"

void quantiles_find(double *value, size_t count, double *low, double *high) {
    values_sort(value, count);
    *low = quantile_of(value, count, 1, 200);
    *high = quantile_of(value, count, 199, 200);
}

static void find_box(const double (*points)[2], size_t count, struct plane *plane) {
    double *value = memory_allocate(count, sizeof *value);
    for (int axis = 0; axis < 2; axis++) {
        for (size_t i = 0; i < count; i++)
            value[i] = points[i][axis];
        quantiles_find(value, count, &plane->low[axis], &plane->high[axis]);
    }
    free(value);
}

static bool in_box(const struct plane *plane, const double point[2]) {
    return point[0] >= plane->low[0] && point[0] <= plane->high[0] && point[1] >= plane->low[1] &&
           point[1] <= plane->high[1];
}

static int compare_points(const void *a, const void *b) {
    const double *first = a, *second = b;
    int order = value_compare(first[0], second[0]);
    return order ? order : value_compare(first[1], second[1]);
}

// Positive if a, b, c make a left turn.
static double turn(const double a[2], const double b[2], const double c[2]) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

static void hull_add(double (*hull)[2], size_t first, size_t *corners, const double point[2]) {
    while (*corners >= first + 2 && turn(hull[*corners - 2], hull[*corners - 1], point) <= 0)
        --*corners;
    hull[*corners][0] = point[0];
    hull[*corners][1] = point[1];
    ++*corners;
}

// Andrew's monotone chain (Information Processing Letters 9, 1979): hull [2 * count] out: its corners counterclockwise,
// with the first one repeated at the end. Returns their number. Sorts points [count][2].
static size_t hull_find(double (*points)[2], size_t count, double (*hull)[2]) {
    size_t corners = 0;
    qsort(points, count, sizeof *points, compare_points);
    for (size_t i = 0; i < count; i++)
        hull_add(hull, 0, &corners, points[i]);
    size_t lower = corners - 1;
    for (size_t i = count - 1; i-- > 0;)
        hull_add(hull, lower, &corners, points[i]);
    return corners;
}

// A hull with fewer than three corners has no area and contains no point.
static bool hull_holds(const double (*hull)[2], size_t corners, const double point[2]) {
    if (corners < 4) return false;
    for (size_t i = 0; i + 1 < corners; i++)
        if (turn(hull[i], hull[i + 1], point) < 0) return false;
    return true;
}

static size_t cell_along(const struct plane *plane, const double point[2], int axis) {
    double place = (point[axis] - plane->low[axis]) / (plane->high[axis] - plane->low[axis]) * PLANE_SIDE;
    return place < PLANE_SIDE ? (size_t)place : PLANE_SIDE - 1;
}

static double centre_along(const struct plane *plane, size_t cell, int axis) {
    return plane->low[axis] + (plane->high[axis] - plane->low[axis]) * (((double)cell + 0.5) / PLANE_SIDE);
}

// Entropy of the counts divided by the logarithm of their number; NaN if there is only one cell or no point.
static double measure_occupancy(const size_t *counts, size_t cells) {
    size_t all = 0;
    for (size_t i = 0; i < cells; i++)
        all += counts[i];
    if (all == 0 || cells < 2) return NAN;
    double entropy = 0;
    for (size_t i = 0; i < cells; i++) {
        double share = (double)counts[i] / (double)all;
        if (counts[i] > 0) entropy -= share * logarithm(share);
    }
    return entropy / logarithm((double)cells);
}

void plane_measure(const double (*points)[2], size_t count, struct plane *plane) {
    *plane = (struct plane){.occupancy = NAN};
    find_box(points, count, plane);
    if (!(plane->low[0] < plane->high[0] && plane->low[1] < plane->high[1])) return;
    double(*inside)[2] = memory_allocate(count, sizeof *inside), (*hull)[2] = memory_allocate(2 * count, sizeof *hull);
    size_t counts[PLANE_CELLS] = {0}, kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!in_box(plane, points[i])) continue;
        inside[kept][0] = points[i][0];
        inside[kept++][1] = points[i][1];
        counts[cell_along(plane, points[i], 1) * PLANE_SIDE + cell_along(plane, points[i], 0)]++;
    }
    size_t corners = kept > 0 ? hull_find(inside, kept, hull) : 0;
    for (size_t cell = 0; cell < PLANE_CELLS && kept > 0; cell++) {
        double centre[2] = {centre_along(plane, cell % PLANE_SIDE, 0), centre_along(plane, cell / PLANE_SIDE, 1)};
        if (!hull_holds((const double(*)[2])hull, corners, centre)) continue;
        plane->centre[plane->cells][0] = centre[0];
        plane->centre[plane->cells][1] = centre[1];
        counts[plane->cells++] = counts[cell];
    }
    plane->occupancy = measure_occupancy(counts, plane->cells);
    free(inside);
    free(hull);
}
