#include "kernels.h"

// Convolutions: sums of a block of positions stand in registers, output channels in the lanes, so that every output is
// one chain of fused multiply-adds. docs/numerics.md has the orders.

// A position of a block: how far it lies from the block's first one.
struct offset {
    long sample, y, x;
};

struct block {
    struct offset positions[2 * TILE];
    int count;
    const struct index *sample, *y, *x, *channel;
    int lanes;
    const struct index *ky_from, *ky_to, *kx_from, *kx_to;    // rows and columns of the kernel that meet the image
};

static void sums_begin(struct builder *b, int count, int lanes, const char *bias, const struct index *channel) {
    for (int p = 0; p < count; p++)
        nest_add(&b->nest, STATEMENT_REGISTERS, builder_name(b, "sum", p))->lanes = lanes;
    struct statement *outer = nest_lanes(&b->nest, lanes);
    for (int p = 0; p < count; p++) {
        struct statement *begin = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
        begin->a = operand_register(builder_name(b, "sum", p));
        begin->b = bias ? operand_memory(bias, channel) : operand_number(0);
    }
    nest_end(&b->nest, outer);
}

// Opens lanes in which w is the weight at `at`; multiply_add then adds scalar * w to a sum.
static struct statement *weight_lanes_open(struct builder *b, const char *weight, const struct index *at, int lanes) {
    struct statement *outer = nest_lanes(&b->nest, lanes);
    nest_add(&b->nest, STATEMENT_LOAD, "w")->a = operand_memory(weight, at);
    return outer;
}

static void multiply_add(struct builder *b, int sum, const char *scalar) {
    struct statement *fma = nest_add(&b->nest, STATEMENT_FMA, NULL);
    fma->a = operand_register(builder_name(b, "sum", sum));
    fma->b = operand_scalar(scalar);
    fma->c = operand_scalar("w");
}

static const char *scalar_load(struct builder *b, const char *stem, int number, const char *array,
                               const struct index *at) {
    const char *name = builder_name(b, stem, number);
    nest_add(&b->nest, STATEMENT_SCALAR, name)->a = operand_element(array, at);
    return name;
}

// Index of [y][x][channel] within an image.
static const struct index *image_index(struct arena *arena, const struct index *y, const struct index *x,
                                       const struct index *channel, int width, int channels) {
    return index_sum(arena, index_multiply(arena, y, (long)width * channels), index_multiply(arena, x, channels),
                     channel);
}

static void block_epilogue(struct builder *b, const struct block *block, int width, int channels) {
    for (int p = 0; p < block->count; p++) {
        const struct offset *position = &block->positions[p];
        const struct index *at =
            image_index(b->arena, index_offset(b->arena, block->y, position->y),
                        index_offset(b->arena, block->x, position->x), block->channel, width, channels);
        struct statement *outer = nest_lanes(&b->nest, block->lanes);
        builder_epilogue(b, builder_name(b, "sum", p), index_offset(b->arena, block->sample, position->sample), at);
        nest_end(&b->nest, outer);
    }
}

// Where the input lies that position p of the block multiplies with row ky, (kx, channel) j of the weight.
static const struct index *convolve_input(struct builder *b, const struct block *block, int p, const struct index *ky,
                                          const struct index *j) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct offset *o = &block->positions[p];
    long stride = (long)builder_storage(b, b->kernel->anchor->inputs[0])->stride;
    const struct index *down = index_multiply(arena, index_offset(arena, block->y, o->y), g->stride[0]);
    const struct index *right = index_multiply(arena, index_offset(arena, block->x, o->x), g->stride[1]);
    const struct index *at =
        image_index(arena, index_offset(arena, index_add(arena, down, ky), -g->padding[0]),
                    index_offset(arena, right, -g->padding[1]), j, g->large_width, g->large_channels);
    return index_add(arena, index_multiply(arena, index_offset(arena, block->sample, o->sample), stride), at);
}

