#include "compiler/nest/kernels_convolve.h"

// Convolutions: a block of sums stands in registers, each one chain of fused multiply-adds. docs/numerics.md has the
// orders. In the plain layout a row of the block is a position, whose input is one number for all lanes, and a column is a
// vector of output channels. Packed, samples stand in the lanes: a row's input is a vector, and a column is one output
// channel, whose weight is one number for all lanes.

bool is_packed(const struct builder *b) {
    return b->kernel->anchor->packed;
}

long column_channels(const struct builder *b) {
    return is_packed(b) ? 1 : b->machine->lanes;
}

static int column_lanes(const struct builder *b, const struct block *block, int column) {
    return column + 1 == block->columns && !is_packed(b) ? block->lanes : b->machine->lanes;
}

// Columns that must stay together: those of a panel.
static long tile_unit(const struct builder *b) {
    return b->geometry.panel && !is_packed(b) ? PANEL / b->machine->lanes : 1;
}

const char *sum_name(struct builder *b, const struct block *block, int row, int column) {
    return builder_name(b, "sum", row * block->columns + column);
}

// A value's place for a sample: plain [sample][at]; packed [group][at][lane].
static const struct index *sample_index(struct builder *b, const struct node *node, const struct index *sample,
                                        const struct index *at) {
    long lanes = is_packed(b) ? b->machine->lanes : 1;
    return index_add(b->arena, index_multiply(b->arena, sample, (long)builder_storage(b, node)->stride * lanes),
                     index_multiply(b->arena, at, lanes));
}

void sums_begin(struct builder *b, const struct block *block) {
    const struct node *node = b->kernel->anchor;
    const char *bias = node->input_count == 3 ? builder_array(b, "bias", node->inputs[2], false) : NULL;
    for (int i = 0; i < block->rows * block->columns; i++)
        nest_add(&b->nest, STATEMENT_REGISTERS, builder_name(b, "sum", i))->lanes =
            column_lanes(b, block, i % block->columns);
    for (int column = 0; column < block->columns; column++) {
        const struct index *channel = index_offset(b->arena, block->channel, column * column_channels(b));
        struct statement *outer = nest_lanes(&b->nest, column_lanes(b, block, column));
        for (int row = 0; row < block->rows; row++) {
            struct statement *begin = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
            begin->a = operand_register(sum_name(b, block, row, column));
            begin->b = !bias          ? operand_number(0)
                       : is_packed(b) ? operand_element(bias, channel)
                                      : operand_memory(bias, channel);
        }
        nest_end(&b->nest, outer);
    }
}

const char *input_load(struct builder *b, int number, const struct index *sample, const struct index *at) {
    const struct node *image = b->kernel->anchor->inputs[0];
    const char *input = builder_array(b, "input", image, false), *name = builder_name(b, "t", number);
    const struct index *place = sample_index(b, image, sample, at);
    nest_add(&b->nest, STATEMENT_LOAD, name)->a =
        is_packed(b) ? operand_memory(input, place) : operand_element(input, place);
    return name;
}

struct operand weight_operand(struct builder *b, const struct block *block, int column, const struct index *at) {
    const char *weight = builder_array(b, "weight", b->kernel->anchor->inputs[1], false);
    struct operand operand = is_packed(b) ? operand_element(weight, at) : operand_memory(weight, at);
    operand.lanes = column_lanes(b, block, column);
    return operand;
}

void multiply_add(struct builder *b, const char *sum, const char *input, struct operand weight) {
    struct statement *fma = nest_add(&b->nest, STATEMENT_FMA, NULL);
    fma->a = operand_register(sum);
    fma->b = operand_value(input);
    fma->c = weight;
}

static const char *weight_name(struct builder *b, const struct block *block, long tap, int column) {
    return block->columns == 1 ? builder_name(b, "w", (int)tap) : arena_print(b->arena, "w%ld_%d", tap, column);
}

void weight_load(struct builder *b, const struct block *block, long tap, int column, const struct index *at) {
    nest_add(&b->nest, STATEMENT_LOAD, weight_name(b, block, tap, column))->a = weight_operand(b, block, column, at);
}

struct operand weight_value(struct builder *b, const struct block *block, long tap, int column) {
    return operand_value(weight_name(b, block, tap, column));
}

