// Nests executed in double, for tests.
#ifndef NEST_RUN_H
#define NEST_RUN_H

#include "compiler/nest/check/execute.h"

enum { RUN_TERMS = 4 };

// Runs all tasks of a nest for so many samples. Arrays begin with integers that follow from array and place: run_number.
// Returns the fault of the first statement that goes wrong, NULL where none does; *memory then holds the arrays.
const char *nest_run(struct nest *nest, struct arena *arena, long samples, struct memory **memory);
// What element `place` of array `number` is before the run; number array_count is term_scale.
double run_number(int number, long place);
// What dropout and normal draw.
double run_random(long sample, long site, long element, double probability);
double run_op(enum op op, double constant, double a, double b, double c);

#endif
