#include "runtime/measures/distances.h"

#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "runtime/numbers/each_width.h"
#include "runtime/numbers/reals.h"

// Each lane of a vector has a point. A panel of points is combined with a tile of queries, so that the sums of their
// distances stay in registers and every distance is summed in order. A task is a block of queries; a panel stays in
// cache while all of them use it.
enum { LANES = 16, TILE = 6, BLOCK = 8 * TILE, PORTION = 64 * LANES };

// The points from `first` on, as many as fit in the panel.
struct portion {
    struct distances *distances;
    const ae_real *point;
    size_t first, count;
    distances_visitor *visit;
    void *context;
};

void distances_create(struct distances *distances, const ae_real *query, size_t count, size_t units) {
    size_t places = (count + TILE - 1) / TILE * TILE;
    *distances = (struct distances){.units = units,
                                    .count = count,
                                    .query = reals_allocate(places * units),
                                    .panel = reals_allocate(PORTION * units)};
    memcpy(distances->query, query, count * units * sizeof *query);
}

void distances_free(struct distances *distances) {
    free(distances->query);
    free(distances->panel);
}

// Packs LANES points to panel [units][LANES]. Lanes without a point are not written; their distances are not used.
static void pack_panel(void *context, size_t task, size_t thread) {
    (void)thread;
    const struct portion *portion = context;
    size_t units = portion->distances->units, left = portion->count - task * LANES;
    const ae_real *point = portion->point + task * LANES * units;
    ae_real *panel = portion->distances->panel + task * LANES * units;
    for (size_t lane = 0; lane < LANES && lane < left; lane++)
        for (size_t unit = 0; unit < units; unit++)
            panel[unit * LANES + lane] = point[lane * units + unit];
}

// The distances of the queries [TILE][units] from the points of a panel: distance [TILE][LANES] out.
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

AE_EACH_WIDTH static void visit_block(const struct portion *portion, size_t begin, size_t end) {
    const struct distances *distances = portion->distances;
    size_t units = distances->units;
    for (size_t from = 0; from < portion->count; from += LANES) {
        size_t lanes = portion->count - from < LANES ? portion->count - from : LANES;
        for (size_t query = begin; query < end; query += TILE) {
            ae_real distance[TILE][LANES];
            measure_tile(units, distances->query + query * units, distances->panel + from * units, distance);
            for (size_t row = 0; row < TILE && query + row < end; row++)
                portion->visit(portion->context, query + row, distance[row], portion->first + from, lanes);
        }
    }
}

static void visit_task(void *context, size_t task, size_t thread) {
    (void)thread;
    const struct portion *portion = context;
    size_t begin = task * BLOCK, left = portion->distances->count - begin;
    visit_block(portion, begin, begin + (left < BLOCK ? left : BLOCK));
}

void distances_visit(struct distances *distances, struct pool *pool, const ae_real *point, size_t count,
                     distances_visitor *visit, void *context) {
    for (size_t first = 0; first < count; first += PORTION) {
        struct portion portion = {.distances = distances,
                                  .point = point + first * distances->units,
                                  .first = first,
                                  .count = count - first < PORTION ? count - first : PORTION,
                                  .visit = visit,
                                  .context = context};
        pool_run(pool, (portion.count + LANES - 1) / LANES, pack_panel, &portion);
        pool_run(pool, (distances->count + BLOCK - 1) / BLOCK, visit_task, &portion);
    }
}
