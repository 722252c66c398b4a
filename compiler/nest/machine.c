#include "compiler/nest/machine.h"

#include <stddef.h>

static const struct machine machines[TARGETS] = {
#define TARGET(id, name, macro, flags, lanes, registers, row_load, panel_load, chains) \
    {#name, macro, lanes, registers, row_load, panel_load, chains},
#include "language/targets.def"
};

const struct machine *machine_of(enum target target) {
    return &machines[target];
}

bool tile_fits(const struct machine *machine, int rows, int columns) {
    if (!machine->macro && columns > 1) return false;
    return rows * columns + columns + 1 <= machine->registers;
}

double tile_cost(const struct machine *machine, int rows, int columns, double column_load) {
    int sums = rows * columns;
    return (sums > machine->chains ? sums : machine->chains) + machine->row_load * rows + column_load * columns +
           TILE_STEP;
}

// n rows walked in nearly equal blocks of at most `most`.
static double rows_cost(const struct machine *machine, long n, int most, int columns, double column_load) {
    long blocks = (n + most - 1) / most, small = n / blocks, larger = n % blocks;
    double cost = 0;
    for (int i = 0; i < 2; i++) {
        long size = i ? small + 1 : small, count = i ? larger : blocks - larger;
        if (count) cost += (double)count * tile_cost(machine, (int)size, columns, column_load);
    }
    return cost;
}

double tile_total(const struct machine *machine, struct tile tile, long rows, long columns, double column_load) {
    long blocks = (columns + tile.columns - 1) / tile.columns, small = columns / blocks, larger = columns % blocks;
    double cost = 0;
    if (blocks > larger)
        cost += (double)(blocks - larger) * rows_cost(machine, rows, tile.rows, (int)small, column_load);
    if (larger) cost += (double)larger * rows_cost(machine, rows, tile.rows, (int)small + 1, column_load);
    return cost;
}
