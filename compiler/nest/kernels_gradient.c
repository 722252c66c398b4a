#include "compiler/nest/blocks.h"
#include "compiler/nest/kernels.h"

// Gradients of weights and biases. A weight's gradient is one chain of fused multiply-adds over (sample, y, x); it begins
// with what the array holds, so a slot can be walked in micro-batches of any size.
// Plain, a row of a block is one weight row (kernel column and large image's channel as one), a column a vector of the small
// image's channels. Turned, for few of those, a row is one of them and a column a vector of weight rows.

struct weight_block {
    struct weight_tile plan;
    const struct index *ky, *row;    // of the kernel; of (kx, large channel), the block's first
    const struct index *channel;     // of the small image, the block's first
    int rows, columns, lanes;        // lanes of the last column
    const struct index *tap;         // the first kernel column
    long kx, taps;                   // the same where it is a constant; how many there are
};

static int column_lanes(const struct builder *b, const struct weight_block *block, int column) {
    return column + 1 == block->columns ? block->lanes : b->machine->lanes;
}

static const char *sum_name(struct builder *b, const struct weight_block *block, int row, int column) {
    return builder_name(b, "sum", row * block->columns + column);
}

// A vector of the gradient.
static struct operand gradient_operand(struct builder *b, const struct weight_block *block, int row, int column) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    long across = (long)column * b->machine->lanes;
    const char *gradient = builder_array(b, "gradient", b->kernel->anchor, true);
    const struct index *rows =
        index_add(arena, index_multiply(arena, block->ky, g->kernel[1] * g->large_channels), block->row);
    struct operand operand;
    if (block->plan.turned)
        operand = operand_apart(gradient, weight_index(b, index_offset(arena, rows, across), block->channel, row),
                                g->small_channels);
    else
        operand = operand_memory(gradient, weight_index(b, index_offset(arena, rows, row), block->channel, across));
    operand.lanes = column_lanes(b, block, column);
    return operand;
}

// Moves the block's sums from the gradient into registers, or back.
static void sums_move(struct builder *b, const struct weight_block *block, bool back) {
    for (int i = 0; !back && i < block->rows * block->columns; i++)
        nest_add(&b->nest, STATEMENT_REGISTERS, builder_name(b, "sum", i))->lanes =
            column_lanes(b, block, i % block->columns);
    for (int column = 0; column < block->columns; column++) {
        struct statement *outer = nest_lanes(&b->nest, column_lanes(b, block, column));
        for (int row = 0; row < block->rows; row++) {
            struct operand sum = operand_register(sum_name(b, block, row, column));
            struct operand element = gradient_operand(b, block, row, column);
            struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
            move->a = back ? element : sum;
            move->b = back ? sum : element;
        }
        nest_end(&b->nest, outer);
    }
}

// Output rows where kernel row ky meets the large image: from..to.
struct range {
    const struct index *from, *to;
};

static struct range outputs_range(struct builder *b, const struct index *k, int axis) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    long stride = g->stride[axis], padding = g->padding[axis];
    long large = axis ? g->large_width : g->large_height, small = axis ? g->small_width : g->small_height;
    const struct index *up = index_multiply(arena, k, -1);
    const struct index *first = index_divide(arena, index_offset(arena, up, padding + stride - 1), stride);
    const struct index *end = index_divide(arena, index_offset(arena, up, large - 1 + padding + stride), stride);
    // Without padding every output is made of all kernel positions.
    if (padding == 0) return (struct range){index_constant(arena, 0), index_constant(arena, small)};
    return (struct range){index_max(arena, index_constant(arena, 0), first),
                          index_min(arena, index_constant(arena, small), end)};
}

static const struct index *range_loop(struct builder *b, const char *name, struct range range,
                                      struct statement **outer) {
    if (range.from->kind == INDEX_CONSTANT && range.to->kind == INDEX_CONSTANT &&
        range.from->constant < range.to->constant)
        return builder_loop(b, name, range.from->constant, range.to->constant, 1, outer);
    *outer = nest_loop(&b->nest, name, range.from, range.to, 1);
    return index_variable(b->arena, name, 0, range.to->most - 1);
}

