#include "neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "vectors.h"

// Points stand in the lanes of vectors, a panel of them beside a tile of queries, so that every distance keeps its own
// chain and their sums stay in registers. A task is a block of queries; each panel, found in cache, meets all of them.
enum { LANES = 16, TILE = 6, BLOCK = 8 * TILE, PORTION = 64 * LANES };

struct portion {
    struct neighbours *neighbours;
    const ae_real *point;
    size_t count;
};

void neighbours_create(struct neighbours *neighbours, const ae_real *query, size_t count, size_t units, size_t wanted) {
    size_t places = (count + TILE - 1) / TILE * TILE;
    *neighbours = (struct neighbours){.units = units,
                                      .count = count,
                                      .wanted = wanted,
                                      .query = allocate_reals(places * units),
                                      .distance = allocate_reals(count * wanted),
                                      .index = allocate(count * wanted, sizeof *neighbours->index),
                                      .panel = allocate_reals(PORTION * units)};
    memcpy(neighbours->query, query, count * units * sizeof *query);
    for (size_t i = 0; i < count * wanted; i++) {
        neighbours->distance[i] = INFINITY;
        neighbours->index[i] = NEIGHBOUR_NONE;
    }
}

void neighbours_free(struct neighbours *neighbours) {
    free(neighbours->query);
    free(neighbours->distance);
    free(neighbours->index);
    free(neighbours->panel);
}

// panel [units][LANES] of LANES points; lanes without a point keep what they have, which nobody asks for.
static void pack_panel(void *context, size_t task, size_t thread) {
    (void)thread;
    const struct portion *portion = context;
    size_t units = portion->neighbours->units, left = portion->count - task * LANES;
    const ae_real *point = portion->point + task * LANES * units;
    ae_real *panel = portion->neighbours->panel + task * LANES * units;
    for (size_t lane = 0; lane < LANES && lane < left; lane++)
        for (size_t unit = 0; unit < units; unit++)
            panel[unit * LANES + lane] = point[lane * units + unit];
}

// distance [TILE][LANES] out, of a tile of queries [TILE][units] from a panel's points
static inline void measure_tile(size_t units, const ae_real *restrict query, const ae_real *restrict panel,
                                ae_real distance[TILE][LANES]) {
    ae_real sum[TILE][LANES] = {{0}};
    for (size_t unit = 0; unit < units; unit++)
        for (int row = 0; row < TILE; row++) {
            ae_real at = query[(size_t)row * units + unit];
            for (int lane = 0; lane < LANES; lane++) {
                ae_real difference = panel[unit * LANES + (size_t)lane] - at;
                sum[row][lane] += difference * difference;
            }
        }
    memcpy(distance, sum, sizeof sum);
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

// Points come in their order, so one that is only as near as those before it stays out.
static void select_nearest(struct neighbours *neighbours, size_t query, const ae_real *distance, size_t first,
                           size_t lanes) {
    const ae_real *last = &neighbours->distance[(query + 1) * neighbours->wanted - 1];
    for (size_t lane = 0; lane < lanes; lane++)
        if (distance[lane] < *last) insert(neighbours, query, distance[lane], first + lane);
}

AE_EACH_WIDTH static void search_block(const struct portion *portion, size_t begin, size_t end) {
    struct neighbours *neighbours = portion->neighbours;
    size_t units = neighbours->units;
    for (size_t from = 0; from < portion->count; from += LANES) {
        size_t lanes = portion->count - from < LANES ? portion->count - from : LANES;
        for (size_t query = begin; query < end; query += TILE) {
            ae_real distance[TILE][LANES];
            measure_tile(units, neighbours->query + query * units, neighbours->panel + from * units, distance);
            for (size_t row = 0; row < TILE && query + row < end; row++)
                select_nearest(neighbours, query + row, distance[row], neighbours->points + from, lanes);
        }
    }
}

static void search_task(void *context, size_t task, size_t thread) {
    (void)thread;
    const struct portion *portion = context;
    size_t begin = task * BLOCK, left = portion->neighbours->count - begin;
    search_block(portion, begin, begin + (left < BLOCK ? left : BLOCK));
}

void neighbours_add(struct neighbours *neighbours, struct pool *pool, const ae_real *point, size_t count) {
    for (size_t from = 0; from < count; from += PORTION) {
        struct portion portion = {neighbours, point + from * neighbours->units,
                                  count - from < PORTION ? count - from : PORTION};
        pool_run(pool, (portion.count + LANES - 1) / LANES, pack_panel, &portion);
        pool_run(pool, (neighbours->count + BLOCK - 1) / BLOCK, search_task, &portion);
        neighbours->points += portion.count;
    }
}
