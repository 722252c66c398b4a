#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// The gradient of a weight: gradient[ky][kx][l][s] += sum over samples, y, x of large[y * stride + ky - padding][x *
// stride + kx - padding][l] * small[y][x][s], one chain of fused multiply-adds over (sample, y, x). It begins with what
// the array holds, so a slot can be walked in micro-batches of any size.
//
// A row of a block is a weight row (kernel column and large channel as one), a column a vector of small channels.
// Turned, for few of those, a row is one small channel and a column a vector of weight rows.

struct block {
    const struct symbol *sums;
    const struct index *ky;
    const struct index *row;        // of (kx, large channel), the block's first
    const struct index *channel;    // of the small image, the block's first
    long rows, columns;
    int last_lanes;
    const struct index *tap;    // the first kernel column that the block spans
    long kx, taps;              // the same where it is a constant; how many there are
};

static int column_lanes(const struct nest *nest, const struct block *block, long column) {
    return column + 1 == block->columns ? block->last_lanes : nest->machine->lanes;
}

static struct operand gradient_operand(struct nest *nest, const struct block *block, const struct index *row,
                                       long column) {
    const struct geometry *g = &nest->kernel->geometry;
    bool turned = nest->kernel->tiling.turned;
    long across = column * nest->machine->lanes;
    const struct index *weight_row = at_add(nest, block->row, turned ? at_constant(nest, across) : row);
    const struct index *channel = at_add(nest, block->channel, turned ? row : at_constant(nest, across));
    struct operand operand;
    if (g->panel) {
        const long size[] = {g->small_channels / g->panel, g->large_channels, g->panel};
        const struct index *at[] = {
            at_plus(nest, index_divide(nest->arena, block->channel, g->panel), across / g->panel), weight_row,
            at_constant(nest, across % g->panel)};
        operand = operand_memory(nest_array(nest, nest->kernel->roles.output, 3, size), at);
    } else {
        const long size[] = {g->kernel[0], g->kernel[1] * g->large_channels, g->small_channels};
        int skip = g->kernel[0] == 1;
        const struct index *at[] = {block->ky, weight_row, channel};
        operand = operand_memory(nest_array(nest, nest->kernel->roles.output, 3 - skip, size + skip), at + skip);
        operand.lane_axis = turned ? 1 - skip : 2 - skip;
    }
    operand.lanes = column_lanes(nest, block, column);
    return operand;
}

static void sum_move(struct nest *nest, const struct block *block, const struct index *row, long column, bool back) {
    struct operand sum = operand_register(block->sums, row, at_constant(nest, column));
    struct operand element = gradient_operand(nest, block, row, column);
    nest_assign(nest, back ? element : sum, back ? sum : element);
}

// Moves the block's sums from the gradient into registers, or back. Rows are inside the lanes where a machine keeps
// loops: gcc takes a row of stores for a copy of memory, and then keeps all sums there.
static void sums_move(struct nest *nest, struct block *block, bool back) {
    bool names = machine_names_registers(nest->machine);
    if (!back)
        block->sums = nest_registers(nest, "sum", block->rows, block->columns, nest->machine->lanes, block->last_lanes);
    const struct index *row = names ? nest_each(nest, "row", block->rows) : NULL;
    for (long column = 0; column < block->columns; column++) {
        nest_lanes(nest, column_lanes(nest, block, column));
        sum_move(nest, block, names ? row : nest_each(nest, "row", block->rows), column, back);
        nest_close(nest, names ? 1 : 2);
    }
    if (names) nest_close(nest, 1);
}

// Output rows (axis 0) or columns where kernel index k meets the large image. Without padding all outputs do.
struct range {
    const struct index *from, *to;
};

static struct range outputs_range(struct nest *nest, const struct index *k, int axis) {
    const struct geometry *g = &nest->kernel->geometry;
    long stride = g->stride[axis], padding = g->padding[axis];
    long large = axis ? g->large_width : g->large_height, small = axis ? g->small_width : g->small_height;
    if (padding == 0) return (struct range){at_constant(nest, 0), at_constant(nest, small)};
    const struct index *up = at_times(nest, k, -1);
    const struct index *first = index_divide(nest->arena, at_plus(nest, up, padding + stride - 1), stride);
    const struct index *end = index_divide(nest->arena, at_plus(nest, up, large - 1 + padding + stride), stride);
    return (struct range){index_max(nest->arena, at_constant(nest, 0), first),
                          index_min(nest->arena, at_constant(nest, small), end)};
}

