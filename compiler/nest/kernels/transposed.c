#include "compiler/nest/block.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// Transposed convolution, gathered: output column x takes input column at where at * stride + kx - padding = x. For
// each kernel row, then each input channel, kx goes upwards; docs/numerics.md has the order.

// What the multiply-adds of one kernel row and input channel need.
struct taps {
    const struct index *ky, *y, *channel;    // y: the input's row
    long column;                             // the block's first output column, up to a shift by whole blocks
    const struct index *shift;               // of the input's columns, for that shift
    struct transposed_span span;             // input columns that the block meets
};

static struct operand tap_input(struct nest *nest, const struct block *block, const struct taps *taps,
                                const struct index *x) {
    long channels = nest->kernel->geometry.small_channels;
    return input_operand(nest, block->sample, taps->y, at_add(nest, at_times(nest, x, channels), taps->channel));
}

static struct operand tap_weight(struct nest *nest, const struct block *block, const struct taps *taps,
                                 const struct index *kx, const struct index *column) {
    const struct index *channel =
        at_add(nest, at_times(nest, kx, nest->kernel->geometry.large_channels), block->channel);
    return weight_operand(nest, block, taps->ky, taps->channel, channel, column);
}

static int step_lanes(const struct nest *nest, const struct block *block) {
    return block->columns == 1 && !is_packed(nest) ? block->last_lanes : nest->machine->lanes;
}

static void tap_fma(struct nest *nest, const struct block *block, long row, const struct index *column,
                    struct operand input, struct operand weight) {
    nest_fma(nest, operand_register(block->sums, at_constant(nest, row), column), input, weight);
}

// The inputs are in registers, a kernel column's weights are read once.
static void taps_by_kernel(struct nest *nest, const struct block *block, const struct taps *taps,
                           const struct symbol *inputs, const struct symbol *weights) {
    const struct geometry *g = &nest->kernel->geometry;
    for (long at = taps->span.first; at <= taps->span.last; at++)
        nest_load(nest, inputs, at_constant(nest, at - taps->span.first),
                  tap_input(nest, block, taps, at_plus(nest, taps->shift, at)));
    for (long kx = 0; kx < g->kernel[1]; kx++) {
        bool loaded = false;
        for (long row = 0; row < block->right; row++) {
            long at = transposed_source(g, taps->column + row, kx);
            if (at < 0) continue;
            for (long i = 0; i < block->columns; i++) {
                const struct index *column = at_constant(nest, i), *which = at_constant(nest, kx * block->columns + i);
                if (!loaded)
                    nest_load(nest, weights, which, tap_weight(nest, block, taps, at_constant(nest, kx), column));
            }
            loaded = true;
            for (long i = 0; i < block->columns; i++)
                tap_fma(nest, block, row, at_constant(nest, i),
                        operand_value(inputs, at_constant(nest, at - taps->span.first)),
                        operand_value(weights, at_constant(nest, kx * block->columns + i)));
        }
    }
}

// An input is in a register while its multiply-adds read their weights from memory: from the right to the left, so that
// kx goes upwards for every output.
static void taps_by_input(struct nest *nest, const struct block *block, const struct taps *taps,
                          const struct symbol *inputs) {
    const struct geometry *g = &nest->kernel->geometry;
    for (long at = taps->span.last; at >= taps->span.first; at--) {
        const struct index *which = at_constant(nest, at - taps->span.first);
        nest_load(nest, inputs, which, tap_input(nest, block, taps, at_plus(nest, taps->shift, at)));
        for (long row = 0; row < block->right; row++) {
            long kx = taps->column + row + g->padding[1] - at * g->stride[1];
            if (kx < 0 || kx >= g->kernel[1]) continue;
            for (long i = 0; i < block->columns; i++)
                tap_fma(nest, block, row, at_constant(nest, i), operand_value(inputs, which),
                        tap_weight(nest, block, taps, at_constant(nest, kx), at_constant(nest, i)));
        }
    }
}

