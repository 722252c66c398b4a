#include "compiler/nest/choose.h"

int segments_split(long from, long n, long most, struct segment segments[2]) {
    if (n <= 0) return 0;
    long blocks = (n + most - 1) / most, small = n / blocks, larger = n % blocks;
    int count = 0;
    if (larger) segments[count++] = (struct segment){from, from + larger * (small + 1), small + 1};
    from += larger * (small + 1);
    if (blocks > larger) segments[count++] = (struct segment){from, from + (blocks - larger) * small, small};
    return count;
}

int columns_split(long count, long each, long most, long unit, struct column_run runs[3]) {
    struct segment segments[2];
    long rest = count % each;
    int found = 0, segment_count = segments_split(0, (count + each - 1) / each / unit, most / unit, segments);
    for (int i = 0; i < segment_count; i++) {
        long columns = segments[i].tile * unit, step = columns * each, to = segments[i].to * unit * each;
        bool apart = rest && i + 1 == segment_count;
        struct column_run run = {segments[i].from * unit * each, apart ? to - step : to, (int)columns, (int)each,
                                 false};
        if (run.to > run.from) runs[found++] = run;
        if (apart) runs[found++] = (struct column_run){run.to, to, (int)columns, (int)rest, true};
    }
    return found;
}

static double segment_blocks(struct segment segment) {
    long blocks = (segment.to - segment.from) / segment.tile;
    return (double)blocks;
}

struct geometry geometry_turned(const struct geometry *g) {
    struct geometry turned = *g;
    turned.large_channels = g->small_channels;
    turned.small_channels = g->large_channels;
    turned.panel = g->large_channels % PANEL == 0 ? PANEL : 0;
    return turned;
}

struct segment columns_inside(const struct geometry *g) {
    long stride = g->stride[1], padding = g->padding[1], width = g->small_width;
    long first = (padding + stride - 1) / stride, room = g->large_width + padding - g->kernel[1];
    long last = room < 0 ? 0 : room / stride + 1;
    if (last > width) last = width;
    if (first > last) first = last = first < width ? first : width;
    return (struct segment){first, last, 1};
}

// What a column's vector costs to read, in multiply-adds, measured: a convolution's weights come from the second-level
// cache, the images that a gradient multiplies are at hand.
static const double weights_load = 0.9, image_load = 0.3;

