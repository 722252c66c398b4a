#include "kernels.h"

// Gradients of weights and biases. A weight's gradient is one chain of fused multiply-adds over (sample, y, x); it begins
// with what the array holds, so a slot can be walked in micro-batches of any size.

struct weight_block {
    const struct index *ky, *row;    // of the kernel; of (kx, input channel), the block's first
    const struct index *channel;
    int lanes, rows;
    const struct index *kx;    // its kernel column where columns are apart, for the range of x
};

static const struct index *gradient_index(struct builder *b, const struct weight_block *block, int row) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct index *rows =
        index_sum(arena, index_multiply(arena, block->ky, (long)g->kernel[1] * g->large_channels), block->row,
                  index_constant(arena, row));
    return index_add(arena, index_multiply(arena, rows, g->small_channels), block->channel);
}

// Moves the block's sums from the gradient into registers, or back.
static void sums_move(struct builder *b, const struct weight_block *block, const char *gradient, bool back) {
    for (int r = 0; !back && r < block->rows; r++)
        nest_add(&b->nest, STATEMENT_REGISTERS, builder_name(b, "sum", r))->lanes = block->lanes;
    struct statement *outer = nest_lanes(&b->nest, block->lanes);
    for (int r = 0; r < block->rows; r++) {
        struct operand sum = operand_register(builder_name(b, "sum", r));
        struct operand element = operand_memory(gradient, gradient_index(b, block, r));
        struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
        move->a = back ? element : sum;
        move->b = back ? sum : element;
    }
    nest_end(&b->nest, outer);
}

// Output rows (axis 0) or columns (axis 1) where kernel index k meets the large image: from..to.
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

static void weight_multiply_add(struct builder *b, const struct weight_block *block, const struct index *sample,
                                const struct index *y, const struct index *x) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *large = builder_array(b, "large", node->inputs[0], false);
    const char *small = builder_array(b, "small", node->inputs[1], false);
    const struct index *large_y =
        index_offset(arena, index_add(arena, index_multiply(arena, y, g->stride[0]), block->ky), -g->padding[0]);
    const struct index *large_x = index_offset(arena, index_multiply(arena, x, g->stride[1]), -g->padding[1]);
    const struct index *large_at =
        index_sum(arena, index_multiply(arena, sample, (long)builder_storage(b, node->inputs[0])->stride),
                  index_multiply(arena, large_y, (long)g->large_width * g->large_channels),
                  index_add(arena, index_multiply(arena, large_x, g->large_channels), block->row));
    const struct index *small_at =
        index_sum(arena, index_multiply(arena, sample, (long)builder_storage(b, node->inputs[1])->stride),
                  index_multiply(arena, y, (long)g->small_width * g->small_channels),
                  index_add(arena, index_multiply(arena, x, g->small_channels), block->channel));
    for (int r = 0; r < block->rows; r++)
        nest_add(&b->nest, STATEMENT_SCALAR, builder_name(b, "t", r))->a =
            operand_element(large, index_offset(arena, large_at, r));
    struct statement *outer = nest_lanes(&b->nest, block->lanes);
    nest_add(&b->nest, STATEMENT_LOAD, "g")->a = operand_memory(small, small_at);
    for (int r = 0; r < block->rows; r++) {
        struct statement *fma = nest_add(&b->nest, STATEMENT_FMA, NULL);
        fma->a = operand_register(builder_name(b, "sum", r));
        fma->b = operand_scalar(builder_name(b, "t", r));
        fma->c = operand_scalar("g");
    }
    nest_end(&b->nest, outer);
}

// One block of weights held in registers over all samples and positions.
static void weight_block_build(struct builder *b, const struct weight_block *block) {
    const char *gradient = builder_array(b, "gradient", b->kernel->anchor, true);
    sums_move(b, block, gradient, false);
    struct statement *sample_outer, *y_outer, *x_outer;
    const struct index *sample = builder_samples(b, &sample_outer);
    const struct index *y = range_loop(b, "y", outputs_range(b, block->ky, 0), &y_outer);
    const struct index *x = range_loop(b, "x", outputs_range(b, block->kx, 1), &x_outer);
    weight_multiply_add(b, block, sample, y, x);
    nest_end(&b->nest, x_outer);
    nest_end(&b->nest, y_outer);
    nest_end(&b->nest, sample_outer);
    sums_move(b, block, gradient, true);
}

// n rows of the weight from `first` on (kx and input channel as one), a tile of them at a time.
static void weight_rows(struct builder *b, struct weight_block *block, const struct index *first, long n) {
    struct segment segments[2];
    int count = segments_split(0, n, TILE, segments);
    for (int i = 0; i < count; i++) {
        struct statement *outer;
        const struct index *row = builder_loop(b, "j", segments[i].from, segments[i].to, segments[i].tile, &outer);
        block->row = index_add(b->arena, first, row);
        block->rows = (int)segments[i].tile;
        weight_block_build(b, block);
        nest_end(&b->nest, outer);
    }
}

// Without padding all kernel columns have the same range of x, and (kx, input channel) is one loop.
static void weight_lanes(struct builder *b, struct weight_block *block) {
    const struct geometry *g = &b->geometry;
    struct statement *ky_outer, *kx_outer;
    block->ky = builder_loop(b, "ky", 0, g->kernel[0], 1, &ky_outer);
    if (g->padding[1] == 0) {
        block->kx = index_constant(b->arena, 0);
        weight_rows(b, block, block->kx, (long)g->kernel[1] * g->large_channels);
    } else {
        block->kx = builder_loop(b, "kx", 0, g->kernel[1], 1, &kx_outer);
        weight_rows(b, block, index_multiply(b->arena, block->kx, g->large_channels), g->large_channels);
        nest_end(&b->nest, kx_outer);
    }
    nest_end(&b->nest, ky_outer);
}

