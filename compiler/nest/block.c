#include "compiler/nest/block.h"

bool is_packed(const struct nest *nest) {
    return nest->kernel->tiling.packed;
}

long column_channels(const struct nest *nest) {
    return is_packed(nest) ? 1 : nest->machine->lanes;
}

int column_lanes(const struct nest *nest, const struct block *block, const struct index *column) {
    bool last = index_is_constant(column, block->columns - 1);
    return last && !is_packed(nest) ? block->last_lanes : nest->machine->lanes;
}

struct block_row rows_each(struct nest *nest, const struct block *block) {
    struct block_row row;
    row.down = nest_each(nest, "down", block->down);
    if (block->rows) {
        row.right = nest_loop_between(nest, "row", at_constant(nest, 0), block->rows, 1, 0, block->right - 1);
        nest->block->unroll = true;
    } else {
        row.right = nest_each(nest, "row", block->right);
    }
    row.number = at_add(nest, at_times(nest, row.down, block->right), row.right);
    return row;
}

// The shape of an image of a sample in an array: [sample][height][width * channels], without a dimension of 1; packed
// the lanes are one dimension more. Returns the rank.
static int image_shape(const struct nest *nest, long stride, long height, long width, long channels, long *size) {
    int rank = 0;
    size[rank++] = 0;
    if (height > 1) size[rank++] = height;
    size[rank++] = height > 1 ? width * channels : stride;
    if (is_packed(nest)) size[rank++] = nest->machine->lanes;
    return rank;
}

static struct operand image_operand(struct nest *nest, int number, long height, long width, long channels,
                                    const struct index *sample, const struct index *y, const struct index *x_channel) {
    long size[NEST_RANK_MAX];
    int rank = image_shape(nest, (long)nest->kernel->arrays[number].stride, height, width, channels, size), i = 0;
    const struct index *at[NEST_RANK_MAX];
    at[i++] = sample;
    if (height > 1) at[i++] = y;
    at[i++] = x_channel;
    if (is_packed(nest)) at[i++] = at_constant(nest, 0);
    const struct symbol *array = nest_array(nest, number, rank, size);
    return is_packed(nest) ? operand_memory(array, at) : operand_element(array, at);
}

struct operand input_operand(struct nest *nest, const struct index *sample, const struct index *y,
                             const struct index *x_channel) {
    const struct geometry *g = &nest->kernel->geometry;
    bool up = nest->kernel->kind == KERNEL_TRANSPOSED;
    return image_operand(nest, nest->kernel->roles.input, up ? g->small_height : g->large_height,
                         up ? g->small_width : g->large_width, up ? g->small_channels : g->large_channels, sample, y,
                         x_channel);
}

static struct operand panel_operand(struct nest *nest, const struct index *row, const struct index *channel,
                                    const struct index *column) {
    const struct geometry *g = &nest->kernel->geometry;
    const long size[] = {g->small_channels / g->panel, g->large_channels, g->panel};
    long lanes = column_channels(nest), within = column->constant * lanes;
    const struct index *at[] = {at_plus(nest, index_divide(nest->arena, channel, g->panel), within / g->panel), row,
                                at_constant(nest, within % g->panel)};
    return operand_memory(nest_array(nest, nest->kernel->roles.weight, 3, size), at);
}

struct operand weight_operand(struct nest *nest, const struct block *block, const struct index *ky,
                              const struct index *row, const struct index *channel, const struct index *column) {
    const struct geometry *g = &nest->kernel->geometry;
    struct operand operand;
    if (g->panel && !is_packed(nest)) {
        operand = panel_operand(nest, row, channel, column);
    } else {
        bool up = nest->kernel->kind == KERNEL_TRANSPOSED;
        long in = up ? g->small_channels : g->kernel[1] * g->large_channels;
        const long size[] = {g->kernel[0], in, up ? g->kernel[1] * g->large_channels : g->small_channels};
        int skip = g->kernel[0] == 1;
        const struct index *at[] = {ky, row, at_add(nest, channel, at_times(nest, column, column_channels(nest)))};
        const struct symbol *array = nest_array(nest, nest->kernel->roles.weight, 3 - skip, size + skip);
        operand = is_packed(nest) ? operand_element(array, at + skip) : operand_memory(array, at + skip);
    }
    operand.lanes = column_lanes(nest, block, column);
    return operand;
}

static struct operand bias_operand(struct nest *nest, const struct block *block, const struct index *column) {
    int number = nest->kernel->roles.bias;
    if (number < 0) return operand_constant(0);
    const long size[] = {(long)nest->kernel->arrays[number].count};
    const struct index *at[] = {at_add(nest, block->channel, at_times(nest, column, column_channels(nest)))};
    const struct symbol *bias = nest_array(nest, number, 1, size);
    return is_packed(nest) ? operand_element(bias, at) : operand_memory(bias, at);
}

void sums_begin(struct nest *nest, struct block *block) {
    block->sums = nest_registers(nest, "sum", block->down * block->right, block->columns, nest->machine->lanes,
                                 is_packed(nest) ? nest->machine->lanes : block->last_lanes);
    // Column by column, as the loops over them are written out: the lanes of the last one differ.
    for (long i = 0; i < block->columns; i++) {
        const struct index *column = at_constant(nest, i);
        nest_lanes(nest, column_lanes(nest, block, column));
        struct block_row row = rows_each(nest, block);
        nest_assign(nest, operand_register(block->sums, row.number, column), bias_operand(nest, block, column));
        nest_close(nest, 3);
    }
}

