// What a nest costs: a walk over its statements. A loop counts as often as it is passed, whatever the plan chose.
#ifndef NEST_COST_H
#define NEST_COST_H

#include "compiler/nest/nest.h"

// Of one sample; of a kernel that takes no samples, of a step. In vector multiply-adds: what takes as long as so many.
struct nest_cost {
    double slots;        // of all statements
    double predicted;    // of them, what tiling_cost predicts: steps of blocks of sums, lanes that are apart in memory
    double multiply_adds;    // of numbers: each lane counts
};

// The same for a nest with all its loops and for one that is written out.
struct nest_cost nest_cost(const struct nest *nest);

#endif