// The images' elements at an output position, for the block's first weight row and channel.
static const struct index *large_index(struct builder *b, const struct weight_block *block, const struct index *sample,
                                       const struct index *y, const struct index *x) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct index *large_y =
        index_offset(arena, index_add(arena, index_multiply(arena, y, g->stride[0]), block->ky), -g->padding[0]);
    const struct index *large_x = index_offset(arena, index_multiply(arena, x, g->stride[1]), -g->padding[1]);
    return index_sum(arena,
                     index_multiply(arena, sample, (long)builder_storage(b, b->kernel->anchor->inputs[0])->stride),
                     index_multiply(arena, large_y, g->large_width * g->large_channels),
                     index_add(arena, index_multiply(arena, large_x, g->large_channels), block->row));
}

static const struct index *small_index(struct builder *b, const struct weight_block *block, const struct index *sample,
                                       const struct index *y, const struct index *x) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    return index_sum(arena,
                     index_multiply(arena, sample, (long)builder_storage(b, b->kernel->anchor->inputs[1])->stride),
                     index_multiply(arena, y, g->small_width * g->small_channels),
                     index_add(arena, index_multiply(arena, x, g->small_channels), block->channel));
}

static const char *column_name(struct builder *b, const struct weight_block *block, int column) {
    return block->columns == 1 ? "g" : builder_name(b, "g", column);
}

// One output position: rows [from, to) of the block with all of its columns.
static void weight_step(struct builder *b, const struct weight_block *block, const struct index *sample,
                        const struct index *y, const struct index *x, int from, int to) {
    const struct node *node = b->kernel->anchor;
    struct arena *arena = b->arena;
    const char *large = builder_array(b, "large", node->inputs[0], false);
    const char *small = builder_array(b, "small", node->inputs[1], false);
    const char *rows = block->plan.turned ? small : large, *columns = block->plan.turned ? large : small;
    const struct index *large_at = large_index(b, block, sample, y, x), *small_at = small_index(b, block, sample, y, x);
    const struct index *row_at = block->plan.turned ? small_at : large_at;
    const struct index *column_at = block->plan.turned ? large_at : small_at;
    struct statement *outer = nest_lanes(&b->nest, block->columns == 1 ? column_lanes(b, block, 0) : b->machine->lanes);
    for (int column = 0; column < block->columns; column++) {
        struct operand vector =
            operand_memory(columns, index_offset(arena, column_at, (long)column * b->machine->lanes));
        vector.lanes = column_lanes(b, block, column);
        nest_add(&b->nest, STATEMENT_LOAD, column_name(b, block, column))->a = vector;
    }
    for (int row = from; row < to; row++) {
        const char *name = builder_name(b, "t", row);
        nest_add(&b->nest, STATEMENT_LOAD, name)->a = operand_element(rows, index_offset(arena, row_at, row));
        for (int column = 0; column < block->columns; column++) {
            struct statement *fma = nest_add(&b->nest, STATEMENT_FMA, NULL);
            fma->a = operand_register(sum_name(b, block, row, column));
            fma->b = operand_value(name);
            fma->c = operand_value(column_name(b, block, column));
        }
    }
    nest_end(&b->nest, outer);
}

// A column of outputs at the border: only some of the block's kernel columns meet the image.
static void border_step(struct builder *b, const struct weight_block *block, const struct index *sample,
                        const struct index *y, long x) {
    const struct geometry *g = &b->geometry;
    long left = g->padding[1] - x * g->stride[1] - block->kx, right = left + g->large_width;
    long from = left > 0 ? left : 0, to = right < block->taps ? right : block->taps;
    if (from >= to) return;
    struct statement *outer = nest_scope(&b->nest);
    weight_step(b, block, sample, y, index_constant(b->arena, x), (int)(from * g->large_channels),
                (int)(to * g->large_channels));
    nest_end(&b->nest, outer);
}

static void positions_step(struct builder *b, const struct weight_block *block, const struct index *sample) {
    struct statement *y_outer, *x_outer;
    const struct index *y = range_loop(b, "y", outputs_range(b, block->ky, 0), &y_outer);
    struct segment inside = {0, b->geometry.small_width, 1};
    bool borders = b->geometry.padding[1] && block->plan.taps > 1;
    struct range range = {index_constant(b->arena, 0), index_constant(b->arena, inside.to)};
    if (b->geometry.padding[1] && !borders) range = outputs_range(b, block->tap, 1);
    if (borders) {
        inside = taps_inside(&b->geometry, block->kx, block->taps);
        range = (struct range){index_constant(b->arena, inside.from), index_constant(b->arena, inside.to)};
        for (long x = 0; x < inside.from; x++)
            border_step(b, block, sample, y, x);
    }
    if (!borders || inside.to > inside.from) {
        const struct index *x = range_loop(b, "x", range, &x_outer);
        weight_step(b, block, sample, y, x, 0, block->rows);
        nest_end(&b->nest, x_outer);
    }
    for (long x = inside.to; borders && x < b->geometry.small_width; x++)
        border_step(b, block, sample, y, x);
    nest_end(&b->nest, y_outer);
}