// A dense layer's: rows from..to of the weight, over all samples of the batch; the sums begin at zero.
static void dense_weight_lanes(struct builder *b, struct weight_block *block) {
    struct arena *arena = b->arena;
    const struct index *from = index_variable(arena, "from", 0, INDEX_UNBOUNDED);
    const struct index *to = index_variable(arena, "to", 0, INDEX_UNBOUNDED);
    const struct index *length = index_add(arena, to, index_multiply(arena, from, -1));
    const struct index *middle = index_add(arena, index_multiply(arena, index_divide(arena, length, TILE), TILE), from);
    block->ky = block->kx = index_constant(arena, 0);
    block->row = index_variable(arena, "j", 0, INDEX_UNBOUNDED);
    for (int tile = TILE; tile >= 1; tile -= TILE - 1) {
        struct statement *outer = nest_loop(&b->nest, "j", tile == 1 ? middle : from, tile == 1 ? to : middle, tile);
        block->rows = tile;
        weight_block_build(b, block);
        nest_end(&b->nest, outer);
    }
}

void build_weight_gradient(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    builder_array(b, "large", node->inputs[0], false);
    builder_array(b, "small", node->inputs[1], false);
    builder_array(b, "gradient", node, true);
    struct weight_block block = {0};
    bool dense = b->kernel->phase == PHASE_WEIGHTS;
    b->code->takes_range = dense;
    long full = g->small_channels / LANES * LANES;
    struct statement *outer;
    if (full) {
        block.channel = builder_loop(b, "c", 0, full, LANES, &outer);
        block.lanes = LANES;
        (dense ? dense_weight_lanes : weight_lanes)(b, &block);
        nest_end(&b->nest, outer);
    }
    if (g->small_channels > full) {
        block.channel = index_constant(b->arena, full);
        block.lanes = g->small_channels - full;
        (dense ? dense_weight_lanes : weight_lanes)(b, &block);
    }
}

static void bias_assign(struct builder *b, int lanes, const struct index *channel, bool back) {
    const char *gradient = builder_array(b, "gradient", b->kernel->anchor, true);
    struct statement *outer = nest_lanes(&b->nest, lanes);
    struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
    move->a = back ? operand_memory(gradient, channel) : operand_register("sum");
    move->b = back ? operand_register("sum") : operand_memory(gradient, channel);
    nest_end(&b->nest, outer);
}

// One chain a channel over (sample, y, x).
static void bias_lanes(struct builder *b, const struct index *channel, int lanes) {
    const struct node *node = b->kernel->anchor, *image = node->inputs[0];
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    struct statement *sample_outer, *outer;
    nest_add(&b->nest, STATEMENT_REGISTERS, "sum")->lanes = lanes;
    bias_assign(b, lanes, channel, false);
    const struct index *sample = builder_samples(b, &sample_outer);
    const struct index *position = builder_loop(b, "i", 0, (long)g->large_height * g->large_width, 1, &outer);
    struct statement *lanes_outer = nest_lanes(&b->nest, lanes);
    struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
    add->a = operand_register("sum");
    add->b = operand_memory(builder_array(b, "image", image, false),
                            index_sum(arena, index_multiply(arena, sample, (long)builder_storage(b, image)->stride),
                                      index_multiply(arena, position, g->large_channels), channel));
    nest_end(&b->nest, lanes_outer);
    nest_end(&b->nest, outer);
    nest_end(&b->nest, sample_outer);
    bias_assign(b, lanes, channel, true);
}

static void partial_add(struct builder *b, const struct index *sample, const struct index *position, int lanes) {
    const struct node *image = b->kernel->anchor->inputs[0];
    struct statement *outer = nest_lanes(&b->nest, lanes);
    struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
    add->a = builder_partial(b, "partial");
    add->b = operand_memory(
        builder_array(b, "image", image, false),
        index_add(b->arena, index_multiply(b->arena, sample, (long)builder_storage(b, image)->stride), position));
    nest_end(&b->nest, outer);
}

// One channel: 16 partial sums over the positions of each sample, joined, then summed over the samples.
static void bias_one_channel(struct builder *b) {
    const struct geometry *g = &b->geometry;
    const struct index *zero = index_constant(b->arena, 0);
    long count = (long)g->large_height * g->large_width, full = count / LANES * LANES;
    struct statement *sample_outer, *outer;
    const struct index *sample = builder_samples(b, &sample_outer);
    nest_add(&b->nest, STATEMENT_REGISTERS, "partial")->lanes = LANES;
    outer = nest_lanes(&b->nest, LANES);
    struct statement *clear = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
    clear->a = operand_register("partial");
    clear->b = operand_number(0);
    nest_end(&b->nest, outer);
    if (full) {
        const struct index *position = builder_loop(b, "i", 0, full, LANES, &outer);
        partial_add(b, sample, position, LANES);
        nest_end(&b->nest, outer);
    }
    if (count > full) partial_add(b, sample, index_constant(b->arena, full), (int)(count - full));
    nest_add(&b->nest, STATEMENT_JOIN, "sum")->a = operand_register("partial");
    struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
    add->a = operand_element(builder_array(b, "gradient", b->kernel->anchor, true), zero);
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
    long full = g->large_channels / LANES * LANES;
    struct statement *outer;
    if (full) {
        const struct index *channel = builder_loop(b, "c", 0, full, LANES, &outer);
        bias_lanes(b, channel, LANES);
        nest_end(&b->nest, outer);
    }
    if (g->large_channels > full) bias_lanes(b, index_constant(b->arena, full), g->large_channels - full);
}