static void convolve_multiply_add(struct builder *b, const struct block *block, const struct index *ky,
                                  const struct index *j) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *input = builder_array(b, "input", node->inputs[0], false);
    const char *weight = builder_array(b, "weight", node->inputs[1], false);
    for (int p = 0; p < block->count; p++)
        scalar_load(b, "t", p, input, convolve_input(b, block, p, ky, j));
    const struct index *row = index_add(arena, index_multiply(arena, ky, (long)g->kernel[1] * g->large_channels), j);
    const struct index *at = index_add(arena, index_multiply(arena, row, g->small_channels), block->channel);
    struct statement *outer = weight_lanes_open(b, weight, at, block->lanes);
    for (int p = 0; p < block->count; p++)
        multiply_add(b, p, builder_name(b, "t", p));
    nest_end(&b->nest, outer);
}

// The loop over (kx, input channel).
static const struct index *columns_loop(struct builder *b, const struct block *block, struct statement **outer) {
    long channels = b->geometry.large_channels;
    const struct index *from = index_multiply(b->arena, block->kx_from, channels);
    const struct index *to = index_multiply(b->arena, block->kx_to, channels);
    if (from->kind == INDEX_CONSTANT && to->kind == INDEX_CONSTANT)
        return builder_loop(b, "j", from->constant, to->constant, 1, outer);
    *outer = nest_loop(&b->nest, "j", from, to, 1);
    return index_variable(b->arena, "j", from->least, to->most - 1);
}

static void convolve_block(struct builder *b, const struct block *block) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    const char *bias = node->input_count == 3 ? builder_array(b, "bias", node->inputs[2], false) : NULL;
    sums_begin(b, block->count, block->lanes, bias, block->channel);
    // Where padding is as wide as the kernel, outputs at the border meet nothing but it.
    if (block->kx_from->least < block->kx_to->most) {
        bool one_row = block->ky_from->most == 0 && block->ky_to->least == 1 && block->ky_to->most == 1;
        const struct index *ky = index_variable(b->arena, "ky", 0, g->kernel[0] - 1);
        struct statement *j_outer,
            *ky_outer = one_row ? b->nest.block : nest_loop(&b->nest, "ky", block->ky_from, block->ky_to, 1);
        // (kx, input channel) is one loop: both lie side by side in image and weight.
        const struct index *j = columns_loop(b, block, &j_outer);
        convolve_multiply_add(b, block, ky, j);
        nest_end(&b->nest, j_outer);
        nest_end(&b->nest, ky_outer);
    }
    block_epilogue(b, block, g->small_width, g->small_channels);
}

// Calls `body` for each block of lanes: whole ones in a loop, then the rest.
static void lanes_each(struct builder *b, int channels, struct block *block,
                       void (*body)(struct builder *, struct block *)) {
    int full = channels / LANES * LANES;
    struct statement *outer;
    if (full) {
        block->channel = builder_loop(b, "c", 0, full, LANES, &outer);
        block->lanes = LANES;
        body(b, block);
        nest_end(&b->nest, outer);
    }
    if (channels > full) {
        block->channel = index_constant(b->arena, full);
        block->lanes = channels - full;
        body(b, block);
    }
}

// Rows of the kernel that meet the image for output row y.
static void kernel_rows(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct index *down = index_multiply(arena, block->y, -g->stride[0]), *zero = index_constant(arena, 0);
    block->ky_from = index_max(arena, zero, index_offset(arena, down, g->padding[0]));
    block->ky_to = index_min(arena, index_constant(arena, g->kernel[0]),
                             index_offset(arena, down, g->large_height + g->padding[0]));
}

// Output columns from..to, `tile` at a time, `rows` rows high. Inside, every kernel column meets the image; at the
// border, where the tile is one column, those that do depend on it.
static void convolve_columns(struct builder *b, struct block *block, struct segment columns, long rows, bool inside) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    struct statement *outer;
    if (columns.from >= columns.to) return;
    block->x = builder_loop(b, "x", columns.from, columns.to, columns.tile, &outer);
    block->kx_from = index_constant(arena, 0);
    block->kx_to = index_constant(arena, g->kernel[1]);
    if (!inside) {
        const struct index *left = index_multiply(arena, block->x, -g->stride[1]);
        block->kx_from = index_max(arena, block->kx_from, index_offset(arena, left, g->padding[1]));
        block->kx_to = index_min(arena, block->kx_to, index_offset(arena, left, g->large_width + g->padding[1]));
    }
    block->count = 0;
    for (long y = 0; y < rows; y++)
        for (long x = 0; x < columns.tile; x++)
            block->positions[block->count++] = (struct offset){0, y, x};
    convolve_block(b, block);
    nest_end(&b->nest, outer);
}