// One block of weights held in registers over all samples and positions.
static void weight_block_build(struct builder *b, const struct weight_block *block) {
    struct statement *sample_outer;
    bool dense = b->kernel->phase == PHASE_WEIGHTS;
    sums_move(b, block, false);
    const struct index *sample = index_variable(b->arena, "s", 0, INDEX_UNBOUNDED);
    if (dense)
        sample_outer = nest_loop(&b->nest, "s", index_variable(b->arena, "first", 0, INDEX_UNBOUNDED),
                                 index_variable(b->arena, "end", 0, INDEX_UNBOUNDED), 1);
    else
        sample = builder_samples(b, &sample_outer);
    positions_step(b, block, sample);
    nest_end(&b->nest, sample_outer);
    sums_move(b, block, true);
}

// Blocks of columns that stand side by side, `count` lanes in all.
static void columns_each(struct builder *b, struct weight_block *block, long count, int unit,
                         void (*body)(struct builder *, struct weight_block *, const struct index *)) {
    struct column_run runs[3];
    int run_count = columns_split(count, b->machine->lanes, block->plan.tile.columns, unit, runs);
    for (int i = 0; i < run_count; i++) {
        struct statement *outer = NULL;
        block->columns = runs[i].columns;
        block->lanes = runs[i].lanes;
        body(b, block, builder_run(b, &runs[i], &outer));
        builder_run_end(b, &runs[i], outer);
    }
}

// n rows, a tile of them at a time.
static void rows_each(struct builder *b, struct weight_block *block, const char *name, long n,
                      void (*body)(struct builder *, struct weight_block *, const struct index *)) {
    struct segment segments[2];
    int count = segments_split(0, n, block->plan.tile.rows, segments);
    for (int i = 0; i < count; i++) {
        struct statement *outer;
        const struct index *at = builder_loop(b, name, segments[i].from, segments[i].to, segments[i].tile, &outer);
        block->rows = (int)segments[i].tile;
        body(b, block, at);
        nest_end(&b->nest, outer);
    }
}

static const struct index *taps_first(struct builder *b, const struct weight_block *block) {
    return index_multiply(b->arena, block->tap, b->geometry.large_channels);
}

static void row_set(struct builder *b, struct weight_block *block, const struct index *at) {
    block->row = index_add(b->arena, taps_first(b, block), at);
    weight_block_build(b, block);
}

static void channel_set(struct builder *b, struct weight_block *block, const struct index *at) {
    block->channel = at;
    weight_block_build(b, block);
}

// The rows of a block's kernel columns; turned, their vectors, and the small image's channels for each.
static void taps_rows(struct builder *b, struct weight_block *block) {
    rows_each(b, block, "j", block->taps * b->geometry.large_channels, row_set);
}

static void turned_rows(struct builder *b, struct weight_block *block, const struct index *at) {
    block->row = index_add(b->arena, taps_first(b, block), at);
    rows_each(b, block, "i", b->geometry.small_channels, channel_set);
}

// Kernel columns a group at a time; without padding, all have the same outputs, and a group is all of them.
static void taps_each(struct builder *b, struct weight_block *block,
                      void (*body)(struct builder *, struct weight_block *)) {
    const struct geometry *g = &b->geometry;
    if (block->plan.taps == 1) {
        struct statement *outer;
        block->tap = builder_loop(b, "kx", 0, g->kernel[1], 1, &outer);
        block->taps = 1;
        body(b, block);
        nest_end(&b->nest, outer);
        return;
    }
    for (block->kx = 0; block->kx < g->kernel[1]; block->kx += block->plan.taps) {
        struct statement *outer = nest_scope(&b->nest);
        block->tap = index_constant(b->arena, block->kx);
        block->taps = g->kernel[1] - block->kx < block->plan.taps ? g->kernel[1] - block->kx : block->plan.taps;
        body(b, block);
        nest_end(&b->nest, outer);
    }
}

static void plain_columns(struct builder *b, struct weight_block *block, const struct index *at) {
    struct statement *outer;
    block->channel = at;
    block->ky = builder_loop(b, "ky", 0, b->geometry.kernel[0], 1, &outer);
    taps_each(b, block, taps_rows);
    nest_end(&b->nest, outer);
}