// A block of output columns that follow each other: every multiply-add is written out.
static void taps_written(struct nest *nest, const struct block *block, struct taps *taps) {
    const struct geometry *g = &nest->kernel->geometry;
    int lanes = step_lanes(nest, block);
    taps->shift = index_divide(nest->arena, at_plus(nest, block->x, -taps->column), g->stride[1]);
    taps->span = transposed_span(g, taps->column, (int)block->right);
    long inputs = taps->span.last - taps->span.first + 1;
    const struct symbol *input = nest_value(nest, "t", inputs > 1 ? inputs : 2, lanes);
    nest_lanes(nest, lanes);
    if (transposed_inputs_fit(nest->machine, (int)block->right, (int)block->columns, taps->span))
        taps_by_kernel(nest, block, taps, input, nest_value(nest, "w", g->kernel[1] * block->columns + 1, lanes));
    else
        taps_by_input(nest, block, taps, input);
    nest_close(nest, 1);
}

static void taps_row(struct nest *nest, const struct block *block, const struct taps *taps, const struct index *kx,
                     const struct index *row) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *reach = at_add(nest, at_plus(nest, block->x, g->padding[1]), at_times(nest, kx, -1));
    const struct index *at = at_add(nest, index_divide(nest->arena, reach, g->stride[1]), row);
    const struct symbol *input = nest_value(nest, "t", 1, step_lanes(nest, block));
    nest_load(nest, input, NULL, tap_input(nest, block, taps, at));
    for (long i = 0; i < block->columns; i++)
        nest_fma(nest, operand_register(block->sums, row, at_constant(nest, i)), operand_value(input, NULL),
                 tap_weight(nest, block, taps, kx, at_constant(nest, i)));
}

// Kernel columns kx_from..kx_to in steps of the stride, all of which bring something to each row.
static void taps_looped(struct nest *nest, const struct block *block, const struct taps *taps,
                        const struct index *kx_from, const struct index *kx_to) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *kx = nest_loop_between(nest, "kx", kx_from, kx_to, g->stride[1], 0, g->kernel[1] - 1);
    nest_lanes(nest, step_lanes(nest, block));
    struct block_row row = rows_each(nest, block);
    taps_row(nest, block, taps, kx, row.right);
    nest_close(nest, 4);
}

// The same where some rows meet no input: input column q + row + (phase + padding - kx) / stride must be inside the
// image. The loop over kx is written out by compilers: then the bounds of the rows are constants, and the sums in
// registers.
static void taps_clipped(struct nest *nest, const struct block *block, const struct taps *taps,
                         const struct index *kx_from, const struct index *kx_to) {
    const struct geometry *g = &nest->kernel->geometry;
    long stride = g->stride[1];
    const struct index *kx = nest_loop_between(nest, "kx", kx_from, kx_to, stride, 0, g->kernel[1] - 1);
    nest->block->unroll = true;
    nest_lanes(nest, step_lanes(nest, block));
    const struct index *back = at_add(nest, kx, at_plus(nest, at_times(nest, block->x, -1), -g->padding[1]));
    const struct index *low = index_divide(nest->arena, at_plus(nest, back, stride - 1), stride);
    const struct index *high =
        index_divide(nest->arena, at_plus(nest, back, g->small_width * stride + stride - 1), stride);
    const struct index *from = index_max(nest->arena, at_constant(nest, 0), low);
    const struct index *to = index_min(nest->arena, at_constant(nest, block->right), high);
    const struct index *row = nest_loop_between(nest, "row", from, to, 1, 0, block->right - 1);
    nest->block->unroll = true;
    taps_row(nest, block, taps, kx, row);
    nest_close(nest, 3);
}

// Kernel rows (axis 0) or columns (axis 1) that bring something to output `at`: from..to in steps of the stride.
static void meeting(struct nest *nest, const struct index *at, int axis, const struct index **from,
                    const struct index **to) {
    const struct geometry *g = &nest->kernel->geometry;
    long stride = g->stride[axis], size = axis ? g->small_width : g->small_height;
    const struct index *reach = at_plus(nest, at, g->padding[axis]);
    *from =
        index_max(nest->arena, index_modulo(nest->arena, reach, stride), at_plus(nest, reach, -(size - 1) * stride));
    *to = index_min(nest->arena, at_constant(nest, g->kernel[axis]), at_plus(nest, reach, 1));
}

