// A block of sums of a convolution or of its transposed use: rows are output positions, or samples of a dense layer;
// columns are vectors of output channels, or one channel each where the samples are in the lanes.
#ifndef NEST_BLOCK_H
#define NEST_BLOCK_H

#include "compiler/nest/build.h"

// What follows a sum, as a function that takes the sum and its place in the output: where that is more than one store.
struct finish {
    struct nest_part *part;    // NULL: it is printed where the sum is
    const struct symbol *sum, *at[4];
};

struct block {
    const struct symbol *sums;
    long down, right;    // rows of the block: positions down x right; of a dense layer 1 x samples
    long columns;
    int last_lanes;                // of the last column
    const struct index *sample;    // packed: the group of samples
    const struct index *y, *x;     // the first output position
    const struct index *channel;
    const struct index *rows;             // how many positions to the right there are; NULL: `right`
    struct finish finish, finish_last;    // for whole vectors, for the last lanes
    long apart;                           // columns from one position to the next on the right; 0 is 1
};

bool is_packed(const struct nest *nest);
// Channels of a column: a vector's lanes, or one.
long column_channels(const struct nest *nest);
int column_lanes(const struct nest *nest, const struct block *block, const struct index *column);
// Makes the functions of what follows a sum, for an output of so many channels.
void finish_begin(struct nest *nest, struct block *block, long channels);

// A row of a block: its position from the block's first one, and its sum's row.
struct block_row {
    const struct index *down, *right, *number;
};

// Opens two loops, over the block's positions downwards and to the right.
struct block_row rows_each(struct nest *nest, const struct block *block);
// The input's array: [sample][image row][image column and channel], or packed with the lanes as the last dimension; the
// element of a sample's image row and of (column, channel).
struct operand input_operand(struct nest *nest, const struct index *sample, const struct index *y,
                             const struct index *x_channel);
// Columns `column` of the weight's row: [kernel row][(kernel column, input channel)][output channel], of a dense layer
// in panels [output / 16][input][output % 16], of a transposed use [kernel row][input channel][(kernel column,
// channel)].
struct operand weight_operand(struct nest *nest, const struct block *block, const struct index *ky,
                              const struct index *row, const struct index *channel, const struct index *column);
// Declares the sums and sets them to the bias, or 0.
void sums_begin(struct nest *nest, struct block *block);
// The values that follow each sum.
void sums_end(struct nest *nest, struct block *block);
// The loop over samples, or over groups of them.
const struct index *sample_groups(struct nest *nest);
const struct index *group_count(struct nest *nest);

#endif
