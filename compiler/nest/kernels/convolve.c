#include "compiler/nest/block.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// Convolutions: output[y][x][o] = bias[o] + sum over ky, kx, i of input[y * stride + ky - padding][...][i] * weight.
// Each sum is one chain of fused multiply-adds; docs/numerics.md has its order. A dense layer is a convolution of a 1x1
// image: rows of its blocks are samples.

// Rows and columns of the kernel that meet the image: from..to.
struct window {
    const struct index *ky_from, *ky_to, *kx_from, *kx_to;
};

// (kx, input channel) is one loop: both are side by side in image and weight.
static const struct index *taps_loop(struct nest *nest, const struct window *window) {
    long channels = nest->kernel->geometry.large_channels;
    const struct index *from = at_times(nest, window->kx_from, channels), *to = at_times(nest, window->kx_to, channels);
    if (from->kind == INDEX_CONSTANT && to->kind == INDEX_CONSTANT)
        return nest_loop(nest, "j", from->constant, to->constant, 1);
    return nest_loop_between(nest, "j", from, to, 1, from->least, to->most - 1);
}

// One step of every sum of the block: each row's input with each column's weight.
static void step_build(struct nest *nest, const struct block *block, const struct index *ky, const struct index *j) {
    const struct geometry *g = &nest->kernel->geometry;
    bool point = g->small_height * g->small_width == 1;
    int lanes = block->columns == 1 ? column_lanes(nest, block, at_constant(nest, 0)) : nest->machine->lanes;
    const struct symbol *weights = nest_value(nest, "w", block->columns, lanes);
    const struct symbol *inputs =
        nest_value(nest, "t", machine_names_registers(nest->machine) ? block->down * block->right : 1, lanes);
    nest_lanes(nest, lanes);
    for (long i = 0; i < block->columns; i++) {
        const struct index *column = at_constant(nest, i);
        nest_load(nest, weights, column, weight_operand(nest, block, ky, j, block->channel, column));
    }
    struct block_row row = rows_each(nest, block);
    const struct index *down = point ? block->y : at_add(nest, block->y, row.down);
    const struct index *right = point ? block->x : at_add(nest, block->x, row.right);
    const struct index *sample = point ? at_add(nest, block->sample, row.right) : block->sample;
    const struct index *y = at_plus(nest, at_add(nest, at_times(nest, down, g->stride[0]), ky), -g->padding[0]);
    const struct index *x = at_plus(nest, at_times(nest, right, g->stride[1]), -g->padding[1]);
    nest_load(nest, inputs, row.number,
              input_operand(nest, sample, y, at_add(nest, at_times(nest, x, g->large_channels), j)));
    for (long i = 0; i < block->columns; i++) {
        const struct index *column = at_constant(nest, i);
        nest_fma(nest, operand_register(block->sums, row.number, column), operand_value(inputs, row.number),
                 operand_value(weights, column));
    }
    nest_close(nest, 3);
}

static void block_build(struct nest *nest, struct block *block, const struct window *window) {
    sums_begin(nest, block);
    // Where padding is as wide as the kernel, outputs at the border meet nothing but it.
    if (window->kx_from->least < window->kx_to->most) {
        bool one_row = index_is_constant(window->ky_from, 0) && index_is_constant(window->ky_to, 1);
        const struct index *ky = at_constant(nest, 0);
        if (one_row)
            nest_scope(nest);
        else
            ky = nest_loop_between(nest, "ky", window->ky_from, window->ky_to, 1, 0,
                                   nest->kernel->geometry.kernel[0] - 1);
        const struct index *j = taps_loop(nest, window);
        step_build(nest, block, ky, j);
        nest_close(nest, 2);
    }
    sums_end(nest, block);
}

// Output columns from..to, `tile` at a time. Inside, every kernel column meets the image; at the border, where the tile
// is one column, those that do depend on it.
static void columns_build(struct nest *nest, struct block *block, struct segment columns, struct window window,
                          bool inside) {
    if (columns.from >= columns.to) return;
    block->x = nest_loop(nest, "x", columns.from, columns.to, columns.tile);
    block->right = columns.tile;
    window.kx_from = inside ? at_constant(nest, 0) : window_from(nest, block->x, 1);
    window.kx_to = inside ? at_constant(nest, nest->kernel->geometry.kernel[1]) : window_to(nest, block->x, 1);
    block_build(nest, block, &window);
    nest_close(nest, 1);
}

static void image_build(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    struct tile tile = nest->kernel->tiling.tile;
    // Narrow images fill the registers with several rows, where no padding makes the rows differ.
    long rows = g->padding[0] == 0 && g->small_width <= tile.rows ? tile.rows / g->small_width : 1;
    struct segment downs[2], inside = columns_inside(g), across[2];
    int down_count = segments_split(0, g->small_height, rows, downs);
    for (int i = 0; i < down_count; i++) {
        block->y = nest_loop(nest, "y", downs[i].from, downs[i].to, downs[i].tile);
        block->down = downs[i].tile;
        struct window window = {window_from(nest, block->y, 0), window_to(nest, block->y, 0), NULL, NULL};
        int count = segments_split(inside.from, inside.to - inside.from, tile.rows / block->down, across);
        columns_build(nest, block, (struct segment){0, inside.from, 1}, window, false);
        for (int j = 0; j < count; j++)
            columns_build(nest, block, across[j], window, true);
        columns_build(nest, block, (struct segment){inside.to, g->small_width, 1}, window, false);
        nest_close(nest, 1);
    }
}

