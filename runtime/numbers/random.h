// Counter-based random numbers: each is a function of the seed, its purpose, the epoch and the sample, and does not
// depend on threads or on the division of a batch. The generator is Philox4x32-10 (Salmon et al., "Parallel random
// numbers: as easy as 1, 2, 3", 2011, by Random123). Key: the seed's low and high 32 bits. Counter: (block, sample,
// epoch, purpose << 16 | site). A block is four words of 32 bits; element i of a stream has word i % 4 of block i / 4.
// docs/numerics.md defines the streams and has NumPy code that draws the same numbers. ae_random_dropout and
// ae_random_normal, for generated code, are declared in model.h.
//
// With AE_REAL_DOUBLE the same words are drawn: permutations, masks and initial values are the same; normal numbers are
// computed in double.
#ifndef AE_RANDOM_H
#define AE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/api/real_type.h"

enum ae_random_purpose { AE_RANDOM_INITIAL, AE_RANDOM_SHUFFLE, AE_RANDOM_DROPOUT, AE_RANDOM_EPSILON, AE_RANDOM_SAMPLE };

// order [count] out: a permutation of 0 .. count - 1, the order of an epoch's samples. count is below 2^32. False if
// memory for the sort (24 bytes per element) cannot be allocated; order is then 0 .. count - 1.
bool ae_random_permutation(uint64_t seed, uint32_t epoch, size_t count, uint32_t *order);

// value [count] out: initial values of parameter number `tensor` of the model's table, uniform in [-bound, bound) in
// steps of bound / 2^23, rounded to float in both precisions. Element i is the i-th element in file order; the caller
// moves it to its place in memory.
void ae_random_uniform(uint64_t seed, uint32_t tensor, size_t count, double bound, ae_real *value);

// value [count] out: standard normal numbers, the z of picture number `index` of the command `sample`, before the
// multiplication by prior_std.
void ae_random_sample(uint64_t seed, uint32_t index, size_t count, ae_real *value);

#endif
