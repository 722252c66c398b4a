#include "compiler/nest/choose.h"

#include "compiler/nest/split.h"

struct geometry geometry_turned(const struct geometry *g) {
    struct geometry turned = *g;
    turned.large_channels = g->small_channels;
    turned.small_channels = g->large_channels;
    turned.panel = g->large_channels % PANEL == 0 ? PANEL : 0;
    return turned;
}

bool repack_has_panels(const struct geometry *g) {
    return geometry_is_dense(g) && geometry_turned(g).panel;
}

static double segment_blocks(struct segment segment) {
    long blocks = (segment.to - segment.from) / segment.tile;
    return (double)blocks;
}

// What a column's vector costs to read, in multiply-adds, measured: a convolution's weights come from the second-level
// cache, the images that a gradient multiplies are at hand.
static const double weights_load = 0.9, image_load = 0.3;
static const struct step_loads transposed_loads = {.row = 0.1, .column = 0.4, .fused = 0.3, .step = 0.5};
// Samples of a dense layer come 16 at a time in small batches and about 62 at a batch of 1000.
static const int sample_counts[] = {16, 62};

static long columns_of(const struct machine *machine, long channels, bool packed) {
    return packed ? channels : (channels + machine->lanes - 1) / machine->lanes;
}

// Columns of a block that come together: those of a panel.
static int columns_unit(const struct machine *machine, const struct geometry *g) {
    return g->panel ? PANEL / machine->lanes : 1;
}

static bool is_point(const struct geometry *g) {
    return g->small_height * g->small_width == 1;
}

// Blocks of samples follow each other with the same biases: compilers keep those in registers, and the zero of an
// activation, where there are many, and spill sums for them. With few registers they do not try.
static bool samples_fit(const struct machine *machine, int rows, int columns) {
    enum { FEW = 16 };
    return machine->registers <= FEW || rows * columns + 2 * columns + 2 <= machine->registers;
}

// A step of a sample where rows are samples: they are walked in blocks of halving size.
static double samples_cost(const struct machine *machine, struct tile tile) {
    double cost = 0;
    for (int i = 0; i < 2; i++) {
        int left = sample_counts[i];
        for (int rows = tile.rows; rows > 0; rows /= 2) {
            int blocks = left / rows;
            cost += blocks * tile_cost(machine, rows, tile.columns, machine->panel_load) / sample_counts[i];
            left %= rows;
        }
    }
    return cost / 2;
}

// A step of all positions of a sample for one block of columns.
static double positions_cost(const struct machine *machine, const struct geometry *g, struct tile tile) {
    if (is_point(g)) return samples_cost(machine, tile);
    long rows = g->padding[0] == 0 && g->small_width <= tile.rows ? tile.rows / g->small_width : 1;
    struct segment inside = columns_inside(g), down[2], across[2];
    int downs = segments_split(0, g->small_height, rows, down);
    double cost = 0;
    for (int i = 0; i < downs; i++) {
        int acrosses = segments_split(0, inside.to - inside.from, tile.rows / down[i].tile, across);
        double row = (double)(g->small_width - inside.to + inside.from) *
                     tile_cost(machine, (int)down[i].tile, tile.columns, weights_load);
        for (int j = 0; j < acrosses; j++)
            row += segment_blocks(across[j]) *
                   tile_cost(machine, (int)(across[j].tile * down[i].tile), tile.columns, weights_load);
        cost += segment_blocks(down[i]) * row;
    }
    return cost;
}

// The cost of `columns` columns in nearly equal blocks of at most tile.columns.
static double columns_cost(const struct machine *machine, const struct geometry *g, struct tile tile, long columns,
                           double (*cost)(const struct machine *, const struct geometry *, struct tile)) {
    struct segment segments[2];
    int count = segments_split(0, columns, tile.columns, segments);
    double sum = 0;
    for (int i = 0; i < count; i++) {
        struct tile block = {tile.rows, (int)segments[i].tile};
        sum += segment_blocks(segments[i]) * cost(machine, g, block);
    }
    return sum;
}

