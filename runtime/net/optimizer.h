// Adam and SGD as PyTorch's torch.optim.Adam and torch.optim.SGD define them (no amsgrad, no nesterov, dampening 0; the
// weight decay is added to the gradient). Elementwise, in an order of operations that docs/numerics.md writes down, so an
// update has the same bits however the elements are cut into ranges.
#ifndef AE_OPTIMIZER_H
#define AE_OPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"

enum { AE_OPTIMIZER_BUFFERS_MAX = 2 };

// Everything of an optimizer but its buffers. A checkpoint that keeps the settings and `steps` and powers keeps all of it.
struct ae_optimizer_state {
    enum ae_optimizer kind;
    double learning_rate, momentum, weight_decay, beta1, beta2, epsilon;
    uint64_t steps;           // that have begun
    double power1, power2;    // beta1 and beta2 to the power of `steps`, by repeated product
};

// An optimizer that has taken no step. settings [AE_SETTING_COUNT].
struct ae_optimizer_state ae_optimizer_create(const double *settings);

// Arrays of parameter_count elements that the optimizer needs beside the parameters, zero before the first step:
// Adam 2 (first and second moment), SGD 1 with momentum and 0 without. The caller's.
int ae_optimizer_buffers(const struct ae_optimizer_state *optimizer);

// Begins a step: once for each step, before its updates.
void ae_optimizer_advance(struct ae_optimizer_state *optimizer);

// Updates the elements from <= i < to of parameters and buffers by their gradients. Ranges that do not overlap may be
// updated at the same time. buffers [ae_optimizer_buffers]; NULL where that is 0. Buffers below 2^-100 in magnitude become 0.
void ae_optimizer_update(const struct ae_optimizer_state *optimizer, size_t from, size_t to, const ae_real *gradient,
                         ae_real *parameter, ae_real *const *buffers);

#endif