// A row of outputs, or a few: columns at the border, whose kernel sticks out of the image, one at a time.
static void convolve_row(struct builder *b, struct block *block, long rows) {
    const struct geometry *g = &b->geometry;
    long stride = g->stride[1], padding = g->padding[1], width = g->small_width;
    long first = (padding + stride - 1) / stride, room = g->large_width + padding - g->kernel[1];
    long last = room < 0 ? 0 : room / stride + 1;
    if (last > width) last = width;
    if (first > last) first = last = first < width ? first : width;
    struct segment segments[2];
    int count = segments_split(first, last - first, TILE / rows, segments);
    convolve_columns(b, block, (struct segment){0, first, 1}, rows, false);
    for (int i = 0; i < count; i++)
        convolve_columns(b, block, segments[i], rows, true);
    convolve_columns(b, block, (struct segment){last, width, 1}, rows, false);
}

static void convolve_lanes(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    // Narrow images fill the registers with several rows, where no padding makes the rows differ.
    long rows = g->small_width <= TILE / 2 && g->padding[0] == 0 ? TILE / g->small_width : 1;
    struct segment segments[2];
    int count = segments_split(0, g->small_height, rows, segments);
    for (int i = 0; i < count; i++) {
        struct statement *outer;
        block->y = builder_loop(b, "y", segments[i].from, segments[i].to, segments[i].tile, &outer);
        kernel_rows(b, block);
        convolve_row(b, block, segments[i].tile);
        nest_end(&b->nest, outer);
    }
}

// A 1x1 image (a dense layer): blocks of samples share the weight's rows.
static void dense_lanes(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    const struct index *samples = index_variable(b->arena, "samples", 0, INDEX_UNBOUNDED);
    const struct index *whole = index_multiply(b->arena, index_divide(b->arena, samples, TILE), TILE);
    block->y = block->x = index_constant(b->arena, 0);
    kernel_rows(b, block);
    long right = (long)g->large_width + g->padding[1];
    block->kx_from = index_constant(b->arena, g->padding[1]);
    block->kx_to = index_constant(b->arena, right < g->kernel[1] ? right : g->kernel[1]);
    block->sample = index_variable(b->arena, "s", 0, INDEX_UNBOUNDED);
    for (int tile = TILE; tile >= 1; tile -= TILE - 1) {
        for (int p = 0; p < tile; p++)
            block->positions[p] = (struct offset){p, 0, 0};
        block->count = tile;
        struct statement *outer = nest_loop(&b->nest, "s", tile == 1 ? whole : index_constant(b->arena, 0),
                                            tile == 1 ? samples : whole, tile);
        convolve_block(b, block);
        nest_end(&b->nest, outer);
    }
}

void build_convolve(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    builder_array(b, "input", node->inputs[0], false);
    builder_array(b, "weight", node->inputs[1], false);
    if (node->input_count == 3) builder_array(b, "bias", node->inputs[2], false);
    if (builder_storage(b, node)->place != PLACE_NONE) builder_array(b, "output", node, true);
    builder_prologue(b);
    struct block block = {0};
    if (g->small_height * g->small_width == 1) {
        lanes_each(b, g->small_channels, &block, dense_lanes);
        return;
    }
    struct statement *outer;
    block.sample = builder_samples(b, &outer);
    lanes_each(b, g->small_channels, &block, convolve_lanes);
    nest_end(&b->nest, outer);
}

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

static bool column_meets(const struct geometry *g, long column, long kx) {
    long x = column + g->padding[1] - kx;
    return x >= 0 && x % g->stride[1] == 0 && x / g->stride[1] < g->small_width;
}

