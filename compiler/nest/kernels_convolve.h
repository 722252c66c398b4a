// Between the two convolutions: blocks of sums and the statements that both are made of.
#ifndef KERNELS_CONVOLVE_H
#define KERNELS_CONVOLVE_H

#include "compiler/nest/blocks.h"
#include "compiler/nest/kernels.h"

// A position of a block: how far it lies from the block's first one.
struct offset {
    long sample, y, x;
};

struct block {
    struct offset positions[TILE_ROWS_MAX];
    int rows, columns;
    int lanes;                     // of the last column
    const struct index *sample;    // packed: the group of samples
    const struct index *y, *x, *channel;
    const struct index *ky_from, *ky_to, *kx_from, *kx_to;    // rows and columns of the kernel that meet the image
    struct tile tile;                                         // the largest block there is
};

bool is_packed(const struct builder *b);
// Channels of a column.
long column_channels(const struct builder *b);
const char *sum_name(struct builder *b, const struct block *block, int row, int column);
void arrays_declare(struct builder *b);
// The loop over samples, or over groups of them.
const struct index *groups_loop(struct builder *b, struct statement **outer);
// Calls `body` for each block of columns: equal blocks in a loop; the last one by itself when its last lanes are few.
void columns_each(struct builder *b, long channels, struct block *block,
                  void (*body)(struct builder *, struct block *));

// Declares the sums and begins them with the bias, or 0.
void sums_begin(struct builder *b, const struct block *block);
// Lanes of a block whose columns are multiplied together.
struct statement *step_lanes(struct builder *b, const struct block *block);
// Declares t<number>, an input; `at` is where it lies within a sample.
const char *input_load(struct builder *b, int number, const struct index *sample, const struct index *at);
// Declares the weights of a column, w<tap>; a value of weight_load; one read where it is used.
void weight_load(struct builder *b, const struct block *block, long tap, int column, const struct index *at);
struct operand weight_value(struct builder *b, const struct block *block, long tap, int column);
struct operand weight_operand(struct builder *b, const struct block *block, int column, const struct index *at);
void multiply_add(struct builder *b, const char *sum, const char *input, struct operand weight);
// What follows the sums, for each of them.
void block_epilogue(struct builder *b, const struct block *block, long width, long channels);

#endif
