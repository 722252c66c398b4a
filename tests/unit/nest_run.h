// Nests executed in double, for tests.
#ifndef NEST_RUN_H
#define NEST_RUN_H

#include "compiler/nest/check/execute.h"

enum { RUN_TERMS = 4 };

// Runs all tasks of a nest for `samples` samples. Arrays initially have integers that depend on array and place:
// run_number. Returns the first fault of a statement, or NULL; *memory then has the arrays.
const char *nest_run(struct nest *nest, struct arena *arena, long samples, struct memory **memory);
// The initial value of element `place` of array `number`; number array_count is term_scale.
double run_number(int number, long place);
// The values that dropout and normal draw.
double run_random(long sample, long site, long element, double probability);
double run_op(enum op op, double constant, double a, double b, double c);

#endif
