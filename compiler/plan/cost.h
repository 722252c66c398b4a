// The predicted cost of the parts of a step that are not kernels, for `bench`. The cost of a kernel is that of its nest
// (nest_cost).
#ifndef COST_H
#define COST_H

#include "compiler/plan/plan.h"

// The cost per step of joining the slots' gradients, in vector multiply-adds.
double join_slots(const struct plan *plan);

#endif
