// How the positions and channels of a convolution are cut into blocks of sums. The order of every sum is the same for
// all blocks.
#ifndef SPLIT_H
#define SPLIT_H

#include "compiler/graph/graph.h"
#include "compiler/nest/machine.h"

// A range of loop positions walked `tile` at a time; the tile divides it.
struct segment {
    long from, to, tile;
};

// Splits n positions from `from` on into blocks of at most `most`, nearly equal: one or two segments.
int segments_split(long from, long n, long most, struct segment segments[2]);

// Columns side by side, each of so many lanes: equal blocks from `from` to `to`, or, when its last lanes are few, the
// last block by itself.
struct column_run {
    long from, to;    // lanes; a loop over them takes a block each time
    int columns;      // of a block
    int lanes;        // of its last column
    bool alone;
};

// Splits `count` lanes into columns of `each`, and those into nearly equal blocks of at most `most` columns, multiples
// of `unit`: at most three runs.
int columns_split(long count, long each, long most, long unit, struct column_run runs[3]);

// Output columns of a convolution whose kernel stays within the image.
struct segment columns_inside(const struct geometry *g);

// Columns of the small image that output columns [column, column + columns) of a transposed convolution meet; none:
// last < first.
struct transposed_span {
    long first, last;
};

struct transposed_span transposed_span(const struct geometry *g, long column, int columns);
// The small image's column that an output column takes by kernel column kx, -1 when there is none.
long transposed_source(const struct geometry *g, long column, long kx);
// Pairs of an output column of [column, column + columns) and a kernel column that meet the small image.
long transposed_pairs(const struct geometry *g, long column, long columns);
// Whether a block's sums, inputs and one kernel column's weights fit the registers.
bool transposed_inputs_fit(const struct machine *machine, int rows, int columns, struct transposed_span span);

// An output row: columns inside, whose blocks are alike, and borders left and right of them; `single`: borders are
// walked a column at a time, because their text would be long.
struct transposed_row {
    struct segment inside;
    bool single;
};

struct transposed_row transposed_row_split(const struct geometry *g, struct tile tile);

enum { WEIGHT_SAMPLES = 128 };    // of the batch that a block of a dense layer's gradient takes in a row

// Output columns where all of the kernel's columns [kx, kx + taps) meet the large image.
struct segment taps_inside(const struct geometry *g, long kx, long taps);

#endif