static struct tile convolve_tile(const struct machine *machine, const struct geometry *g, bool packed) {
    long columns = columns_of(machine, g->small_channels, packed);
    int unit = packed ? 1 : columns_unit(machine, g);
    struct tile best = {1, unit};
    double least = 0;
    // Of a 1x1 image rows are samples, in powers of two; groups of them are few at a time.
    int rows_most = packed && is_point(g) ? 1 : TILE_ROWS_MAX;
    for (int c = unit; c <= TILE_COLUMNS_MAX && c < columns + unit; c += unit)
        for (int r = 1; r <= rows_most && tile_fits(machine, r, c); r++) {
            struct tile tile = {r, c};
            if (is_point(g) && (r & (r - 1) || !samples_fit(machine, r, c))) continue;
            double cost = columns_cost(machine, g, tile, columns, positions_cost);
            if (least != 0 && cost >= least) continue;
            least = cost;
            best = tile;
        }
    return best;
}

static double convolve_cost(const struct machine *machine, const struct geometry *g, struct tile tile, bool packed) {
    double steps = (double)g->kernel[0] * (double)g->kernel[1] * (double)g->large_channels;
    double cost = columns_cost(machine, g, tile, columns_of(machine, g->small_channels, packed), positions_cost);
    return steps * cost / (packed ? machine->lanes : 1);
}

static double transposed_block_cost(const struct machine *machine, const struct geometry *g, long column, int rows,
                                    int columns) {
    const struct step_loads *cost = &transposed_loads;
    double taps = (double)transposed_pairs(g, column, rows), work = taps * columns;
    struct transposed_span span = transposed_span(g, column, rows);
    double inputs = (double)(span.last - span.first + 1), wait = 0;
    // A column's multiply-adds wait for each other.
    for (int p = 0; p < rows; p++) {
        double chain = (double)transposed_pairs(g, column + p, 1) * machine->chains;
        if (chain > wait) wait = chain;
    }
    // Weights that every multiply-add reads anew cost a load each.
    double loads = transposed_inputs_fit(machine, rows, columns, span)
                       ? cost->row * inputs + cost->column * (double)g->kernel[1] * columns
                       : cost->row * inputs + cost->fused * work;
    return (work > wait ? work : wait) + loads + cost->step;
}

// Border columns from..to: blocks of their own, or single columns, whose multiply-adds wait for each other.
static double border_cost(const struct machine *machine, const struct geometry *g, struct tile tile, long from, long to,
                          struct transposed_row row) {
    double single = machine->chains > tile.columns ? machine->chains : tile.columns, cost = 0;
    if (row.single) return (double)(to - from) * (double)g->kernel[1] / (double)g->stride[1] * (single + 1);
    for (long x = from; x < to; x += row.inside.tile) {
        long end = x + row.inside.tile < to ? x + row.inside.tile : to;
        cost += transposed_block_cost(machine, g, x, (int)(end - x), tile.columns);
    }
    return cost;
}

// A step of one output row for one block of columns.
static double row_cost(const struct machine *machine, const struct geometry *g, struct tile tile) {
    struct transposed_row row = transposed_row_split(g, tile);
    double cost = border_cost(machine, g, tile, 0, row.inside.from, row) +
                  border_cost(machine, g, tile, row.inside.to, g->large_width, row);
    long blocks = (row.inside.to - row.inside.from) / row.inside.tile;
    if (blocks == 0) return cost;
    return cost +
           (double)blocks * transposed_block_cost(machine, g, row.inside.from, (int)row.inside.tile, tile.columns);
}

static struct tile transposed_tile(const struct machine *machine, const struct geometry *g, bool packed) {
    long columns = columns_of(machine, g->large_channels, packed);
    struct tile best = {1, 1};
    double least = 0;
    for (int c = 1; c <= TILE_COLUMNS_MAX && c <= columns; c++)
        for (int r = 1; r <= TILE_ROWS_MAX && tile_fits(machine, r, c) && r < g->large_width + g->stride[1]; r++) {
            if (r % g->stride[1] && r > 1) continue;
            double cost = columns_cost(machine, g, (struct tile){r, c}, columns, row_cost);
            if (least != 0 && cost >= least) continue;
            least = cost;
            best = (struct tile){r, c};
        }
    return best;
}