// The multiply-adds of one kernel row and channel for the columns of a block. `column` is the block's first, of which
// the text is true up to a shift by whole blocks.
static void transposed_taps(struct builder *b, struct block *block, long column, const struct index *row,
                            const struct index *channel, const struct index *weight_row) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *x = builder_array(b, "input", node->inputs[0], false),
               *w = builder_array(b, "weight", node->inputs[1], false);
    const struct index *shift = index_divide(arena, index_offset(arena, block->x, -column), g->stride[1]);
    long first = 0, last = -1;
    for (int p = 0; p < block->count; p++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            if (column_meets(g, column + block->positions[p].x, kx)) {
                long at = (column + block->positions[p].x + g->padding[1] - kx) / g->stride[1];
                if (last < 0 || at < first) first = at;
                if (at > last) last = at;
            }
    for (long at = first; at <= last; at++) {
        const struct index *image_x = index_offset(arena, shift, at);
        scalar_load(
            b, "t", (int)(at - first), x,
            index_add(arena, row, index_add(arena, index_multiply(arena, image_x, g->small_channels), channel)));
    }
    for (long kx = 0; kx < g->kernel[1]; kx++) {
        const struct index *weight_at =
            index_offset(arena, index_add(arena, weight_row, block->channel), kx * g->large_channels);
        struct statement *outer = NULL;
        for (int p = 0; p < block->count; p++) {
            if (!column_meets(g, column + block->positions[p].x, kx)) continue;
            long at = (column + block->positions[p].x + g->padding[1] - kx) / g->stride[1];
            if (!outer) outer = weight_lanes_open(b, w, weight_at, block->lanes);
            multiply_add(b, p, builder_name(b, "t", (int)(at - first)));
        }
        if (outer) nest_end(&b->nest, outer);
    }
}

// The multiply-adds of one kernel row and channel for a single column that is a variable: x walks the kernel's columns.
static void transposed_column_taps(struct builder *b, struct block *block, const struct index *row,
                                   const struct index *channel, const struct index *weight_row) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *x = builder_array(b, "input", node->inputs[0], false);
    const char *w = builder_array(b, "weight", node->inputs[1], false);
    struct meeting kx = transposed_meeting(b, block->x, 1);
    struct statement *outer = nest_loop(&b->nest, "kx", kx.from, kx.to, g->stride[1]);
    const struct index *at = index_variable(arena, "kx", 0, g->kernel[1] - 1);
    const struct index *image_x =
        index_divide(arena, index_add(arena, kx.reach, index_multiply(arena, at, -1)), g->stride[1]);
    scalar_load(b, "t", 0, x, index_sum(arena, row, index_multiply(arena, image_x, g->small_channels), channel));
    struct statement *lanes = weight_lanes_open(
        b, w, index_sum(arena, weight_row, index_multiply(arena, at, g->large_channels), block->channel), block->lanes);
    multiply_add(b, 0, builder_name(b, "t", 0));
    nest_end(&b->nest, lanes);
    nest_end(&b->nest, outer);
}

// A block of output columns; `column` is its first one, or -1 for a single column that is a variable.
static void transposed_block(struct builder *b, struct block *block, long column) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *bias = node->input_count == 3 ? builder_array(b, "bias", node->inputs[2], false) : NULL;
    long stride = (long)builder_storage(b, node->inputs[0])->stride;
    long row_weights = (long)g->kernel[1] * g->large_channels;
    sums_begin(b, block->count, block->lanes, bias, block->channel);
    struct meeting rows = transposed_meeting(b, block->y, 0);
    struct statement *channel_outer, *ky_outer = nest_loop(&b->nest, "ky", rows.from, rows.to, g->stride[0]);
    const struct index *ky = index_variable(arena, "ky", 0, g->kernel[0] - 1);
    const struct index *channel = builder_loop(b, "i", 0, g->small_channels, 1, &channel_outer);
    const struct index *image_y =
        index_divide(arena, index_add(arena, rows.reach, index_multiply(arena, ky, -1)), g->stride[0]);
    const struct index *row = index_add(arena, index_multiply(arena, block->sample, stride),
                                        index_multiply(arena, image_y, (long)g->small_width * g->small_channels));
    const struct index *weight_row =
        index_multiply(arena, index_add(arena, index_multiply(arena, ky, g->small_channels), channel), row_weights);
    if (column < 0)
        transposed_column_taps(b, block, row, channel, weight_row);
    else
        transposed_taps(b, block, column, row, channel, weight_row);
    nest_end(&b->nest, channel_outer);
    nest_end(&b->nest, ky_outer);
    block_epilogue(b, block, g->large_width, g->large_channels);
}

