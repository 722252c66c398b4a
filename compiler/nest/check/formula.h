// What a kernel must compute, as its description says it: docs/numerics.md has the orders of the sums.
#ifndef NEST_FORMULA_H
#define NEST_FORMULA_H

#include "compiler/nest/check/execute.h"

// A kernel with the numbers that its arrays hold before it runs.
struct formula {
    const struct nest *nest;
    const struct kernel_description *kernel;
    const struct arithmetic *arithmetic;
    long samples;
    // Element `place` of array `number` before the kernel runs; number kernel->array_count is term_scale.
    struct number (*before)(const struct formula *formula, int number, long place);
    struct number *values;    // [value_count] of the element that is computed
    struct number *sums;      // [value_count][PARTIALS] of the sample that is computed
};

// Calls `expect` with each element that the kernel computes: `array`, of `sample` (0 where all samples share it), what the
// element must be and how often it is stored into.
typedef void formula_expect(void *context, int array, long sample, long element, struct number number, long stores);

void formula_compute(struct formula *formula, struct arena *arena, formula_expect *expect, void *context);

// Terms: a number is the hash of the expression that made it.
extern const struct arithmetic term_arithmetic;
struct number term_number(uint64_t kind, uint64_t a, uint64_t b, uint64_t c);

#endif
