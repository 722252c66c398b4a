// Squared Euclidean distances of all points from all queries, passed to a function as they are computed. A distance is
// summed over the units in order, each operation rounded to ae_real: s += d * d with d = point - query.
#ifndef AE_DISTANCES_H
#define AE_DISTANCES_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"

struct distances {
    size_t units, count;    // units of each query; number of queries
    ae_real *query;         // a copy of them
    ae_real *panel;         // the points in use
};

// distance[i] is the distance of `query` from point first + i, i < lanes. For each query the points come in order, and
// only one thread at a time calls the function; other threads may visit other queries.
typedef void distances_visitor(void *context, size_t query, const ae_real *distance, size_t first, size_t lanes);

// query [count][units]. The caller must call distances_free.
void distances_create(struct distances *distances, const ae_real *query, size_t count, size_t units);
// point [count][units]
void distances_visit(struct distances *distances, struct pool *pool, const ae_real *point, size_t count,
                     distances_visitor *visit, void *context);
void distances_free(struct distances *distances);

#endif