// True when every kernel column of every output column in [from, to) meets the image: such blocks are alike.
static bool columns_inside(const struct geometry *g, long from, long to) {
    long reach_left = from + g->padding[1] - (g->kernel[1] - 1), reach_right = to - 1 + g->padding[1];
    return reach_left >= 0 && reach_right / g->stride[1] < g->small_width;
}

static void transposed_columns(struct builder *b, struct block *block, struct segment columns, bool variable) {
    struct statement *outer;
    block->x = builder_loop(b, "x", columns.from, columns.to, columns.tile, &outer);
    for (long p = 0; p < columns.tile; p++)
        block->positions[p] = (struct offset){0, 0, p};
    block->count = (int)columns.tile;
    transposed_block(b, block, variable ? -1 : columns.from);
    nest_end(&b->nest, outer);
}

// Columns whose blocks differ from each other: each block is text of its own while that is short, else they are one
// loop over single columns.
static void transposed_border(struct builder *b, struct block *block, long from, long to, long tile) {
    enum { TAPS_MOST = 512 };
    const struct geometry *g = &b->geometry;
    long taps = (to - from) * g->kernel[1] / g->stride[1];
    if (taps > TAPS_MOST || to - from > TAPS_MOST) {
        transposed_columns(b, block, (struct segment){from, to, 1}, true);
        return;
    }
    for (; from < to; from += tile) {
        long end = from + tile < to ? from + tile : to;
        transposed_columns(b, block, (struct segment){from, end, end - from}, false);
    }
}

static void transposed_row(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    long width = g->large_width, stride = g->stride[1];
    // Whole strides, so that blocks inside the image are alike; a stride past the tile has single columns alone.
    if (stride > TILE) {
        transposed_columns(b, block, (struct segment){0, width, 1}, true);
        return;
    }
    long most = TILE / stride * stride, blocks = (width + most - 1) / most;
    long tile = ((width + blocks - 1) / blocks + stride - 1) / stride * stride, first = 0;
    while (first < width && !columns_inside(g, first, first + tile))
        first += tile;
    long last = first;
    while (last + tile <= width && columns_inside(g, last, last + tile))
        last += tile;
    if (first >= last) first = last = width;
    transposed_border(b, block, 0, first, tile);
    if (last > first) transposed_columns(b, block, (struct segment){first, last, tile}, false);
    transposed_border(b, block, last, width, tile);
}

static void transposed_lanes(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    struct statement *outer;
    block->y = builder_loop(b, "y", 0, g->large_height, 1, &outer);
    transposed_row(b, block);
    nest_end(&b->nest, outer);
}

// The transposed use of a dense layer is a dense layer on the repacked weight.
static void dense_transposed(struct builder *b) {
    long channels = b->geometry.large_channels;
    b->geometry.large_channels = b->geometry.small_channels;
    b->geometry.small_channels = channels;
    build_convolve(b);
}

void build_transposed(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    if (geometry_is_dense(g)) {
        dense_transposed(b);
        return;
    }
    builder_array(b, "input", node->inputs[0], false);
    builder_array(b, "weight", node->inputs[1], false);
    if (node->input_count == 3) builder_array(b, "bias", node->inputs[2], false);
    if (builder_storage(b, node)->place != PLACE_NONE) builder_array(b, "output", node, true);
    builder_prologue(b);
    struct block block = {0};
    struct statement *outer;
    block.sample = builder_samples(b, &outer);
    lanes_each(b, g->large_channels, &block, transposed_lanes);
    nest_end(&b->nest, outer);
}