static double transposed_cost(const struct machine *machine, const struct geometry *g, struct tile tile, bool packed) {
    // Pairs of a small image's row and a kernel's row that meet the large image.
    double rows = 0;
    for (long y = 0; y < g->small_height; y++) {
        long above = g->padding[0] - y * g->stride[0], below = g->large_height + above;
        long from = above > 0 ? above : 0, to = below < g->kernel[0] ? below : g->kernel[0];
        if (to > from) rows += (double)(to - from);
    }
    double cost = columns_cost(machine, g, tile, columns_of(machine, g->large_channels, packed), row_cost);
    return rows * (double)g->small_channels * cost / (packed ? machine->lanes : 1);
}

// Kernel columns that one block of a padded convolution's gradient spans: as many as fill the registers while the text
// of the columns at the border, where only some of them meet the image, is short.
static int taps_choose(const struct geometry *g, struct tile tile) {
    enum { TEXT_MOST = 448 };
    for (long taps = tile.rows / g->large_channels; taps > 1; taps--) {
        if (taps > g->kernel[1]) continue;
        long text = g->kernel[1] * g->large_channels * tile.columns;
        if (text > TEXT_MOST) break;
        for (long kx = 0; kx < g->kernel[1]; kx += taps) {
            long width = kx + taps < g->kernel[1] ? taps : g->kernel[1] - kx;
            struct segment inside = taps_inside(g, kx, width);
            text += (g->small_width - inside.to + inside.from) * width * g->large_channels * tile.columns;
        }
        if (text <= TEXT_MOST) return (int)taps;
    }
    return 1;
}

static double weight_cost(const struct machine *machine, const struct geometry *g, const struct tiling *t) {
    long spans = (g->kernel[1] + t->taps - 1) / t->taps;
    double groups = (double)spans * (double)g->kernel[0];
    long rows = t->taps * g->large_channels, small = g->small_channels;
    double step = t->turned ? tile_total(machine, t->tile, small, columns_of(machine, rows, false), image_load)
                            : tile_total(machine, t->tile, rows, columns_of(machine, small, false), image_load);
    double positions = (double)g->small_height * (double)g->small_width;
    // Lanes that are apart in memory are read and written one by one, once for the samples that a block sees in a row.
    double samples = geometry_is_dense(g) ? WEIGHT_SAMPLES : sample_counts[0],
           apart = t->turned ? 2.0 * APART_COST * machine->lanes / samples : 0;
    double vectors = (double)rows * (double)small / machine->lanes;
    return groups * (step * positions + apart * vectors);
}

static struct tiling weight_tiling(const struct machine *machine, const struct geometry *g) {
    struct tiling best = {.tile = {1, 1}, .taps = 1};
    int unit = columns_unit(machine, g);
    double least = 0;
    for (int turned = 0; turned <= (machine->macro && !g->panel); turned++)
        for (int c = unit; c <= TILE_COLUMNS_MAX; c += unit)
            for (int r = 1; r <= TILE_ROWS_MAX && tile_fits(machine, r, c); r++) {
                struct tiling tiling = {.tile = {r, c}, .turned = turned, .taps = (int)g->kernel[1]};
                if (g->padding[1]) tiling.taps = turned ? 1 : taps_choose(g, tiling.tile);
                double cost = weight_cost(machine, g, &tiling);
                if (least != 0 && cost >= least) continue;
                least = cost;
                best = tiling;
            }
    return best;
}

void tiling_choose(const struct machine *machine, struct kernel_description *d) {
    const struct geometry *g = &d->geometry;
    struct tiling *tiling = &d->tiling;
    if (d->kind == KERNEL_CONVOLVE) tiling->tile = convolve_tile(machine, g, tiling->packed);
    if (d->kind == KERNEL_TRANSPOSED) tiling->tile = transposed_tile(machine, g, tiling->packed);
    if (d->kind != KERNEL_WEIGHT_GRADIENT) return;
    struct tiling weight = weight_tiling(machine, g);
    tiling->tile = weight.tile;
    tiling->turned = weight.turned;
    tiling->taps = weight.taps;
}

double tiling_cost(const struct machine *machine, const struct kernel_description *d) {
    const struct geometry *g = &d->geometry;
    const struct tiling *tiling = &d->tiling;
    if (d->kind == KERNEL_CONVOLVE) return convolve_cost(machine, g, tiling->tile, tiling->packed);
    if (d->kind == KERNEL_TRANSPOSED) return transposed_cost(machine, g, tiling->tile, tiling->packed);
    return d->kind == KERNEL_WEIGHT_GRADIENT ? weight_cost(machine, g, tiling) : 0;
}

