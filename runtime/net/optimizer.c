#include "runtime/net/optimizer.h"

#include <math.h>

#include "runtime/api/real.h"
#include "runtime/numbers/vectors.h"

struct ae_optimizer_state ae_optimizer_create(const double *settings) {
    return (struct ae_optimizer_state){
        .kind = (enum ae_optimizer)settings[AE_SETTING_optimizer],
        .learning_rate = settings[AE_SETTING_learning_rate],
        .momentum = settings[AE_SETTING_momentum],
        .weight_decay = settings[AE_SETTING_weight_decay],
        .beta1 = settings[AE_SETTING_beta1],
        .beta2 = settings[AE_SETTING_beta2],
        .epsilon = settings[AE_SETTING_epsilon],
        .power1 = 1,
        .power2 = 1,
    };
}

int ae_optimizer_buffers(const struct ae_optimizer_state *optimizer) {
    if (optimizer->kind == AE_ADAM) return 2;
    return optimizer->momentum != 0 ? 1 : 0;
}

void ae_optimizer_advance(struct ae_optimizer_state *optimizer) {
    optimizer->steps++;
    optimizer->power1 *= optimizer->beta1;
    optimizer->power2 *= optimizer->beta2;
}

static inline ae_real flush(ae_real x) {
    return ae_abs(x) < (ae_real)0x1p-100 ? 0 : x;
}

AE_EACH_WIDTH static void update_adam(const struct ae_optimizer_state *optimizer, size_t count,
                                      const ae_real *restrict gradient, ae_real *restrict parameter,
                                      ae_real *restrict first, ae_real *restrict second) {
    ae_real decay = (ae_real)optimizer->weight_decay;
    ae_real rest1 = (ae_real)(1 - optimizer->beta1);
    ae_real beta2 = (ae_real)optimizer->beta2;
    ae_real rest2 = (ae_real)(1 - optimizer->beta2);
    ae_real root = (ae_real)sqrt(1 - optimizer->power2);
    ae_real step = (ae_real)(optimizer->learning_rate / (1 - optimizer->power1));
    ae_real epsilon = (ae_real)optimizer->epsilon;
    for (size_t i = 0; i < count; i++) {
        ae_real g = gradient[i] + decay * parameter[i];
        ae_real m = flush(first[i] + rest1 * (g - first[i]));
        ae_real v = flush(beta2 * second[i] + rest2 * g * g);
        parameter[i] -= step * (m / (ae_sqrt(v) / root + epsilon));
        first[i] = m;
        second[i] = v;
    }
}

// A buffer that begins at zero holds the gradient after the first step, as PyTorch's does.
AE_EACH_WIDTH static void update_momentum(const struct ae_optimizer_state *optimizer, size_t count,
                                          const ae_real *restrict gradient, ae_real *restrict parameter,
                                          ae_real *restrict velocity) {
    ae_real decay = (ae_real)optimizer->weight_decay;
    ae_real momentum = (ae_real)optimizer->momentum;
    ae_real rate = (ae_real)optimizer->learning_rate;
    for (size_t i = 0; i < count; i++) {
        ae_real g = gradient[i] + decay * parameter[i];
        ae_real v = flush(momentum * velocity[i] + g);
        parameter[i] -= rate * v;
        velocity[i] = v;
    }
}

AE_EACH_WIDTH static void update_plain(const struct ae_optimizer_state *optimizer, size_t count,
                                       const ae_real *restrict gradient, ae_real *restrict parameter) {
    ae_real decay = (ae_real)optimizer->weight_decay;
    ae_real rate = (ae_real)optimizer->learning_rate;
    for (size_t i = 0; i < count; i++)
        parameter[i] -= rate * (gradient[i] + decay * parameter[i]);
}

void ae_optimizer_update(const struct ae_optimizer_state *optimizer, size_t from, size_t to, const ae_real *gradient,
                         ae_real *parameter, ae_real *const *buffers) {
    size_t count = to - from;
    if (optimizer->kind == AE_ADAM)
        update_adam(optimizer, count, gradient + from, parameter + from, buffers[0] + from, buffers[1] + from);
    else if (optimizer->momentum != 0)
        update_momentum(optimizer, count, gradient + from, parameter + from, buffers[0] + from);
    else
        update_plain(optimizer, count, gradient + from, parameter + from);
}
