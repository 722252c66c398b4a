// Principal components: the directions in which codes vary most.
#ifndef AE_COMPONENTS_H
#define AE_COMPONENTS_H

#include <stddef.h>

#include "runtime/api/real_type.h"

// The owner must call components_free.
struct components {
    size_t units, count;
    double *mean;        // [units]
    double *axis;        // [count][units]: orthonormal; the largest entry of each is positive
    double *variance;    // [count]: variance of the codes along each axis, largest first
    double total;        // sum of the variances of all units
};

// Finds the first `wanted` components of code [count][units], or as many as there are units. Variances are divided by
// `count`. For large data, axes and variances are computed from evenly spaced samples. The result depends only on the
// codes, not on the machine.
void components_find(const ae_real *code, size_t count, size_t units, size_t wanted, struct components *components);
// The coordinates of a code along the axes: place [count] out
void components_project(const struct components *components, const ae_real *code, double *place);
// The code at these coordinates: z [units] out
void components_restore(const struct components *components, const double *place, ae_real *z);
void components_free(struct components *components);

#endif