// Index of [y][x][channel] within an image.
static const struct index *image_index(struct arena *arena, const struct index *y, const struct index *x,
                                       const struct index *channel, long width, long channels) {
    return index_sum(arena, index_multiply(arena, y, width * channels), index_multiply(arena, x, channels), channel);
}

void block_epilogue(struct builder *b, const struct block *block, long width, long channels) {
    const struct node *node = b->kernel->anchor;
    for (int row = 0; row < block->rows; row++) {
        const struct offset *position = &block->positions[row];
        const struct index *sample = index_offset(b->arena, block->sample, position->sample);
        for (int column = 0; column < block->columns; column++) {
            const struct index *at = image_index(
                b->arena, index_offset(b->arena, block->y, position->y), index_offset(b->arena, block->x, position->x),
                index_offset(b->arena, block->channel, column * column_channels(b)), width, channels);
            struct statement *outer = nest_lanes(&b->nest, column_lanes(b, block, column));
            if (is_packed(b)) {
                struct statement *store = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
                store->a = operand_memory(builder_array(b, "output", node, true), sample_index(b, node, sample, at));
                store->b = operand_register(sum_name(b, block, row, column));
            } else {
                builder_epilogue(b, sum_name(b, block, row, column), sample, at, 0);
            }
            nest_end(&b->nest, outer);
        }
    }
}

// Where the input lies that position p of the block multiplies with row ky, (kx, channel) j of the weight.
static const struct index *convolve_input(struct builder *b, const struct block *block, int p, const struct index *ky,
                                          const struct index *j) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct offset *o = &block->positions[p];
    const struct index *down = index_multiply(arena, index_offset(arena, block->y, o->y), g->stride[0]);
    const struct index *right = index_multiply(arena, index_offset(arena, block->x, o->x), g->stride[1]);
    return image_index(arena, index_offset(arena, index_add(arena, down, ky), -g->padding[0]),
                       index_offset(arena, right, -g->padding[1]), j, g->large_width, g->large_channels);
}

struct statement *step_lanes(struct builder *b, const struct block *block) {
    return nest_lanes(&b->nest, block->columns == 1 ? column_lanes(b, block, 0) : b->machine->lanes);
}

static void convolve_step(struct builder *b, const struct block *block, const struct index *ky, const struct index *j) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const struct index *row = index_add(arena, index_multiply(arena, ky, g->kernel[1] * g->large_channels), j);
    struct statement *outer = step_lanes(b, block);
    for (int column = 0; column < block->columns; column++)
        weight_load(b, block, 0, column, weight_index(b, row, block->channel, column * column_channels(b)));
    for (int p = 0; p < block->rows; p++) {
        const struct index *sample = index_offset(arena, block->sample, block->positions[p].sample);
        const char *input = input_load(b, p, sample, convolve_input(b, block, p, ky, j));
        for (int column = 0; column < block->columns; column++)
            multiply_add(b, sum_name(b, block, p, column), input, weight_value(b, block, 0, column));
    }
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
    const struct geometry *g = &b->geometry;
    sums_begin(b, block);
    // Where padding is as wide as the kernel, outputs at the border meet nothing but it.
    if (block->kx_from->least < block->kx_to->most) {
        bool one_row = block->ky_from->most == 0 && block->ky_to->least == 1 && block->ky_to->most == 1;
        const struct index *ky = index_variable(b->arena, "ky", 0, g->kernel[0] - 1);
        struct statement *j_outer,
            *ky_outer = one_row ? b->nest.block : nest_loop(&b->nest, "ky", block->ky_from, block->ky_to, 1);
        // (kx, input channel) is one loop: both lie side by side in image and weight.
        const struct index *j = columns_loop(b, block, &j_outer);
        convolve_step(b, block, ky, j);
        nest_end(&b->nest, j_outer);
        nest_end(&b->nest, ky_outer);
    }
    block_epilogue(b, block, g->small_width, g->small_channels);
}