static void turned_taps(struct builder *b, struct weight_block *block) {
    columns_each(b, block, block->taps * b->geometry.large_channels, 1, turned_rows);
}

static void turned_columns(struct builder *b, struct weight_block *block) {
    struct statement *outer;
    block->ky = builder_loop(b, "ky", 0, b->geometry.kernel[0], 1, &outer);
    taps_each(b, block, turned_taps);
    nest_end(&b->nest, outer);
}

// A dense layer's: rows from..to of the weight. The task's rows are whole tiles but for the last of the layer.
static const struct index *task_loop(struct builder *b, long step, bool rest, struct statement **outer) {
    struct arena *arena = b->arena;
    const struct index *from = index_variable(arena, "from", 0, INDEX_UNBOUNDED);
    const struct index *to = index_variable(arena, "to", 0, INDEX_UNBOUNDED);
    const struct index *length = index_add(arena, to, index_multiply(arena, from, -1));
    long left = b->geometry.large_channels % step;
    const struct index *middle = index_add(arena, index_multiply(arena, index_divide(arena, length, step), step), from);
    *outer = nest_loop(&b->nest, "j", rest ? middle : from, rest ? to : middle, rest ? left : step);
    return index_variable(arena, "j", 0, INDEX_UNBOUNDED);
}

static void dense_rows(struct builder *b, struct weight_block *block, const struct index *at) {
    long step = block->plan.tile.rows;
    block->channel = at;
    for (int rest = 0; rest <= (b->geometry.large_channels % step != 0); rest++) {
        struct statement *outer;
        block->row = task_loop(b, step, rest, &outer);
        block->rows = (int)(rest ? b->geometry.large_channels % step : step);
        weight_block_build(b, block);
        nest_end(&b->nest, outer);
    }
}

static void dense_turned(struct builder *b, struct weight_block *block) {
    long lanes = b->machine->lanes, step = block->plan.tile.columns * lanes, left = b->geometry.large_channels % step;
    for (int rest = 0; rest <= (left != 0); rest++) {
        struct statement *outer;
        block->row = task_loop(b, step, rest, &outer);
        block->columns = (int)(rest ? (left + lanes - 1) / lanes : block->plan.tile.columns);
        block->lanes = (int)(rest && left % lanes ? left % lanes : lanes);
        rows_each(b, block, "i", b->geometry.small_channels, channel_set);
        nest_end(&b->nest, outer);
    }
}

// Samples of a dense layer's gradient a block at a time, so that the images' rows stay in the second-level cache; the
// sums go on where the block before left them.
static void dense_build(struct builder *b, struct weight_block *block) {
    const struct geometry *g = &b->geometry;
    const char *gradient = builder_array(b, "gradient", b->kernel->anchor, true);
    struct statement *outer;
    long width = g->panel ? g->panel : g->small_channels;
    const struct index *panel = builder_loop(b, "c", 0, g->small_channels, width, &outer);
    struct buffer at = {0};
    index_print(index_multiply(b->arena, panel, g->large_channels), &at);
    nest_add(&b->nest, STATEMENT_TEXT,
             arena_print(b->arena, "memset(%s + %s + from * %ld, 0, (size_t)(to - from) * %ld * sizeof(ae_real));",
                         gradient, at.text, width, width));
    buffer_free(&at);
    nest_end(&b->nest, outer);
    outer = nest_loop(&b->nest, "first", index_constant(b->arena, 0),
                      index_variable(b->arena, "samples", 0, INDEX_UNBOUNDED), WEIGHT_SAMPLES);
    nest_add(&b->nest, STATEMENT_TEXT,
             arena_print(b->arena, "const ptrdiff_t end = ae_least(first + %d, samples);", WEIGHT_SAMPLES));
    block->ky = index_constant(b->arena, 0);
    block->taps = 1;
    if (block->plan.turned)
        dense_turned(b, block);
    else
        columns_each(b, block, g->small_channels, g->panel ? PANEL / b->machine->lanes : 1, dense_rows);
    nest_end(&b->nest, outer);
}

void build_weight_gradient(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    builder_array(b, "large", node->inputs[0], false);
    builder_array(b, "small", node->inputs[1], false);
    builder_array(b, "gradient", node, true);
    struct weight_block block = {.plan = weight_tile(b->machine, g)};
    b->code->takes_range = b->kernel->phase == PHASE_WEIGHTS;
    if (b->code->takes_range)
        dense_build(b, &block);
    else if (block.plan.turned)
        turned_columns(b, &block);
    else
        columns_each(b, &block, g->small_channels, 1, plain_columns);
}