struct step_loads step_loads_of(const struct machine *machine, const struct kernel_description *d) {
    if (d->kind == KERNEL_TRANSPOSED) return transposed_loads;
    double column = d->kind == KERNEL_WEIGHT_GRADIENT ? image_load
                    : is_point(&d->geometry)          ? machine->panel_load
                                                      : weights_load;
    return (struct step_loads){.row = machine->row_load, .column = column, .step = TILE_STEP};
}

int reference_samples(const struct machine *machine, const struct kernel_description *d, long counts[2]) {
    bool groups = d->tiling.packed || d->kind == KERNEL_PACK || d->kind == KERNEL_UNPACK;
    for (int i = 0; i < 2; i++)
        counts[i] = d->whole_batch ? WEIGHT_SAMPLES : groups ? sample_counts[i] * machine->lanes : sample_counts[i];
    if (d->kind == KERNEL_REPACK) counts[0] = 1;
    return d->kind == KERNEL_CONVOLVE && is_point(&d->geometry) ? 2 : 1;
}

static bool is_power_of_two(int number) {
    return number > 0 && (number & (number - 1)) == 0;
}

static const char *tile_fault(const struct machine *machine, const struct kernel_description *d) {
    const struct tile *tile = &d->tiling.tile;
    bool convolve = d->kind == KERNEL_CONVOLVE;
    if (tile->rows < 1 || tile->columns < 1) return "the tile is empty";
    if (tile->rows > TILE_ROWS_MAX || tile->columns > TILE_COLUMNS_MAX ||
        !tile_fits(machine, tile->rows, tile->columns))
        return "the tile does not fit the registers";
    if (d->tiling.packed && (!machine->macro || d->kind == KERNEL_WEIGHT_GRADIENT))
        return "samples cannot be in the lanes";
    if (!d->tiling.packed && tile->columns % columns_unit(machine, &d->geometry)) return "a panel of the weight is cut";
    // Samples are walked in blocks of halving size.
    if (convolve && is_point(&d->geometry) && !is_power_of_two(tile->rows))
        return "rows of samples are no power of two";
    return NULL;
}

static const char *weight_fault(const struct machine *machine, const struct kernel_description *d) {
    const struct tiling *tiling = &d->tiling;
    const struct geometry *g = &d->geometry;
    if (tiling->turned && (!machine->macro || g->panel)) return "lanes cannot be the larger image's channels";
    if (tiling->taps < 1 || tiling->taps > g->kernel[1]) return "a block spans no or too many kernel columns";
    // At the border of the image a block takes some of its kernel columns, whose rows must be whole and in the block.
    bool borders = g->padding[1] && tiling->taps > 1;
    if (borders && (tiling->turned || tiling->taps * g->large_channels > tiling->tile.rows))
        return "the kernel columns of a block are cut";
    return NULL;
}

static const char *task_fault(const struct machine *machine, const struct kernel_description *d) {
    const struct tiling *tiling = &d->tiling;
    bool gradient = kernel_rows[d->kind].sums == SUMS_BLOCK && d->whole_batch;
    bool panels = d->kind == KERNEL_REPACK && repack_has_panels(&d->geometry);
    if (!gradient && !panels) return tiling->task_rows ? "a kernel that is one task is cut" : NULL;
    long block = panels ? PANEL : tiling->turned ? (long)tiling->tile.columns * machine->lanes : tiling->tile.rows;
    return tiling->task_rows < 1 || tiling->task_rows % block ? "a task cuts a block of rows" : NULL;
}

const char *tiling_fault(const struct machine *machine, const struct kernel_description *d) {
    const struct tiling *tiling = &d->tiling;
    bool weight = d->kind == KERNEL_WEIGHT_GRADIENT, has_tile = kernel_rows[d->kind].sums != SUMS_NONE;
    const char *fault = has_tile ? tile_fault(machine, d) : NULL;
    if (!has_tile && (tiling->tile.rows || tiling->tile.columns)) return "a kernel without a block has a tile";
    if (!fault && weight) fault = weight_fault(machine, d);
    if (!weight && (tiling->turned || tiling->taps)) return "only the gradient of a weight has kernel columns";
    return fault ? fault : task_fault(machine, d);
}
