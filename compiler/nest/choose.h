// How each heavy op can be computed on a machine, and what that costs. The order of every sum is the same for all
// choices.
#ifndef CHOOSE_H
#define CHOOSE_H

#include "compiler/nest/kernel.h"

// A dense layer seen from its other side, as its repacked weight has it.
struct geometry geometry_turned(const struct geometry *g);
// Whether a repacked weight is in panels, which its tasks must not cut.
bool repack_has_panels(const struct geometry *g);
// Writes the choice of least cost into the description's tiling: the tile and, for a weight's gradient, `turned` and
// `taps`. `packed` is decided before, `task_rows` after; they are left as they are. Does nothing for other kinds of
// kernels.
//
// A tile's rows and columns: - convolution: output positions, for a 1x1 image samples; vectors of output channels,
// packed: output channels. - transposed convolution: output columns of a row; vectors of output channels, packed:
// output channels. - weight gradient: rows of the weight, vectors of the smaller image's channels; turned: those
// channels, vectors of rows.
void tiling_choose(const struct machine *machine, struct kernel_description *description);
enum {
    PACK_COST = 3,    // of a vector that is packed or unpacked
    APART_COST = 2    // of a lane that is read or written by itself
};

// What the steps of the heavy op's blocks cost with its tiling, in vector multiply-adds of one sample; 0 for kinds
// without a tile. A formula, because hundreds of tilings are compared: nest_cost of the nest has the same number, or
// one that differs as tests/unit/test_nest_cost.c says.
double tiling_cost(const struct machine *machine, const struct kernel_description *description);
// What a step of a block costs beside its multiply-adds, in multiply-adds: reading the number or vector of a row and of
// a column, a weight that is read by a multiply-add itself, and the step.
struct step_loads {
    double row, column, fused, step;
};

struct step_loads step_loads_of(const struct machine *machine, const struct kernel_description *description);
// Numbers of samples that a kernel is called with, for which its cost is predicted: one, or two whose mean counts.
int reference_samples(const struct machine *machine, const struct kernel_description *description, long counts[2]);
// What keeps a tiling from being computed, NULL when nothing does. Whether it is a good choice is not asked.
const char *tiling_fault(const struct machine *machine, const struct kernel_description *description);

#endif