// Gradient of a bias: one chain a channel over (sample, y, x), some vectors of channels at a time.
enum { BIAS_COLUMNS = 4 };

static void bias_assign(struct builder *b, const struct index *channel, int columns, int last, bool back) {
    const char *gradient = builder_array(b, "gradient", b->kernel->anchor, true);
    for (int column = 0; column < columns; column++) {
        int lanes = column + 1 == columns ? last : b->machine->lanes;
        struct operand sum = operand_register(builder_name(b, "sum", column));
        struct operand element =
            operand_memory(gradient, index_offset(b->arena, channel, (long)column * b->machine->lanes));
        if (!back) nest_add(&b->nest, STATEMENT_REGISTERS, sum.name)->lanes = lanes;
        struct statement *outer = nest_lanes(&b->nest, lanes);
        struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
        move->a = back ? element : sum;
        move->b = back ? sum : element;
        nest_end(&b->nest, outer);
    }
}

static void bias_lanes(struct builder *b, const struct index *channel, int columns, int last) {
    const struct node *node = b->kernel->anchor, *image = node->inputs[0];
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    struct statement *sample_outer, *outer;
    bias_assign(b, channel, columns, last, false);
    const struct index *sample = builder_samples(b, &sample_outer);
    const struct index *position = builder_loop(b, "i", 0, g->large_height * g->large_width, 1, &outer);
    const struct index *at = index_sum(arena, index_multiply(arena, sample, (long)builder_storage(b, image)->stride),
                                       index_multiply(arena, position, g->large_channels), channel);
    for (int column = 0; column < columns; column++) {
        int lanes = column + 1 == columns ? last : b->machine->lanes;
        struct statement *lanes_outer = nest_lanes(&b->nest, lanes);
        struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
        add->a = operand_register(builder_name(b, "sum", column));
        add->b = operand_memory(builder_array(b, "image", image, false),
                                index_offset(arena, at, (long)column * b->machine->lanes));
        nest_end(&b->nest, lanes_outer);
    }
    nest_end(&b->nest, outer);
    nest_end(&b->nest, sample_outer);
    bias_assign(b, channel, columns, last, true);
}

static void partial_add(struct builder *b, const struct index *sample, const struct index *at, int vector) {
    const struct node *image = b->kernel->anchor->inputs[0];
    struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
    add->a = builder_partial(b, "partial", vector);
    add->b = operand_memory(
        builder_array(b, "image", image, false),
        index_add(b->arena, index_multiply(b->arena, sample, (long)builder_storage(b, image)->stride), at));
}

// One channel: partial sums over the positions of each sample, joined, then summed over the samples.
static void bias_one_channel(struct builder *b) {
    const struct geometry *g = &b->geometry;
    struct statement *sample_outer;
    const struct index *sample = builder_samples(b, &sample_outer);
    nest_add(&b->nest, STATEMENT_PARTIALS, "partial");
    builder_elements(b, g->large_height * g->large_width, true, partial_add, sample);
    nest_add(&b->nest, STATEMENT_JOIN, "sum")->a = operand_register("partial");
    struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
    add->a = operand_element(builder_array(b, "gradient", b->kernel->anchor, true), index_constant(b->arena, 0));
    add->b = operand_scalar("sum");
    nest_end(&b->nest, sample_outer);
}

void build_bias_sum(struct builder *b) {
    const struct geometry *g = &b->geometry;
    builder_array(b, "image", b->kernel->anchor->inputs[0], false);
    builder_array(b, "gradient", b->kernel->anchor, true);
    if (g->large_channels == 1 && g->large_height * g->large_width > 1) {
        bias_one_channel(b);
        return;
    }
    long lanes = b->machine->lanes, most = (b->machine->macro ? BIAS_COLUMNS : 1) * lanes;
    long full = g->large_channels / most * most, rest = g->large_channels - full;
    struct statement *outer;
    if (full) {
        const struct index *channel = builder_loop(b, "c", 0, full, most, &outer);
        bias_lanes(b, channel, (int)(most / lanes), (int)lanes);
        nest_end(&b->nest, outer);
    }
    if (rest)
        bias_lanes(b, index_constant(b->arena, full), (int)((rest + lanes - 1) / lanes),
                   (int)(rest % lanes ? rest % lanes : lanes));
}