static const struct index *range_loop(struct nest *nest, const char *name, struct range range) {
    if (range.from->kind == INDEX_CONSTANT && range.to->kind == INDEX_CONSTANT &&
        range.from->constant < range.to->constant)
        return nest_loop(nest, name, range.from->constant, range.to->constant, 1);
    return nest_loop_between(nest, name, range.from, range.to, 1, 0, range.to->most - 1);
}

// An element of one of the two images: [sample][row][column and channel], of a 1x1 image [sample][channel].
static struct operand image_operand(struct nest *nest, int number, long height, long width, long channels,
                                    const struct index *sample, const struct index *y, const struct index *x_channel) {
    bool flat = height == 1;
    const long size[] = {0, flat ? (long)nest->kernel->arrays[number].stride : height, width * channels};
    const struct index *at[] = {sample, flat ? x_channel : y, x_channel};
    return operand_element(nest_array(nest, number, flat ? 2 : 3, size), at);
}

struct output_position {
    const struct index *sample, *y, *x;
};

static struct operand large_operand(struct nest *nest, const struct block *block, const struct output_position *p,
                                    const struct index *row) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *y = at_plus(nest, at_add(nest, at_times(nest, p->y, g->stride[0]), block->ky), -g->padding[0]);
    const struct index *x = at_plus(nest, at_times(nest, p->x, g->stride[1]), -g->padding[1]);
    const struct index *at = at_add(nest, at_times(nest, x, g->large_channels), at_add(nest, block->row, row));
    return image_operand(nest, nest->kernel->roles.input, g->large_height, g->large_width, g->large_channels, p->sample,
                         y, at);
}

static struct operand small_operand(struct nest *nest, const struct block *block, const struct output_position *p,
                                    const struct index *channel) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *at =
        at_add(nest, at_times(nest, p->x, g->small_channels), at_add(nest, block->channel, channel));
    return image_operand(nest, nest->kernel->roles.weight, g->small_height, g->small_width, g->small_channels,
                         p->sample, p->y, at);
}

// One output position: rows from..to of the block with all of its columns.
static void step_build(struct nest *nest, const struct block *block, const struct output_position *p,
                       const struct index *from, const struct index *to) {
    bool turned = nest->kernel->tiling.turned, names = machine_names_registers(nest->machine);
    int lanes = block->columns == 1 ? column_lanes(nest, block, 0) : nest->machine->lanes;
    const struct symbol *columns = nest_value(nest, "g", block->columns, lanes);
    const struct symbol *rows = nest_value(nest, "t", names ? block->rows : 1, lanes);
    bool all = index_is_constant(from, 0) && index_is_constant(to, block->rows);
    const struct index *row = NULL;
    // A loop over only some rows is outside of the lanes, so that a compiler makes vectors of them.
    if (!names && !all) row = nest_loop_between(nest, "row", from, to, 1, 0, block->rows - 1);
    nest_lanes(nest, lanes);
    for (long i = 0; i < block->columns; i++) {
        const struct index *across = at_constant(nest, i * nest->machine->lanes);
        struct operand vector = turned ? large_operand(nest, block, p, across) : small_operand(nest, block, p, across);
        vector.kind = OPERAND_MEMORY;
        vector.lane_axis = vector.symbol->rank - 1;
        vector.lanes = column_lanes(nest, block, i);
        nest_load(nest, columns, at_constant(nest, i), vector);
    }
    if (!row) {
        row = nest_loop(nest, "row", from->constant, to->constant, 1);
        nest->block->unroll = true;
    } else {
        nest_scope(nest);
    }
    nest_load(nest, rows, row, turned ? small_operand(nest, block, p, row) : large_operand(nest, block, p, row));
    for (long i = 0; i < block->columns; i++)
        nest_fma(nest, operand_register(block->sums, row, at_constant(nest, i)), operand_value(rows, row),
                 operand_value(columns, at_constant(nest, i)));
    nest_close(nest, !names && !all ? 3 : 2);
}

