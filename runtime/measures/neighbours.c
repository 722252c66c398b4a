#include "runtime/measures/neighbours.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/pool.h"
#include "runtime/numbers/reals.h"

void neighbours_create(struct neighbours *neighbours, const ae_real *query, size_t count, size_t units, size_t wanted) {
    *neighbours = (struct neighbours){.wanted = wanted,
                                      .distance = reals_allocate(count * wanted),
                                      .index = memory_allocate(count * wanted, sizeof *neighbours->index)};
    distances_create(&neighbours->distances, query, count, units);
    for (size_t i = 0; i < count * wanted; i++) {
        neighbours->distance[i] = INFINITY;
        neighbours->index[i] = NEIGHBOUR_NONE;
    }
}

void neighbours_free(struct neighbours *neighbours) {
    distances_free(&neighbours->distances);
    free(neighbours->distance);
    free(neighbours->index);
}

static void insert(struct neighbours *neighbours, size_t query, ae_real distance, size_t point) {
    ae_real *distances = neighbours->distance + query * neighbours->wanted;
    uint32_t *indices = neighbours->index + query * neighbours->wanted;
    size_t place = neighbours->wanted - 1;
    for (; place > 0 && distance < distances[place - 1]; place--) {
        distances[place] = distances[place - 1];
        indices[place] = indices[place - 1];
    }
    distances[place] = distance;
    indices[place] = (uint32_t)point;
}

// Points come in order, so a point at the same distance as an earlier one does not replace it.
static void select_nearest(void *context, size_t query, const ae_real *distance, size_t first, size_t lanes) {
    struct neighbours *neighbours = context;
    const ae_real *last = &neighbours->distance[(query + 1) * neighbours->wanted - 1];
    for (size_t lane = 0; lane < lanes; lane++)
        if (distance[lane] < *last) insert(neighbours, query, distance[lane], neighbours->points + first + lane);
}

void neighbours_add(struct neighbours *neighbours, struct pool *pool, const ae_real *point, size_t count) {
    distances_visit(&neighbours->distances, pool, point, count, select_nearest, neighbours);
    neighbours->points += count;
}
