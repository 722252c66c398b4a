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
    // Is called with each element that the kernel computes: see formula_expects.
    void (*expect)(void *context, int array, long sample, long element, struct number number, long stores);
    void *context;
    struct number *values;    // [value_count] of the element that is computed
    struct number *sums;      // [value_count][PARTIALS] of the sample that is computed
};

// Calls `expect` with each element that the kernel computes. `values` and `sums` need not be set.
void formula_compute(struct formula *formula, struct arena *arena);

// For the formulas of kernels (kernels/kernels.h). Elements are numbered as they are in memory.
//
// An element that the kernel computes: `array`, of `sample` (0 where all samples share it), what the element must be
// and how often it is stored into.
void formula_expects(const struct formula *f, int array, long sample, long element, struct number number, long stores);
// A kernel that computes each sample by itself: `compute` returns an element of the heavy op's result, which is
// expected if it is stored, and the values of the description follow from it. Where samples are the lanes, those of
// whole groups.
typedef struct number formula_element(const struct formula *f, long sample, long element);
void formula_samples(struct formula *f, formula_element *compute);
// An element of an array before the kernel runs: of one that all samples share, of a sample.
struct number formula_shared(const struct formula *f, int array, long element);
struct number formula_sample(const struct formula *f, int array, long sample, long element);
// sum + a * b, rounded once. Other operations are those of f->arithmetic (check/execute.h):
// a->add(a->context, sum, x), a->op(a->context, OP_SCALE, constant, inputs, count).
struct number formula_fma(const struct formula *f, struct number sum, struct number a, struct number b);
struct number formula_constant(const struct formula *f, double constant);
// The bias of a channel, 0 without one.
struct number formula_bias(const struct formula *f, long channel);
// A weight's place: [ky][kx][large channel][small channel], of a dense layer in panels of small channels.
long formula_weight_place(const struct geometry *g, long ky, long kx, long large, long small);

// Terms: a number is the hash of the expression that made it.
extern const struct arithmetic term_arithmetic;
struct number term_number(uint64_t kind, uint64_t a, uint64_t b, uint64_t c);

#endif