// Columns of outputs at the border, from..to, where only some of the block's kernel columns meet the image: text of its
// own for each where sums have names, otherwise a loop.
static void border_build(struct nest *nest, const struct block *block, struct output_position p, long from, long to) {
    const struct geometry *g = &nest->kernel->geometry;
    long shift = g->padding[1] - block->kx, step = machine_names_registers(nest->machine) ? 1 : to - from;
    for (long x = from; x < to; x += step) {
        p.x = nest_loop(nest, "x", x, x + step, 1);
        const struct index *left = at_plus(nest, at_times(nest, p.x, -g->stride[1]), shift);
        const struct index *first = index_max(nest->arena, at_constant(nest, 0), left);
        const struct index *end =
            index_min(nest->arena, at_constant(nest, block->taps), at_plus(nest, left, g->large_width));
        if (first->least < end->most)
            step_build(nest, block, &p, at_times(nest, first, g->large_channels),
                       at_times(nest, end, g->large_channels));
        nest_close(nest, 1);
    }
}

static void positions_build(struct nest *nest, const struct block *block, const struct index *sample) {
    const struct geometry *g = &nest->kernel->geometry;
    struct output_position p = {sample, range_loop(nest, "y", outputs_range(nest, block->ky, 0)), NULL};
    bool borders = g->padding[1] && nest->kernel->tiling.taps > 1;
    struct segment inside = {0, g->small_width, 1};
    struct range range = {at_constant(nest, 0), at_constant(nest, g->small_width)};
    if (borders) inside = taps_inside(g, block->kx, block->taps);
    if (borders) range = (struct range){at_constant(nest, inside.from), at_constant(nest, inside.to)};
    if (g->padding[1] && !borders) range = outputs_range(nest, block->tap, 1);
    if (borders) border_build(nest, block, p, 0, inside.from);
    if (inside.to > inside.from) {
        p.x = range_loop(nest, "x", range);
        step_build(nest, block, &p, at_constant(nest, 0), at_constant(nest, block->rows));
        nest_close(nest, 1);
    }
    if (borders) border_build(nest, block, p, inside.to, g->small_width);
    nest_close(nest, 1);
}

// One block of weights is in registers over all samples and positions.
static void block_build(struct nest *nest, struct block *block, const struct index *first, const struct index *end) {
    sums_move(nest, block, false);
    const struct index *sample =
        first ? nest_loop_between(nest, "s", first, end, 1, 0, INDEX_UNBOUNDED) : nest_samples(nest);
    positions_build(nest, block, sample);
    nest_close(nest, 1);
    sums_move(nest, block, true);
}

// A convolution's, plain: for each block of small channels, kernel row, group of kernel columns and block of their
// rows.
static void taps_plain(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    struct segment segments[2];
    int count = segments_split(0, block->taps * g->large_channels, nest->kernel->tiling.tile.rows, segments);
    for (int i = 0; i < count; i++) {
        const struct index *j = nest_loop(nest, "j", segments[i].from, segments[i].to, segments[i].tile);
        block->row = at_add(nest, at_times(nest, block->tap, g->large_channels), j);
        block->rows = segments[i].tile;
        block_build(nest, block, NULL, NULL);
        nest_close(nest, 1);
    }
}

// The small image's channels, a tile of them at a time, for rows that are set.
static void channels_turned(struct nest *nest, struct block *block, const struct index *first,
                            const struct index *end) {
    struct segment segments[2];
    int count = segments_split(0, nest->kernel->geometry.small_channels, nest->kernel->tiling.tile.rows, segments);
    for (int i = 0; i < count; i++) {
        block->channel = nest_loop(nest, "i", segments[i].from, segments[i].to, segments[i].tile);
        block->rows = segments[i].tile;
        block_build(nest, block, first, end);
        nest_close(nest, 1);
    }
}

static void taps_turned(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    struct column_run runs[3];
    int count = columns_split(block->taps * g->large_channels, nest->machine->lanes, nest->kernel->tiling.tile.columns,
                              1, runs);
    for (int i = 0; i < count; i++) {
        block->columns = runs[i].columns;
        block->last_lanes = runs[i].lanes;
        const struct index *c = nest_columns(nest, &runs[i]);
        block->row = at_add(nest, at_times(nest, block->tap, g->large_channels), c);
        channels_turned(nest, block, NULL, NULL);
        nest_close(nest, 1);
    }
}

