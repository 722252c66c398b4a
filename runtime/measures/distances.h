// Squared Euclidean distances of points from some queries, all of them, handed out as they are made. A distance is one
// chain over the units from 0, each operation rounded in ae_real: s += d * d with d = point - query.
#ifndef AE_DISTANCES_H
#define AE_DISTANCES_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"

struct distances {
    size_t units, count;    // of each query; of queries
    ae_real *query;         // a copy of them
    ae_real *panel;         // the points that are at work
};

// `query` is at distance[i] from point first + i, i < lanes. Of a query the points come in their order, all from one
// thread at a time; other queries may be visited meanwhile.
typedef void distances_visitor(void *context, size_t query, const ae_real *distance, size_t first, size_t lanes);

// query [count][units]. distances_free afterwards.
void distances_create(struct distances *distances, const ae_real *query, size_t count, size_t units);
// point [count][units]
void distances_visit(struct distances *distances, struct pool *pool, const ae_real *point, size_t count,
                     distances_visitor *visit, void *context);
void distances_free(struct distances *distances);

#endif
