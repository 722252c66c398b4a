// Principal components: the directions in which codes vary most.
#ifndef AE_COMPONENTS_H
#define AE_COMPONENTS_H

#include <stddef.h>

#include "runtime/api/real_type.h"

// Memory is the owner's, components_free afterwards.
struct components {
    size_t units, count;
    double *mean;    // [units]
    double *axis;    // [count][units]: of length 1, each at a right angle to the others; its largest entry is positive
    double *variance;    // [count] of the codes along each axis, largest first
    double total;        // variance of all units together
};

// The first `wanted` components, fewer where there are fewer units, of code [count][units]. Variances divide by `count`.
// Where codes are many or long, axes and variances are those of samples picked evenly. The result depends on the codes
// alone, not on the machine.
void components_find(const ae_real *code, size_t count, size_t units, size_t wanted, struct components *components);
// Where a code lies along the axes: place [count] out
void components_project(const struct components *components, const ae_real *code, double *place);
// The code at a place: z [units] out
void components_restore(const struct components *components, const double *place, ae_real *z);
void components_free(struct components *components);

#endif