// Kernel columns a group at a time; without padding all have the same outputs, and a group is all of them.
static void taps_build(struct nest *nest, struct block *block) {
    const struct tiling *tiling = &nest->kernel->tiling;
    long width = nest->kernel->geometry.kernel[1],
         groups = tiling->taps == 1 ? 1 : (width + tiling->taps - 1) / tiling->taps;
    block->ky = nest_loop(nest, "ky", 0, nest->kernel->geometry.kernel[0], 1);
    for (long i = 0; i < groups; i++) {
        block->kx = i * tiling->taps;
        block->taps = width - block->kx < tiling->taps ? width - block->kx : tiling->taps;
        block->tap = tiling->taps == 1 ? nest_loop(nest, "kx", 0, width, 1) : at_constant(nest, block->kx);
        if (tiling->taps > 1) nest_scope(nest);
        if (tiling->turned)
            taps_turned(nest, block);
        else
            taps_plain(nest, block);
        nest_close(nest, 1);
    }
    nest_close(nest, 1);
}

static void convolution_build(struct nest *nest, struct block *block) {
    struct column_run runs[3];
    if (nest->kernel->tiling.turned) {
        taps_build(nest, block);
        return;
    }
    int count = columns_split(nest->kernel->geometry.small_channels, nest->machine->lanes,
                              nest->kernel->tiling.tile.columns, 1, runs);
    for (int i = 0; i < count; i++) {
        block->columns = runs[i].columns;
        block->last_lanes = runs[i].lanes;
        block->channel = nest_columns(nest, &runs[i]);
        taps_build(nest, block);
        nest_close(nest, 1);
    }
}

// A dense layer's: rows from..to of the weight. A task's rows are whole steps but for the last of the layer.
static const struct index *task_loop(struct nest *nest, long step, bool rest) {
    struct arena *arena = nest->arena;
    const struct index *from = at_symbol(nest, nest->from), *to = at_symbol(nest, nest->to);
    const struct index *length = at_add(nest, to, at_times(nest, from, -1));
    long left = nest->kernel->geometry.large_channels % step;
    const struct index *middle = at_add(nest, at_times(nest, index_divide(arena, length, step), step), from);
    return nest_loop_between(nest, "j", rest ? middle : from, rest ? to : middle, rest ? left : step, 0,
                             INDEX_UNBOUNDED);
}

static void dense_plain(struct nest *nest, struct block *block, const struct index *first, const struct index *end) {
    const struct geometry *g = &nest->kernel->geometry;
    long step = nest->kernel->tiling.tile.rows, left = g->large_channels % step;
    struct column_run runs[3];
    int unit = g->panel && nest->machine->lanes < PANEL ? PANEL / nest->machine->lanes : 1;
    int count = columns_split(g->small_channels, nest->machine->lanes, nest->kernel->tiling.tile.columns, unit, runs);
    for (int i = 0; i < count; i++) {
        block->columns = runs[i].columns;
        block->last_lanes = runs[i].lanes;
        block->channel = nest_columns(nest, &runs[i]);
        for (int rest = g->large_channels < step; rest <= (left != 0); rest++) {
            block->row = task_loop(nest, step, rest);
            block->rows = rest ? left : step;
            block_build(nest, block, first, end);
            nest_close(nest, 1);
        }
        nest_close(nest, 1);
    }
}

static void dense_turned(struct nest *nest, struct block *block, const struct index *first, const struct index *end) {
    long lanes = nest->machine->lanes, step = nest->kernel->tiling.tile.columns * lanes;
    long rows = nest->kernel->geometry.large_channels, left = rows % step;
    for (int rest = rows < step; rest <= (left != 0); rest++) {
        block->row = task_loop(nest, step, rest);
        block->columns = rest ? (left + lanes - 1) / lanes : nest->kernel->tiling.tile.columns;
        block->last_lanes = (int)(rest && left % lanes ? left % lanes : lanes);
        channels_turned(nest, block, first, end);
        nest_close(nest, 1);
    }
}