static struct window point_window(struct nest *nest, const struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    long right = g->large_width + g->padding[1];
    return (struct window){window_from(nest, block->y, 0), window_to(nest, block->y, 0),
                           at_constant(nest, g->padding[1]),
                           at_constant(nest, right < g->kernel[1] ? right : g->kernel[1])};
}

// The block of a dense layer as a function of its own, for a machine that keeps loops: the number of rows is a constant
// wherever it is called.
static struct nest_part *point_part(struct nest *nest, const struct block *block, const struct symbol *rows,
                                    const struct symbol *sample) {
    struct nest_part *part = part_begin(nest, "block", true);
    struct block inner = *block;
    inner.rows = index_variable(nest->arena, rows, 1, block->right);
    inner.sample = at_symbol(nest, sample);
    struct window window = point_window(nest, &inner);
    block_build(nest, &inner, &window);
    part_end(nest, part);
    return part;
}

// Blocks of samples share the weight's rows: as many as fit the registers, then half as many, down to one.
static void point_build(struct nest *nest, struct block *block) {
    const struct index *samples = group_count(nest), *done = at_constant(nest, 0);
    long most = nest->kernel->tiling.tile.rows;
    block->y = block->x = at_constant(nest, 0);
    block->down = 1;
    block->right = most;
    const struct symbol *own[] = {nest_symbol(nest, SYMBOL_INDEX, "rows"), nest_symbol(nest, SYMBOL_INDEX, "s")};
    bool inlined = machine_names_registers(nest->machine) || most == 1;
    struct nest_part *part = inlined ? NULL : point_part(nest, block, own[0], own[1]);
    for (long rows = most; rows >= 1; rows /= 2) {
        const struct index *end = at_times(nest, index_divide(nest->arena, samples, rows), rows);
        block->sample = nest_loop_between(nest, "s", done, end, rows, 0, INDEX_UNBOUNDED);
        block->right = rows;
        struct window window = point_window(nest, block);
        const struct passed arguments[] = {passed_index(at_constant(nest, rows)), passed_index(block->sample)};
        if (part)
            part_call(nest, part, own, arguments, 2);
        else
            block_build(nest, block, &window);
        nest_close(nest, 1);
        done = end;
    }
}

void convolve_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    bool point = g->small_height * g->small_width == 1;
    long unit = g->panel && !is_packed(nest) ? PANEL / nest->machine->lanes : 1;
    struct block block = {0};
    struct column_run runs[3];
    finish_begin(nest, &block, g->small_channels);
    if (!point) block.sample = sample_groups(nest);
    int count = columns_split(g->small_channels, column_channels(nest), nest->kernel->tiling.tile.columns,
                              unit > 0 ? unit : 1, runs);
    for (int i = 0; i < count; i++) {
        block.columns = runs[i].columns;
        block.last_lanes = runs[i].lanes;
        block.channel = nest_columns(nest, &runs[i]);
        if (point)
            point_build(nest, &block);
        else
            image_build(nest, &block);
        nest_close(nest, 1);
    }
    if (!point) nest_close(nest, 1);
}

// output[y][x][o] = bias[o] + sum over ky, kx, i of input[y * stride + ky - padding][x * stride + kx - padding][i] *
// weight
static struct number convolve_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long o = element % g->small_channels, x = element / g->small_channels % g->small_width;
    long y = element / g->small_channels / g->small_width;
    struct number sum = formula_bias(f, o);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++) {
            long row = y * g->stride[0] + ky - g->padding[0], column = x * g->stride[1] + kx - g->padding[1];
            if (row < 0 || row >= g->large_height || column < 0 || column >= g->large_width) continue;
            for (long i = 0; i < g->large_channels; i++) {
                long at = (row * g->large_width + column) * g->large_channels + i;
                sum = formula_fma(f, sum, formula_sample(f, f->kernel->roles.input, sample, at),
                                  formula_shared(f, f->kernel->roles.weight, formula_weight_place(g, ky, kx, i, o)));
            }
        }
    return sum;
}

void convolve_formula(struct formula *f) {
    formula_samples(f, convolve_element);
}

void convolve_stem(const struct kernel_use *use, struct buffer *out) {
    stem_layer(use, out);
    buffer_print(out, "_%s", use->backward ? "backward" : "forward");
    stem_values(use, out);
}

// A dense layer in either direction: the transposed one has the repacked weight.
static const char *dense_comment(const struct kernel_use *use) {
    if (use->kernel->op == OP_CONVOLVE_TRANSPOSED)
        return use->backward
                   ? "//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight\n"
                   : "//   output[o] = bias[o] + sum over i of input[i] * weight[i][o], the transposed weight\n";
    return use->backward ? "//   d_input[o] = sum over i of d_output[i] * weight[i][o]\n"
                         : "//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]\n";
}

const char *convolve_comment(const struct kernel_use *use) {
    if (geometry_is_dense(&use->geometry)) return dense_comment(use);
    return use->backward
               ? "//   The gradient of a transposed convolution's input is the convolution of its output's gradient.\n"
                 "//   d_input[y][x][i] = sum over ky, kx, o of\n"
                 "//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]\n"
               : "//   output[y][x][o] = bias[o] + sum over ky, kx, i of\n"
                 "//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]\n";
}
