// The registers that generated code is made for. A target says how wide a vector is and how many there are; which sums
// stand in registers together follows from that, the order of every sum does not.
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>

#include "compiler/target.h"

struct machine {
    const char *name;     // "avx512", as --target has it
    const char *macro;    // that vector.h asks for; NULL: plain C, lanes are loops
    int lanes;            // floats of a vector
    int registers;        // vectors that a block of sums, what it multiplies and the compiler's own may fill
    double row_load;      // what reading a row's input costs, in multiply-adds
    double panel_load;    // what reading a column from a dense layer's panel costs, likewise
    int chains;           // sums that must be under way at once for multiply-adds to follow each other without a pause
};

const struct machine *machine_of(enum target target);

// A block of sums in registers: each of `rows` numbers or vectors is multiplied with each of `columns`.
struct tile {
    int rows, columns;
};

// What one step of a block costs, in vector multiply-adds: its own, or the wait for the one before, and what loads cost
// beyond the time that they have beside them; `column_load` is a column's.
double tile_cost(const struct machine *machine, int rows, int columns, double column_load);
#define TILE_STEP 0.3    // of which for the step itself
bool tile_fits(const struct machine *machine, int rows, int columns);
// The cost of rows x columns sums walked in blocks of a tile, a step each.
double tile_total(const struct machine *machine, struct tile tile, long rows, long columns, double column_load);
enum { TILE_ROWS_MAX = 28, TILE_COLUMNS_MAX = 8 };

#endif