static long columns_of(const struct machine *machine, long channels, bool packed) {
    return packed ? channels : (channels + machine->lanes - 1) / machine->lanes;
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

// A step of a sample where rows are samples: they come 16 at a time in small batches and about 62 at a batch of 1000,
// and are walked in blocks of halving size.
static double samples_cost(const struct machine *machine, struct tile tile) {
    static const int counts[] = {16, 62};
    double cost = 0;
    for (int i = 0; i < 2; i++) {
        int left = counts[i];
        for (int rows = tile.rows; rows > 0; rows /= 2) {
            int blocks = left / rows;
            cost += blocks * tile_cost(machine, rows, tile.columns, machine->panel_load) / counts[i];
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

struct tile convolve_tile(const struct machine *machine, const struct geometry *g, bool packed) {
    long columns = columns_of(machine, g->small_channels, packed);
    int unit = g->panel && !packed ? PANEL / machine->lanes : 1;
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

double convolve_cost(const struct machine *machine, const struct geometry *g, bool packed) {
    double steps = (double)g->kernel[0] * (double)g->kernel[1] * (double)g->large_channels;
    double cost = columns_cost(machine, g, convolve_tile(machine, g, packed),
                               columns_of(machine, g->small_channels, packed), positions_cost);
    return steps * cost / (packed ? machine->lanes : 1);
}

long transposed_source(const struct geometry *g, long column, long kx) {
    long x = column + g->padding[1] - kx;
    return x >= 0 && x % g->stride[1] == 0 && x / g->stride[1] < g->small_width ? x / g->stride[1] : -1;
}

struct transposed_span transposed_span(const struct geometry *g, long column, int columns) {
    struct transposed_span span = {0, -1};
    for (int p = 0; p < columns; p++)
        for (long kx = 0; kx < g->kernel[1]; kx++) {
            long at = transposed_source(g, column + p, kx);
            if (at < 0) continue;
            if (span.last < 0 || at < span.first) span.first = at;
            if (at > span.last) span.last = at;
        }
    return span;
}

bool transposed_inputs_fit(const struct machine *machine, int rows, int columns, struct transposed_span span) {
    return !machine->macro || rows * columns + columns + span.last - span.first + 1 <= machine->registers;
}

static long taps_count(const struct geometry *g, long column, long columns) {
    long taps = 0;
    for (long p = 0; p < columns; p++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            taps += transposed_source(g, column + p, kx) >= 0;
    return taps;
}

struct transposed_row transposed_row_split(const struct geometry *g, struct tile tile) {
    enum { TAPS_MOST = 448 };    // multiply-adds of the borders, and of a block inside, in the function's text
    long width = g->large_width, stride = g->stride[1];
    // Whole strides, so that blocks inside the image are alike. A stride past the tile has single columns alone, and so
    // has a kernel whose multiply-adds for one block are too many to write out.
    long each = tile.rows * (g->kernel[1] / stride), all = g->small_width * g->kernel[1];
    if (stride > tile.rows || (each < all ? each : all) * tile.columns > TAPS_MOST)
        return (struct transposed_row){{width, width, 1}, true};
    long most = tile.rows / stride * stride, blocks = (width + most - 1) / most;
    long size = ((width + blocks - 1) / blocks + stride - 1) / stride * stride;
    // Blocks where every kernel column of every output column meets the image are alike.
    long reach = g->kernel[1] - 1 - g->padding[1], end = g->small_width * stride - g->padding[1];
    long first = reach > 0 ? (reach + size - 1) / size * size : 0;
    if (end > width) end = width;
    long last = end > first ? first + (end - first) / size * size : first;
    if (first >= last) first = last = width;
    bool many = first + width - last > TAPS_MOST;
    long taps = many ? 0 : (taps_count(g, 0, first) + taps_count(g, last, width - last)) * tile.columns;
    return (struct transposed_row){{first, last, size}, many || taps > TAPS_MOST};
}

static double transposed_block_cost(const struct machine *machine, const struct geometry *g, long column, int rows,
                                    int columns) {
    double taps = (double)taps_count(g, column, rows), work = taps * columns;
    struct transposed_span span = transposed_span(g, column, rows);
    double inputs = (double)(span.last - span.first + 1), wait = 0;
    // A column's multiply-adds wait for each other.
    for (int p = 0; p < rows; p++) {
        double chain = (double)taps_count(g, column + p, 1) * machine->chains;
        if (chain > wait) wait = chain;
    }
    // Weights that every multiply-add reads anew cost a load each.
    double loads = transposed_inputs_fit(machine, rows, columns, span)
                       ? 0.1 * inputs + 0.4 * (double)g->kernel[1] * columns
                       : 0.1 * inputs + 0.3 * work;
    return (work > wait ? work : wait) + loads + 0.5;
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

struct tile transposed_tile(const struct machine *machine, const struct geometry *g, bool packed) {
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

double transposed_cost(const struct machine *machine, const struct geometry *g, bool packed) {
    if (geometry_is_dense(g)) {
        struct geometry turned = geometry_turned(g);
        return convolve_cost(machine, &turned, packed);
    }
    // Pairs of a small image's row and a kernel's row that meet the large image.
    double rows = 0;
    for (long y = 0; y < g->small_height; y++) {
        long above = g->padding[0] - y * g->stride[0], below = g->large_height + above;
        long from = above > 0 ? above : 0, to = below < g->kernel[0] ? below : g->kernel[0];
        if (to > from) rows += (double)(to - from);
    }
    double cost = columns_cost(machine, g, transposed_tile(machine, g, packed),
                               columns_of(machine, g->large_channels, packed), row_cost);
    return rows * (double)g->small_channels * cost / (packed ? machine->lanes : 1);
}

// Output columns where all of the kernel's columns [kx, kx + taps) meet the large image.
struct segment taps_inside(const struct geometry *g, long kx, long taps) {
    long stride = g->stride[1], low = g->padding[1] - kx, high = g->large_width - 1 + g->padding[1] - (kx + taps - 1);
    long from = low > 0 ? (low + stride - 1) / stride : 0, to = high < 0 ? 0 : high / stride + 1;
    if (to > g->small_width) to = g->small_width;
    if (from > g->small_width) from = g->small_width;
    return (struct segment){from, to > from ? to : from, 1};
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

static double weight_tile_cost(const struct machine *machine, const struct geometry *g, struct weight_tile w) {
    long spans = (g->kernel[1] + w.taps - 1) / w.taps;
    double groups = (double)spans * (double)g->kernel[0];
    long rows = w.taps * g->large_channels, small = g->small_channels;
    double step = w.turned ? tile_total(machine, w.tile, small, columns_of(machine, rows, false), image_load)
                           : tile_total(machine, w.tile, rows, columns_of(machine, small, false), image_load);
    double positions = (double)g->small_height * (double)g->small_width;
    // Lanes that lie apart are read and written one by one, once for the samples that a block sees in a row.
    double samples = geometry_is_dense(g) ? WEIGHT_SAMPLES : 16, apart = w.turned ? 4.0 * machine->lanes / samples : 0;
    double vectors = (double)rows * (double)small / machine->lanes;
    return groups * (step * positions + apart * vectors);
}

struct weight_tile weight_tile(const struct machine *machine, const struct geometry *g) {
    struct weight_tile best = {{1, 1}, false, 1};
    int unit = g->panel ? PANEL / machine->lanes : 1;
    double least = 0;
    for (int turned = 0; turned <= (machine->macro && !g->panel); turned++)
        for (int c = unit; c <= TILE_COLUMNS_MAX; c += unit)
            for (int r = 1; r <= TILE_ROWS_MAX && tile_fits(machine, r, c); r++) {
                struct weight_tile w = {{r, c}, turned, (int)g->kernel[1]};
                if (g->padding[1]) w.taps = turned ? 1 : taps_choose(g, w.tile);
                double cost = weight_tile_cost(machine, g, w);
                if (least != 0 && cost >= least) continue;
                least = cost;
                best = w;
            }
    return best;
}

double weight_cost(const struct machine *machine, const struct geometry *g) {
    return weight_tile_cost(machine, g, weight_tile(machine, g));
}
