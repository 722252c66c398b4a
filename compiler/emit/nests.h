// The nests of a plan: what the last pass prints as C. They can be large, so one is in memory at a time.
#ifndef NESTS_H
#define NESTS_H

#include "compiler/plan/plan.h"

// Returns the first fault that nest_check finds, with the name of its function and the nest as text, in the arena of
// the plan's graphs, or NULL.
const char *nests_check(const struct plan *plan);
// The nest of each function of the generated C, in the order of the first kernels that call them: the function's name,
// then nest_dump.
void nests_print(const struct plan *plan, struct buffer *out);

#endif
