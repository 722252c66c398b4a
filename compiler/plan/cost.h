// What a step is predicted to cost beside its kernels, whose nests have their cost (nest_cost), for `bench`.
#ifndef COST_H
#define COST_H

#include "compiler/plan/plan.h"

// Of joining the slots' gradients, a step: in vector multiply-adds.
double join_slots(const struct plan *plan);

#endif
