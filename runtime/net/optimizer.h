// Adam and SGD as defined by PyTorch's torch.optim.Adam and torch.optim.SGD (no amsgrad, no nesterov, dampening 0; the
// weight decay is added to the gradient). Updates are elementwise, with the order of operations given in
// docs/numerics.md, so they have the same bits for any division of the elements into ranges.
#ifndef AE_OPTIMIZER_H
#define AE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"

// An optimizer without its states.
struct ae_optimizer_state {
    enum ae_optimizer kind;
    double value[AE_SETTING_COUNT];    // values of the settings
    uint64_t steps;                    // number of steps begun
    double power1, power2;             // beta1 and beta2 to the power of `steps`, by repeated product
};

// A new optimizer. settings [AE_SETTING_COUNT].
struct ae_optimizer_state ae_optimizer_create(const double *settings);

// The number of states, arrays of the size of the parameters that the caller provides, zero before the first step: adam
// 2 (first and second moment), sgd 1 with momentum and 0 without.
size_t ae_optimizer_states(const struct ae_optimizer_state *optimizer);

// Must be called once for each step, before its updates.
void ae_optimizer_advance(struct ae_optimizer_state *optimizer);

// Updates elements [from, to) of parameters and states with their gradients. Ranges that do not overlap may be updated
// at the same time. states [ae_optimizer_states], NULL if that is 0. States smaller than 2^-100 in magnitude become 0.
void ae_optimizer_update(const struct ae_optimizer_state *optimizer, size_t from, size_t to, const ae_real *gradient,
                         ae_real *parameter, ae_real *const *states);

// Whether an optimizer's updates, or training with any optimizer, depend on a setting.
bool ae_optimizer_reads(enum ae_optimizer optimizer, enum ae_setting setting);

#endif