enum columns_kind { COLUMNS_WRITTEN, COLUMNS_SINGLE, COLUMNS_APART, COLUMNS_CLIPPED };

// A block of output columns. WRITTEN: they follow each other and `column` is the first; SINGLE: one column, a variable;
// APART: a stride apart, all of whose kernel columns meet the image; CLIPPED: a stride apart, some of whose do.
static void block_build(struct nest *nest, struct block *block, enum columns_kind kind, long column) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *from, *to;
    sums_begin(nest, block);
    meeting(nest, block->y, 0, &from, &to);
    const struct index *ky = nest_loop_between(nest, "ky", from, to, g->stride[0], 0, g->kernel[0] - 1);
    const struct index *reach = at_add(nest, at_plus(nest, block->y, g->padding[0]), at_times(nest, ky, -1));
    struct taps taps = {.ky = ky, .y = index_divide(nest->arena, reach, g->stride[0]), .column = column};
    taps.channel = nest_loop(nest, "i", 0, g->small_channels, 1);
    meeting(nest, block->x, 1, &from, &to);
    if (kind == COLUMNS_APART || kind == COLUMNS_CLIPPED) {
        from = index_modulo(nest->arena, at_plus(nest, block->x, g->padding[1]), g->stride[1]);
        to = at_constant(nest, g->kernel[1]);
    }
    if (kind == COLUMNS_WRITTEN)
        taps_written(nest, block, &taps);
    else if (kind == COLUMNS_CLIPPED)
        taps_clipped(nest, block, &taps, from, to);
    else
        taps_looped(nest, block, &taps, from, to);
    nest_close(nest, 2);
    sums_end(nest, block);
}

static void columns_build(struct nest *nest, struct block *block, struct segment columns, enum columns_kind kind) {
    if (columns.to <= columns.from) return;
    block->x = nest_loop(nest, "x", columns.from, columns.to, columns.tile);
    block->right = kind == COLUMNS_SINGLE ? 1 : columns.tile;
    block_build(nest, block, kind, columns.from);
    nest_close(nest, 1);
}

// Columns whose blocks differ from each other: each block is text of its own, or, where that would be long, they are
// one loop over single columns.
static void border_build(struct nest *nest, struct block *block, long from, long to, long tile, bool single) {
    if (single) {
        columns_build(nest, block, (struct segment){from, to, 1}, COLUMNS_SINGLE);
        return;
    }
    for (; from < to; from += tile) {
        long end = from + tile < to ? from + tile : to;
        columns_build(nest, block, (struct segment){from, end, end - from}, COLUMNS_WRITTEN);
    }
}

static void row_written(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    struct transposed_row row = transposed_row_split(g, nest->kernel->tiling.tile);
    border_build(nest, block, 0, row.inside.from, row.inside.tile, row.single);
    columns_build(nest, block, row.inside, COLUMNS_WRITTEN);
    border_build(nest, block, row.inside.to, g->large_width, row.inside.tile, row.single);
}

// Columns of one phase (x modulo the stride), where all of the phase's kernel columns meet the image: whole strides
// from..to.
static struct segment phase_inside(const struct geometry *g, long phase) {
    long stride = g->stride[1], first = (phase + g->padding[1]) % stride, offset = (phase + g->padding[1]) / stride;
    long count = (g->large_width - phase + stride - 1) / stride, taps = (g->kernel[1] - first + stride - 1) / stride;
    long from = taps - 1 - offset, to = g->small_width - offset;
    if (from < 0) from = 0;
    if (to > count) to = count;
    if (to < from) to = from = count;
    return (struct segment){from, to, 1};
}