// The value of a sum of samples in the lanes is stored as it is: such a kernel has no values.
static void packed_store(struct nest *nest, struct operand sum, const struct index *sample, const struct index *y,
                         const struct index *x, const struct index *channel) {
    const struct geometry *g = &nest->kernel->geometry;
    bool up = nest->kernel->kind == KERNEL_TRANSPOSED;
    long height = up ? g->large_height : g->small_height, width = up ? g->large_width : g->small_width;
    long channels = up ? g->large_channels : g->small_channels;
    const struct index *x_channel = at_add(nest, at_times(nest, x, channels), channel);
    nest_assign(nest, image_operand(nest, nest->kernel->roles.output, height, width, channels, sample, y, x_channel),
                sum);
}

// The shape of the output with the sample first; returns the rank. A 1x1 image is a vector.
static int output_shape(const struct nest *nest, long size[4]) {
    const struct geometry *g = &nest->kernel->geometry;
    bool up = nest->kernel->kind == KERNEL_TRANSPOSED;
    long height = up ? g->large_height : g->small_height, width = up ? g->large_width : g->small_width;
    long channels = up ? g->large_channels : g->small_channels;
    size[0] = 0;
    size[1] = height * width == 1 ? channels : height;
    size[2] = width;
    size[3] = channels;
    return height * width == 1 ? 2 : 4;
}

static struct finish finish_build(struct nest *nest, const char *name, int lanes) {
    static const char *const names[] = {"s", "y", "x", "c"};
    struct finish finish;
    struct symbol *sum = nest_symbol(nest, SYMBOL_BLOCK, "sum");
    sum->rank = 2;
    sum->size[0] = sum->size[1] = 1;
    sum->lanes = sum->last_lanes = lanes;
    long size[4];
    struct place place = {.rank = output_shape(nest, size), .size = size};
    finish.sum = sum;
    for (int i = 0; i < place.rank; i++) {
        finish.at[i] = nest_symbol(nest, SYMBOL_INDEX, names[place.rank == 2 ? 3 * i : i]);
        place.at[i] = at_symbol(nest, finish.at[i]);
    }
    finish.part = part_begin(nest, name, true);
    nest_lanes(nest, lanes);
    values_build(nest, operand_register(sum, at_constant(nest, 0), at_constant(nest, 0)), &place, NULL, 0);
    nest_close(nest, 1);
    part_end(nest, finish.part);
    return finish;
}

void finish_begin(struct nest *nest, struct block *block, long channels) {
    const struct kernel_description *kernel = nest->kernel;
    int lanes = nest->machine->lanes, rest = (int)(channels % lanes);
    bool many = kernel->value_count + (kernel->roles.output >= 0) > 1;
    if (!many || !machine_names_registers(nest->machine) || is_packed(nest)) return;
    if (channels >= lanes) block->finish = finish_build(nest, "finish", lanes);
    if (rest) block->finish_last = finish_build(nest, "finish_last", rest);
}

static void finish_call(struct nest *nest, const struct finish *finish, struct operand sum, const struct place *place) {
    const struct symbol *symbols[] = {finish->sum, finish->at[0], finish->at[1], finish->at[2], finish->at[3]};
    struct passed passed[5] = {{.kind = PASSED_VALUE, .operand = sum}};
    for (int i = 0; i < place->rank; i++)
        passed[i + 1] = passed_index(place->at[i]);
    part_call(nest, finish->part, symbols, passed, place->rank + 1);
}

// Stores column i of the block's row, after what follows the sum.
static void sum_end(struct nest *nest, const struct block *block, const struct block_row *row, long i) {
    long size[4];
    int rank = output_shape(nest, size), lanes = column_lanes(nest, block, at_constant(nest, i));
    const struct index *channel = at_plus(nest, block->channel, i * column_channels(nest));
    const struct index *sample = rank == 2 ? at_add(nest, block->sample, row->right) : block->sample;
    const struct index *y = rank == 2 ? block->y : at_add(nest, block->y, row->down);
    const struct index *across = at_times(nest, row->right, block->apart ? block->apart : 1);
    const struct index *x = rank == 2 ? block->x : at_add(nest, block->x, across);
    struct place place = {{sample, rank == 2 ? channel : y, x, channel}, rank, size};
    struct operand sum = operand_register(block->sums, row->number, at_constant(nest, i));
    const struct finish *finish = lanes == nest->machine->lanes ? &block->finish : &block->finish_last;
    if (is_packed(nest))
        packed_store(nest, sum, sample, y, x, channel);
    else if (finish->part)
        finish_call(nest, finish, sum, &place);
    else
        values_build(nest, sum, &place, NULL, 0);
}

void sums_end(struct nest *nest, struct block *block) {
    if (machine_names_registers(nest->machine)) {
        struct block_row row = rows_each(nest, block);
        for (long i = 0; i < block->columns; i++) {
            nest_lanes(nest, column_lanes(nest, block, at_constant(nest, i)));
            sum_end(nest, block, &row, i);
            nest_close(nest, 1);
        }
        nest_close(nest, 2);
        return;
    }
    // Rows inside the lanes: gcc takes a row of stores for a copy of memory, and then keeps all sums there.
    for (long i = 0; i < block->columns; i++) {
        nest_lanes(nest, column_lanes(nest, block, at_constant(nest, i)));
        struct block_row row = rows_each(nest, block);
        sum_end(nest, block, &row, i);
        nest_close(nest, 3);
    }
}

const struct index *group_count(struct nest *nest) {
    const struct index *samples = at_symbol(nest, nest->samples);
    long lanes = nest->machine->lanes;
    return is_packed(nest) ? index_divide(nest->arena, at_plus(nest, samples, lanes - 1), lanes) : samples;
}

const struct index *sample_groups(struct nest *nest) {
    if (!is_packed(nest)) return nest_samples(nest);
    return nest_loop_between(nest, "g", at_constant(nest, 0), group_count(nest), 1, 0, INDEX_UNBOUNDED);
}
