// The distribution of points in a plane: a box that contains nearly all of them, divided into cells, and the number of
// points in each cell.
#ifndef AE_PLANE_H
#define AE_PLANE_H

#include <stddef.h>

enum { PLANE_SIDE = 20, PLANE_CELLS = PLANE_SIDE * PLANE_SIDE };

struct plane {
    double low[2], high[2];           // the box: quantiles_find of each coordinate
    size_t cells;                     // cells whose centre is inside or on the convex hull of the points in the box
    double centre[PLANE_CELLS][2];    // [cells] row by row, the first coordinate changing fastest
    double occupancy;                 // entropy of the points' counts in those cells / log(cells); NaN if undefined
};

// The 0.5 % and the 99.5 % quantile by nearest rank: sorted values number ceil(count / 200) and ceil(199 count / 200),
// counted from 1. Sorts value [count]; count at least 1.
void quantiles_find(double *value, size_t count, double *low, double *high);
// points [count][2], count at least 1. There are no cells if the box has no width or height, or the hull no area.
void plane_measure(const double (*points)[2], size_t count, struct plane *plane);

#endif
