// The points nearest to each of some queries, by squared Euclidean distance (distances.h). Points are added in
// portions, so that they need not all be in memory. Of two points at the same distance, the one added first counts as
// nearer. The result does not depend on the number of threads or the size of the portions.
#ifndef AE_NEIGHBOURS_H
#define AE_NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"
#include "runtime/measures/distances.h"

#define NEIGHBOUR_NONE UINT32_MAX

struct neighbours {
    struct distances distances;
    size_t wanted;
    size_t points;        // so far
    ae_real *distance;    // [count][wanted] ascending, INFINITY if there are fewer points
    uint32_t *index;      // [count][wanted] numbers of the points, in order of addition; else NEIGHBOUR_NONE
};

// query [count][units]; finds `wanted` neighbours of each. The caller must call neighbours_free.
void neighbours_create(struct neighbours *neighbours, const ae_real *query, size_t count, size_t units, size_t wanted);
// Adds points, point [count][units]. A point whose distance is not finite is not a neighbour.
void neighbours_add(struct neighbours *neighbours, struct pool *pool, const ae_real *point, size_t count);
void neighbours_free(struct neighbours *neighbours);

#endif