// Blocks of the columns from..to of one phase, `tile` at a time.
static void phase_blocks(struct nest *nest, struct block *block, long phase, struct segment columns,
                         enum columns_kind kind) {
    struct segment segments[2];
    int count = segments_split(columns.from, columns.to - columns.from, nest->kernel->tiling.tile.rows, segments);
    for (int i = 0; i < count; i++) {
        // Which rows are clipped differs from block to block: each is text of its own.
        long from = segments[i].from, to = segments[i].to, tile = segments[i].tile;
        long step = kind == COLUMNS_CLIPPED ? tile : to - from;
        block->right = tile;
        for (; from < to; from += step) {
            const struct index *q = nest_loop(nest, "q", from, from + step, tile);
            block->x = at_plus(nest, at_times(nest, q, block->apart), phase);
            block_build(nest, block, kind, 0);
            nest_close(nest, 1);
        }
    }
}

// A row of outputs for a machine that keeps loops: the columns of one phase at a time, so that a block's rows are
// alike. Whole blocks inside are one loop; those before and after it are clipped.
static void row_phased(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    block->apart = g->stride[1];
    for (long phase = 0; phase < block->apart && phase < g->large_width; phase++) {
        struct segment inside = phase_inside(g, phase);
        long count = (g->large_width - phase + block->apart - 1) / block->apart, tile = nest->kernel->tiling.tile.rows;
        long from = (inside.from + tile - 1) / tile * tile;
        if (from > count) from = count;
        long to = inside.to > from ? from + (inside.to - from) / tile * tile : from;
        phase_blocks(nest, block, phase, (struct segment){0, from, 1}, COLUMNS_CLIPPED);
        phase_blocks(nest, block, phase, (struct segment){from, to, 1}, COLUMNS_APART);
        phase_blocks(nest, block, phase, (struct segment){to, count, 1}, COLUMNS_CLIPPED);
    }
}

void transposed_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    struct block block = {.down = 1, .apart = 1};
    struct column_run runs[3];
    finish_begin(nest, &block, g->large_channels);
    block.sample = sample_groups(nest);
    int count = columns_split(g->large_channels, column_channels(nest), nest->kernel->tiling.tile.columns, 1, runs);
    for (int i = 0; i < count; i++) {
        block.columns = runs[i].columns;
        block.last_lanes = runs[i].lanes;
        block.channel = nest_columns(nest, &runs[i]);
        block.y = nest_loop(nest, "y", 0, g->large_height, 1);
        if (machine_names_registers(nest->machine))
            row_written(nest, &block);
        else
            row_phased(nest, &block);
        nest_close(nest, 2);
    }
    nest_close(nest, 1);
}

// output[y][x][o] = bias[o] + sum over ky, i, kx of
//     input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
static struct number transposed_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long o = element % g->large_channels, x = element / g->large_channels % g->large_width;
    long y = element / g->large_channels / g->large_width;
    struct number sum = formula_bias(f, o);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long i = 0; i < g->small_channels; i++)
            for (long kx = 0; kx < g->kernel[1]; kx++) {
                long down = y + g->padding[0] - ky, across = x + g->padding[1] - kx;
                if (down < 0 || down % g->stride[0] || across < 0 || across % g->stride[1]) continue;
                long row = down / g->stride[0], column = across / g->stride[1];
                if (row >= g->small_height || column >= g->small_width) continue;
                long at = (row * g->small_width + column) * g->small_channels + i;
                long weight = ((ky * g->small_channels + i) * g->kernel[1] + kx) * g->large_channels + o;
                sum = formula_fma(f, sum, formula_sample(f, f->kernel->roles.input, sample, at),
                                  formula_shared(f, f->kernel->roles.weight, weight));
            }
    return sum;
}

void transposed_formula(struct formula *f) {
    formula_samples(f, transposed_element);
}

void transposed_stem(const struct kernel_use *use, struct buffer *out) {
    convolve_stem(use, out);
}

const char *transposed_comment(const struct kernel_use *use) {
    return use->backward
               ? "//   The gradient of a convolution's input is the transposed convolution of its output's gradient.\n"
                 "//   d_input[y][x][i] = sum over ky, o, kx, where the divisions leave no remainder, of\n"
                 "//       d_output[(y + padding - ky) / stride][(x + padding - kx) / stride][o] * "
                 "weight[ky][o][kx][i]\n"
               : "//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of\n"
                 "//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]\n";
}
