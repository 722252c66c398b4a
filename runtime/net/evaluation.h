// Evaluation of samples with fixed parameters. Each result depends only on the bits of its own sample.
#ifndef AE_EVALUATION_H
#define AE_EVALUATION_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/model.h"
#include "runtime/data/data.h"

struct evaluation {
    const struct ae_model *model;
    struct pool *pool;
    const ae_real *parameters;
    struct evaluation_memory *memory;    // [threads of the pool]
};

// The pool and parameters [parameter_count] are not copied. The caller must call evaluation_free.
void evaluation_create(struct evaluation *evaluation, const struct ae_model *model, struct pool *pool,
                       const ae_real *parameters);
void evaluation_free(struct evaluation *evaluation);

// z [samples][latent_count] out: the part of code [samples][code_count] that the decoder takes, which is mu for a
// gaussian latent.
void code_to_z(const struct ae_model *model, size_t samples, const ae_real *code, ae_real *z);
// Encodes samples from `first` on: code [count][code_count] out
void evaluation_encode(const struct evaluation *evaluation, const struct split *split, size_t first, size_t count,
                       ae_real *code);
// The same for given samples: input [count][input_count], normalised
void evaluation_encode_input(const struct evaluation *evaluation, const ae_real *input, size_t count, ae_real *code);
// z [count][latent_count]; output [count][output_count] out
void evaluation_decode(const struct evaluation *evaluation, size_t count, const ae_real *z, ae_real *output);
// term [split->count][term_count] out: the terms of each sample, without their weights
void evaluation_terms(const struct evaluation *evaluation, const struct split *split, ae_real *term);
// The loss of a sample: the weighted sum of its terms [term_count], in double.
double evaluation_loss(const struct evaluation *evaluation, const ae_real *term, const double *weights);
// The means over the samples of a split, summed in order in double: terms [term_count] out, without their weights.
// Returns the loss.
double evaluation_measure(const struct evaluation *evaluation, const struct split *split, const double *weights,
                          double *terms);

#endif
