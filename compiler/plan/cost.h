// What a kernel is predicted to cost, for `bench`.
#ifndef COST_H
#define COST_H

#include "compiler/plan/plan.h"

// In vector multiply-adds of one sample; of a whole step for a repack.
double kernel_slots(const struct program *program, const struct kernel *kernel);
// Of joining the slots' gradients, a step.
double join_slots(const struct plan *plan);

#endif
