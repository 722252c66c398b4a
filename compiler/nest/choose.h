// Which block of sums each convolution is computed in on a machine, and what that costs. The order of every sum is the
// same for all of them.
#ifndef CHOOSE_H
#define CHOOSE_H

#include "compiler/graph/graph.h"
#include "compiler/nest/machine.h"

// A range of loop positions walked `tile` at a time; the tile divides it.
struct segment {
    long from, to, tile;
};

// Splits n positions from `from` on into blocks of at most `most`, nearly equal: one or two segments.
int segments_split(long from, long n, long most, struct segment segments[2]);

// Columns side by side, each of so many lanes: equal blocks from `from` to `to`, or, when its last lanes are few, the last
// block by itself.
struct column_run {
    long from, to;    // lanes; a loop over them takes a block each time
    int columns;      // of a block
    int lanes;        // of its last column
    bool alone;
};

// Splits `count` lanes into columns of `each`, and those into nearly equal blocks of at most `most` columns, multiples of
// `unit`: at most three runs.
int columns_split(long count, long each, long most, long unit, struct column_run runs[3]);

// A dense layer seen from its other side, as its repacked weight has it.
struct geometry geometry_turned(const struct geometry *g);
// Output columns of a convolution whose kernel stays within the image.
struct segment columns_inside(const struct geometry *g);

// Rows: output positions, of a 1x1 image samples; columns: vectors of output channels, packed output channels.
struct tile convolve_tile(const struct machine *machine, const struct geometry *g, bool packed);

// Columns of the small image that output columns [column, column + columns) of a transposed convolution meet; none:
// last < first.
struct transposed_span {
    long first, last;
};

struct transposed_span transposed_span(const struct geometry *g, long column, int columns);
// The small image's column that an output column takes by kernel column kx, -1 when there is none.
long transposed_source(const struct geometry *g, long column, long kx);
// Whether a block's sums, inputs and one kernel column's weights fit the registers.
bool transposed_inputs_fit(const struct machine *machine, int rows, int columns, struct transposed_span span);

// An output row: columns inside, whose blocks are alike, and borders left and right of them; `single`: borders are
// walked a column at a time, because their text would be long.
struct transposed_row {
    struct segment inside;
    bool single;
};

struct transposed_row transposed_row_split(const struct geometry *g, struct tile tile);
// Rows: output columns.
struct tile transposed_tile(const struct machine *machine, const struct geometry *g, bool packed);

// How a weight's gradient is computed. Each row multiplies with each column of a block of it.
enum { WEIGHT_SAMPLES = 128 };    // of the batch that a block of a dense layer's gradient takes in a row

struct weight_tile {
    struct tile tile;
    bool turned;    // lanes are the large image's channels, not the small one's; rows then are the small one's channels
    int taps;    // kernel columns that one block spans; all of them with the channels as one when there is no padding
};

// Output columns where all of the kernel's columns [kx, kx + taps) meet the large image.
struct segment taps_inside(const struct geometry *g, long kx, long taps);
struct weight_tile weight_tile(const struct machine *machine, const struct geometry *g);

// Costs in vector multiply-adds of one sample; PACK_COST for each vector that is packed or unpacked.
enum { PACK_COST = 3 };
double convolve_cost(const struct machine *machine, const struct geometry *g, bool packed);
double transposed_cost(const struct machine *machine, const struct geometry *g, bool packed);
double weight_cost(const struct machine *machine, const struct geometry *g);

#endif
