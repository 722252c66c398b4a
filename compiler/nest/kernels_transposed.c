#include "compiler/nest/kernels_convolve.h"

// Transposed convolution, gathered: output column X takes x where x * stride + kx - padding = X. For each kernel row,
// then each channel of the small image, kx goes upwards.

// Kernel rows (axis 0) or columns (axis 1) that bring something to one output row or column: from..to in steps of the
// stride; kernel index k takes the small image's (reach - k) / stride.
struct meeting {
    const struct index *reach, *from, *to;
};

static struct meeting transposed_meeting(struct builder *b, const struct index *output, int axis) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    long stride = g->stride[axis], size = axis ? g->small_width : g->small_height;
    const struct index *reach = index_offset(arena, output, g->padding[axis]);
    return (struct meeting){
        reach, index_max(arena, index_modulo(arena, reach, stride), index_offset(arena, reach, -(size - 1) * stride)),
        index_min(arena, index_constant(arena, g->kernel[axis]), index_offset(arena, reach, 1))};
}

// What the multiply-adds of one kernel row and channel need: the input's row, and the weight's.
struct taps {
    const struct index *row, *channel, *weight_row;
    long column;                    // the block's first one, of which the text is true up to a shift by whole blocks
    const struct index *shift;      // of the small image's columns, for that shift
    struct transposed_span span;    // columns of the small image that the block meets
};

static const char *tap_input(struct builder *b, const struct block *block, const struct taps *taps, long at) {
    const struct index *image_x = index_offset(b->arena, taps->shift, at);
    const struct index *place =
        index_sum(b->arena, taps->row, index_multiply(b->arena, image_x, b->geometry.small_channels), taps->channel);
    return input_load(b, (int)(at - taps->span.first), block->sample, place);
}

static const struct index *tap_weight(struct builder *b, const struct block *block, const struct taps *taps, long kx,
                                      int column) {
    return index_offset(b->arena, index_add(b->arena, taps->weight_row, block->channel),
                        kx * b->geometry.large_channels + column * column_channels(b));
}

// The inputs stand in registers, a kernel column's weights are read once.
static void taps_by_kernel(struct builder *b, struct block *block, const struct taps *taps) {
    const struct geometry *g = &b->geometry;
    for (long at = taps->span.first; at <= taps->span.last; at++)
        tap_input(b, block, taps, at);
    for (long kx = 0; kx < g->kernel[1]; kx++) {
        bool loaded = false;
        for (int p = 0; p < block->rows; p++) {
            long at = transposed_source(g, taps->column + p, kx);
            if (at < 0) continue;
            for (int column = 0; column < block->columns && !loaded; column++)
                weight_load(b, block, kx, column, tap_weight(b, block, taps, kx, column));
            loaded = true;
            for (int column = 0; column < block->columns; column++)
                multiply_add(b, sum_name(b, block, p, column), builder_name(b, "t", (int)(at - taps->span.first)),
                             weight_value(b, block, kx, column));
        }
    }
}

// An input stands in a register while its multiply-adds read their weights from memory: from the right to the left, so
// that kx goes upwards for every output.
static void taps_by_input(struct builder *b, struct block *block, const struct taps *taps) {
    const struct geometry *g = &b->geometry;
    for (long at = taps->span.last; at >= taps->span.first; at--) {
        const char *input = tap_input(b, block, taps, at);
        for (int p = 0; p < block->rows; p++) {
            long kx = taps->column + p + g->padding[1] - at * g->stride[1];
            if (kx < 0 || kx >= g->kernel[1]) continue;
            for (int column = 0; column < block->columns; column++)
                multiply_add(b, sum_name(b, block, p, column), input,
                             weight_operand(b, block, column, tap_weight(b, block, taps, kx, column)));
        }
    }
}

static void transposed_taps(struct builder *b, struct block *block, struct taps *taps) {
    const struct geometry *g = &b->geometry;
    taps->shift = index_divide(b->arena, index_offset(b->arena, block->x, -taps->column), g->stride[1]);
    taps->span = transposed_span(g, taps->column, block->rows);
    struct statement *outer = step_lanes(b, block);
    if (transposed_inputs_fit(b->machine, block->rows, block->columns, taps->span))
        taps_by_kernel(b, block, taps);
    else
        taps_by_input(b, block, taps);
    nest_end(&b->nest, outer);
}

