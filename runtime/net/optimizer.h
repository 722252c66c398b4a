// Adam and SGD as PyTorch's torch.optim.Adam and torch.optim.SGD define them (no amsgrad, no nesterov, dampening 0; the
// weight decay is added to the gradient). Elementwise, in an order of operations that docs/numerics.md writes down, so an
// update has the same bits however the elements are cut into ranges.
#ifndef AE_OPTIMIZER_H
#define AE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"

// Everything of an optimizer but its states. A checkpoint that keeps the settings and `steps` and powers keeps all of it.
struct ae_optimizer_state {
    enum ae_optimizer kind;
    double value[AE_SETTING_COUNT];    // of the settings
    uint64_t steps;                    // that have begun
    double power1, power2;             // beta1 and beta2 to the power of `steps`, by repeated product
};

// An optimizer that has taken no step. settings [AE_SETTING_COUNT].
struct ae_optimizer_state ae_optimizer_create(const double *settings);

// How many states it keeps, arrays of the parameters' size, zero before the first step: adam 2 (first and second moment),
// sgd 1 with momentum and 0 without. The caller's.
size_t ae_optimizer_states(const struct ae_optimizer_state *optimizer);

// Begins a step: once for each step, before its updates.
void ae_optimizer_advance(struct ae_optimizer_state *optimizer);

// Updates the elements from <= i < to of parameters and states by their gradients. Ranges that do not overlap may be
// updated at the same time. states [ae_optimizer_states]; NULL where that is 0. States below 2^-100 in magnitude become 0.
void ae_optimizer_update(const struct ae_optimizer_state *optimizer, size_t from, size_t to, const ae_real *gradient,
                         ae_real *parameter, ae_real *const *states);

// Whether an optimizer's updates depend on a setting, or any training does.
bool ae_optimizer_reads(enum ae_optimizer optimizer, enum ae_setting setting);

#endif
