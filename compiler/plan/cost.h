// What a kernel is predicted to cost, for `bench`.
#ifndef COST_H
#define COST_H

#include "compiler/plan/schedule.h"

// In vector multiply-adds of one sample; of a whole step for a kernel of PHASE_REPACK.
double kernel_slots(const struct plan *plan, const struct kernel *kernel);
// Of joining the slots' gradients, a step.
double join_slots(const struct schedule *schedule);

#endif
