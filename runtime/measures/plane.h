// How points lie in a plane: the box that holds nearly all of them, cut into cells, and which cells they fill.
#ifndef AE_PLANE_H
#define AE_PLANE_H

#include <stddef.h>

enum { PLANE_SIDE = 20, PLANE_CELLS = PLANE_SIDE * PLANE_SIDE };

struct plane {
    double low[2], high[2];    // the box: quantiles_find of each coordinate
    size_t cells;              // those whose centre is in the convex hull of the points in the box, or on its border
    double centre[PLANE_CELLS][2];    // [cells] row after row, the second coordinate growing last
    double occupancy;    // entropy of the points' counts over those cells / log(cells); NaN where it has no meaning
};

// The 0.5 % and the 99.5 % quantile by nearest rank: the values numbered ceil(count / 200) and ceil(199 count / 200) of
// the sorted ones, from 1. value [count] is sorted; count at least 1.
void quantiles_find(double *value, size_t count, double *low, double *high);
// points [count][2], count at least 1. No cells where the box has no width or height, or the hull no area.
void plane_measure(const double (*points)[2], size_t count, struct plane *plane);

#endif