void columns_each(struct builder *b, long channels, struct block *block,
                  void (*body)(struct builder *, struct block *)) {
    struct column_run runs[3];
    int count = columns_split(channels, column_channels(b), block->tile.columns, tile_unit(b), runs);
    for (int i = 0; i < count; i++) {
        struct statement *outer = NULL;
        block->columns = runs[i].columns;
        block->lanes = runs[i].lanes;
        block->channel = builder_run(b, &runs[i], &outer);
        body(b, block);
        builder_run_end(b, &runs[i], outer);
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
    block->rows = 0;
    for (long y = 0; y < rows; y++)
        for (long x = 0; x < columns.tile; x++)
            block->positions[block->rows++] = (struct offset){0, y, x};
    convolve_block(b, block);
    nest_end(&b->nest, outer);
}

// A row of outputs, or a few: columns at the border, whose kernel sticks out of the image, one at a time.
static void convolve_row(struct builder *b, struct block *block, long rows) {
    const struct geometry *g = &b->geometry;
    struct segment inside = columns_inside(g), segments[2];
    int count = segments_split(inside.from, inside.to - inside.from, block->tile.rows / rows, segments);
    convolve_columns(b, block, (struct segment){0, inside.from, 1}, rows, false);
    for (int i = 0; i < count; i++)
        convolve_columns(b, block, segments[i], rows, true);
    convolve_columns(b, block, (struct segment){inside.to, g->small_width, 1}, rows, false);
}

static void convolve_lanes(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    // Narrow images fill the registers with several rows, where no padding makes the rows differ.
    long rows = g->padding[0] == 0 && g->small_width <= block->tile.rows ? block->tile.rows / g->small_width : 1;
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

static const struct index *groups_count(struct builder *b) {
    const struct index *samples = index_variable(b->arena, "samples", 0, INDEX_UNBOUNDED);
    long lanes = b->machine->lanes;
    return is_packed(b) ? index_divide(b->arena, index_offset(b->arena, samples, lanes - 1), lanes) : samples;
}

// A 1x1 image (a dense layer): blocks of samples share the weight's rows, as many as fit the registers, then half as many,
// down to one.
static void dense_lanes(struct builder *b, struct block *block) {
    const struct geometry *g = &b->geometry;
    const struct index *samples = groups_count(b), *done = index_constant(b->arena, 0);
    block->y = block->x = index_constant(b->arena, 0);
    kernel_rows(b, block);
    long right = g->large_width + g->padding[1];
    block->kx_from = index_constant(b->arena, g->padding[1]);
    block->kx_to = index_constant(b->arena, right < g->kernel[1] ? right : g->kernel[1]);
    block->sample = index_variable(b->arena, "s", 0, INDEX_UNBOUNDED);
    for (int tile = block->tile.rows; tile >= 1; tile /= 2) {
        for (int p = 0; p < tile; p++)
            block->positions[p] = (struct offset){p, 0, 0};
        block->rows = tile;
        const struct index *end = index_multiply(b->arena, index_divide(b->arena, samples, tile), tile);
        struct statement *outer = nest_loop(&b->nest, "s", done, end, tile);
        convolve_block(b, block);
        nest_end(&b->nest, outer);
        done = end;
    }
}

void arrays_declare(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    builder_array(b, "input", node->inputs[0], false);
    builder_array(b, "weight", node->inputs[1], false);
    if (node->input_count == 3) builder_array(b, "bias", node->inputs[2], false);
    if (builder_storage(b, node)->place != PLACE_NONE) builder_array(b, "output", node, true);
    builder_prologue(b);
}

const struct index *groups_loop(struct builder *b, struct statement **outer) {
    if (!is_packed(b)) return builder_samples(b, outer);
    *outer = nest_loop(&b->nest, "g", index_constant(b->arena, 0), groups_count(b), 1);
    return index_variable(b->arena, "g", 0, INDEX_UNBOUNDED);
}

void build_convolve(struct builder *b) {
    const struct geometry *g = &b->geometry;
    struct block block = {.tile = convolve_tile(b->machine, g, is_packed(b))};
    arrays_declare(b);
    if (g->small_height * g->small_width == 1) {
        columns_each(b, g->small_channels, &block, dense_lanes);
        return;
    }
    struct statement *outer;
    block.sample = groups_loop(b, &outer);
    columns_each(b, g->small_channels, &block, convolve_lanes);
    nest_end(&b->nest, outer);
}