// The multiply-adds of one kernel row and channel for a single column that is a variable: x walks the kernel's columns.
static void transposed_column_taps(struct builder *b, struct block *block, const struct taps *taps) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    struct meeting kx = transposed_meeting(b, block->x, 1);
    struct statement *outer = nest_loop(&b->nest, "kx", kx.from, kx.to, g->stride[1]);
    const struct index *at = index_variable(arena, "kx", 0, g->kernel[1] - 1);
    const struct index *image_x =
        index_divide(arena, index_add(arena, kx.reach, index_multiply(arena, at, -1)), g->stride[1]);
    struct statement *lanes = step_lanes(b, block);
    const char *input =
        input_load(b, 0, block->sample,
                   index_sum(arena, taps->row, index_multiply(arena, image_x, g->small_channels), taps->channel));
    for (int column = 0; column < block->columns; column++) {
        weight_load(b, block, 0, column,
                    index_sum(arena, taps->weight_row, index_multiply(arena, at, g->large_channels),
                              index_offset(arena, block->channel, column * column_channels(b))));
        multiply_add(b, sum_name(b, block, 0, column), input, weight_value(b, block, 0, column));
    }
    nest_end(&b->nest, lanes);
    nest_end(&b->nest, outer);
}

// A block of output columns; `column` is its first one, or -1 for a single column that is a variable.
static void transposed_block(struct builder *b, struct block *block, long column) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    long row_weights = g->kernel[1] * g->large_channels;
    sums_begin(b, block);
    struct meeting rows = transposed_meeting(b, block->y, 0);
    struct statement *channel_outer, *ky_outer = nest_loop(&b->nest, "ky", rows.from, rows.to, g->stride[0]);
    const struct index *ky = index_variable(arena, "ky", 0, g->kernel[0] - 1);
    const struct index *channel = builder_loop(b, "i", 0, g->small_channels, 1, &channel_outer);
    const struct index *image_y =
        index_divide(arena, index_add(arena, rows.reach, index_multiply(arena, ky, -1)), g->stride[0]);
    struct taps taps = {
        .row = index_multiply(arena, image_y, g->small_width * g->small_channels),
        .channel = channel,
        .weight_row =
            index_multiply(arena, index_add(arena, index_multiply(arena, ky, g->small_channels), channel), row_weights),
        .column = column,
    };
    if (column < 0)
        transposed_column_taps(b, block, &taps);
    else
        transposed_taps(b, block, &taps);
    nest_end(&b->nest, channel_outer);
    nest_end(&b->nest, ky_outer);
    block_epilogue(b, block, g->large_width, g->large_channels);
}

static void transposed_columns(struct builder *b, struct block *block, struct segment columns, bool variable) {
    struct statement *outer;
    block->x = builder_loop(b, "x", columns.from, columns.to, columns.tile, &outer);
    for (long p = 0; p < columns.tile; p++)
        block->positions[p] = (struct offset){0, 0, p};
    block->rows = (int)columns.tile;
    transposed_block(b, block, variable ? -1 : columns.from);
    nest_end(&b->nest, outer);
}

// Columns whose blocks differ from each other: each block is text of its own, or, where that would be long, they are one
// loop over single columns.
static void transposed_border(struct builder *b, struct block *block, long from, long to, long tile, bool single) {
    if (single) {
        if (to > from) transposed_columns(b, block, (struct segment){from, to, 1}, true);
        return;
    }
    for (; from < to; from += tile) {
        long end = from + tile < to ? from + tile : to;
        transposed_columns(b, block, (struct segment){from, end, end - from}, false);
    }
}

static void transposed_row(struct builder *b, struct block *block) {
    struct transposed_row row = transposed_row_split(&b->geometry, block->tile);
    transposed_border(b, block, 0, row.inside.from, row.inside.tile, row.single);
    if (row.inside.to > row.inside.from) transposed_columns(b, block, row.inside, false);
    transposed_border(b, block, row.inside.to, b->geometry.large_width, row.inside.tile, row.single);
}

static void transposed_lanes(struct builder *b, struct block *block) {
    struct statement *outer;
    block->y = builder_loop(b, "y", 0, b->geometry.large_height, 1, &outer);
    transposed_row(b, block);
    nest_end(&b->nest, outer);
}

// The transposed use of a dense layer is a dense layer on the repacked weight.
static void dense_transposed(struct builder *b) {
    b->geometry = geometry_turned(&b->geometry);
    build_convolve(b);
}

void build_transposed(struct builder *b) {
    const struct geometry *g = &b->geometry;
    if (geometry_is_dense(g)) {
        dense_transposed(b);
        return;
    }
    struct block block = {.tile = transposed_tile(b->machine, g, is_packed(b))};
    struct statement *outer;
    arrays_declare(b);
    block.sample = groups_loop(b, &outer);
    columns_each(b, g->large_channels, &block, transposed_lanes);
    nest_end(&b->nest, outer);
}
