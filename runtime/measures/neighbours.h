// The points nearest to each of some queries, by squared Euclidean distance (distances.h). Points come in portions, so
// that not all of them need be in memory. Of two points at the same distance the one that came first is nearer. The
// result depends neither on threads nor on how the points were cut into portions.
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
    ae_real *distance;    // [count][wanted] ascending, INFINITY where there is none
    uint32_t *index;      // [count][wanted] of each point in the order of their coming; NEIGHBOUR_NONE where fewer came
};

// query [count][units]; `wanted` neighbours of each. neighbours_free afterwards.
void neighbours_create(struct neighbours *neighbours, const ae_real *query, size_t count, size_t units, size_t wanted);
// The next points, point [count][units]. A point whose distance is not finite is nobody's neighbour.
void neighbours_add(struct neighbours *neighbours, struct pool *pool, const ae_real *point, size_t count);
void neighbours_free(struct neighbours *neighbours);

#endif
