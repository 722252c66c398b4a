#include "compiler/nest/split.h"

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

struct segment columns_inside(const struct geometry *g) {
    long stride = g->stride[1], padding = g->padding[1], width = g->small_width;
    long first = (padding + stride - 1) / stride, room = g->large_width + padding - g->kernel[1];
    long last = room < 0 ? 0 : room / stride + 1;
    if (last > width) last = width;
    if (first > last) first = last = first < width ? first : width;
    return (struct segment){first, last, 1};
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

long transposed_pairs(const struct geometry *g, long column, long columns) {
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
    long taps = many ? 0 : (transposed_pairs(g, 0, first) + transposed_pairs(g, last, width - last)) * tile.columns;
    return (struct transposed_row){{first, last, size}, many || taps > TAPS_MOST};
}

// Output columns where all of the kernel's columns [kx, kx + taps) meet the large image.
struct segment taps_inside(const struct geometry *g, long kx, long taps) {
    long stride = g->stride[1], low = g->padding[1] - kx, high = g->large_width - 1 + g->padding[1] - (kx + taps - 1);
    long from = low > 0 ? (low + stride - 1) / stride : 0, to = high < 0 ? 0 : high / stride + 1;
    if (to > g->small_width) to = g->small_width;
    if (from > g->small_width) from = g->small_width;
    return (struct segment){from, to > from ? to : from, 1};
}