// The task's rows of the gradient are set to 0, in each panel.
static void gradient_clear(struct nest *nest, struct block *block) {
    const struct geometry *g = &nest->kernel->geometry;
    long width = g->panel ? g->panel : g->small_channels;
    struct block cleared = *block;
    cleared.channel = nest_loop(nest, "c", 0, g->small_channels, width);
    cleared.row = at_symbol(nest, nest->from);
    cleared.columns = 1;
    struct statement *zero = nest_call(nest, CALL_ZERO);
    struct operand place = gradient_operand(nest, &cleared, at_constant(nest, 0), 0);
    place.kind = OPERAND_ELEMENT;
    const struct index *rows = at_add(nest, at_symbol(nest, nest->to), at_times(nest, at_symbol(nest, nest->from), -1));
    call_place(nest, zero, place);
    call_index(nest, zero, at_times(nest, rows, width));
    nest_close(nest, 1);
}

// Samples of a dense layer's gradient a block at a time, so that the images' rows stay in the second-level cache; the
// sums go on where the block before left them.
static void dense_build(struct nest *nest, struct block *block) {
    const struct index *samples = at_symbol(nest, nest->samples);
    block->ky = block->tap = at_constant(nest, 0);
    block->taps = 1;
    gradient_clear(nest, block);
    const struct index *first =
        nest_loop_between(nest, "first", at_constant(nest, 0), samples, WEIGHT_SAMPLES, 0, INDEX_UNBOUNDED);
    struct statement *end = nest_add(nest, STATEMENT_INDEX);
    end->symbol = nest_symbol(nest, SYMBOL_INDEX, "end");
    end->from = index_min(nest->arena, at_plus(nest, first, WEIGHT_SAMPLES), samples);
    if (nest->kernel->tiling.turned)
        dense_turned(nest, block, first, at_symbol(nest, end->symbol));
    else
        dense_plain(nest, block, first, at_symbol(nest, end->symbol));
    nest_close(nest, 1);
}

void weight_gradient_build(struct nest *nest) {
    struct block block = {0};
    if (nest->kernel->whole_batch)
        dense_build(nest, &block);
    else
        convolution_build(nest, &block);
}

// gradient[ky][kx][l][s] += sum over samples, y, x of
//     large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
static struct number weight_gradient_element(const struct formula *f, long ky, long kx, long l, long s) {
    const struct geometry *g = &f->kernel->geometry;
    const struct kernel_roles *roles = &f->kernel->roles;
    struct number sum = f->kernel->whole_batch
                            ? formula_constant(f, 0)
                            : formula_shared(f, roles->output, formula_weight_place(g, ky, kx, l, s));
    for (long sample = 0; sample < f->samples; sample++)
        for (long y = 0; y < g->small_height; y++)
            for (long x = 0; x < g->small_width; x++) {
                long row = y * g->stride[0] + ky - g->padding[0], column = x * g->stride[1] + kx - g->padding[1];
                if (row < 0 || row >= g->large_height || column < 0 || column >= g->large_width) continue;
                long large = (row * g->large_width + column) * g->large_channels + l;
                long small = (y * g->small_width + x) * g->small_channels + s;
                sum = formula_fma(f, sum, formula_sample(f, roles->input, sample, large),
                                  formula_sample(f, roles->weight, sample, small));
            }
    return sum;
}

void weight_gradient_formula(struct formula *f) {
    const struct geometry *g = &f->kernel->geometry;
    // Set to 0, then a block of samples after the other.
    long stores = f->kernel->whole_batch ? 1 + (f->samples + WEIGHT_SAMPLES - 1) / WEIGHT_SAMPLES : 1;
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < g->large_channels; l++)
                for (long s = 0; s < g->small_channels; s++)
                    formula_expects(f, f->kernel->roles.output, 0, formula_weight_place(g, ky, kx, l, s),
                                    weight_gradient_element(f, ky, kx, l, s), stores);
}

void weight_gradient_stem(const struct kernel_use *use, struct buffer *out) {
    stem_layer(use, out);
    buffer_print(out, "_weight_gradient");
}

const char *weight_gradient_comment(const struct kernel_use *use) {
    if (geometry_is_dense(&use->geometry)) return "//   gradient[i][o] = sum over samples of input[i] * d_output[o]\n";
    return "//   gradient[ky][kx][l][s] += sum over samples, y, x of\n"
           "//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]\n";
}
