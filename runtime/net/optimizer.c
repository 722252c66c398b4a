#include "runtime/net/optimizer.h"

#include <math.h>
#include <string.h>

#include "runtime/api/real.h"
#include "runtime/numbers/each_width.h"

struct ae_optimizer_state ae_optimizer_create(const double *settings) {
    struct ae_optimizer_state optimizer = {
        .kind = (enum ae_optimizer)settings[AE_SETTING_optimizer], .power1 = 1, .power2 = 1};
    memcpy(optimizer.value, settings, sizeof optimizer.value);
    return optimizer;
}

size_t ae_optimizer_states(const struct ae_optimizer_state *optimizer) {
    const size_t counts[AE_OPTIMIZER_COUNT] = {
#define VALUE(name) optimizer->value[AE_SETTING_##name]
#define OPTIMIZER(word, states, reads) [AE_OPTIMIZER_##word] = (size_t)(states),
#include "language/settings.def"
    };
    return counts[optimizer->kind];
}

bool ae_optimizer_reads(enum ae_optimizer optimizer, enum ae_setting setting) {
    static const bool own[AE_OPTIMIZER_COUNT][AE_SETTING_COUNT] = {
#define READS(name) [AE_SETTING_##name] = true,
#define OPTIMIZER(word, states, reads) [AE_OPTIMIZER_##word] = {reads},
#include "language/settings.def"
    };
    static const bool all[AE_SETTING_COUNT] = {
#define TRAINING(reads) reads
#include "language/settings.def"
    };
    return all[setting] || own[optimizer][setting];
}

void ae_optimizer_advance(struct ae_optimizer_state *optimizer) {
    optimizer->steps++;
    optimizer->power1 *= optimizer->value[AE_SETTING_beta1];
    optimizer->power2 *= optimizer->value[AE_SETTING_beta2];
}

static inline ae_real flush(ae_real x) {
    return ae_abs(x) < (ae_real)0x1p-100 ? 0 : x;
}

AE_EACH_WIDTH static void step_adam(const struct ae_optimizer_state *optimizer, size_t count,
                                    const ae_real *restrict gradient, ae_real *restrict parameter,
                                    ae_real *restrict first, ae_real *restrict second) {
    ae_real decay = (ae_real)optimizer->value[AE_SETTING_weight_decay];
    ae_real rest1 = (ae_real)(1 - optimizer->value[AE_SETTING_beta1]);
    ae_real beta2 = (ae_real)optimizer->value[AE_SETTING_beta2];
    ae_real rest2 = (ae_real)(1 - optimizer->value[AE_SETTING_beta2]);
    ae_real root = (ae_real)sqrt(1 - optimizer->power2);
    ae_real step = (ae_real)(optimizer->value[AE_SETTING_learning_rate] / (1 - optimizer->power1));
    ae_real epsilon = (ae_real)optimizer->value[AE_SETTING_epsilon];
    for (size_t i = 0; i < count; i++) {
        ae_real g = gradient[i] + decay * parameter[i];
        ae_real m = flush(first[i] + rest1 * (g - first[i]));
        ae_real v = flush(beta2 * second[i] + rest2 * g * g);
        parameter[i] -= step * (m / (ae_sqrt(v) / root + epsilon));
        first[i] = m;
        second[i] = v;
    }
}

// After the first step the state, initially zero, is the gradient, as in PyTorch.
AE_EACH_WIDTH static void step_momentum(const struct ae_optimizer_state *optimizer, size_t count,
                                        const ae_real *restrict gradient, ae_real *restrict parameter,
                                        ae_real *restrict velocity) {
    ae_real decay = (ae_real)optimizer->value[AE_SETTING_weight_decay];
    ae_real momentum = (ae_real)optimizer->value[AE_SETTING_momentum];
    ae_real rate = (ae_real)optimizer->value[AE_SETTING_learning_rate];
    for (size_t i = 0; i < count; i++) {
        ae_real g = gradient[i] + decay * parameter[i];
        ae_real v = flush(momentum * velocity[i] + g);
        parameter[i] -= rate * v;
        velocity[i] = v;
    }
}

AE_EACH_WIDTH static void step_plain(const struct ae_optimizer_state *optimizer, size_t count,
                                     const ae_real *restrict gradient, ae_real *restrict parameter) {
    ae_real decay = (ae_real)optimizer->value[AE_SETTING_weight_decay];
    ae_real rate = (ae_real)optimizer->value[AE_SETTING_learning_rate];
    for (size_t i = 0; i < count; i++)
        parameter[i] -= rate * (gradient[i] + decay * parameter[i]);
}

typedef void update(const struct ae_optimizer_state *optimizer, size_t count, const ae_real *gradient,
                    ae_real *parameter, ae_real *const *states, size_t from);

static void update_adam(const struct ae_optimizer_state *optimizer, size_t count, const ae_real *gradient,
                        ae_real *parameter, ae_real *const *states, size_t from) {
    step_adam(optimizer, count, gradient, parameter, states[0] + from, states[1] + from);
}

static void update_sgd(const struct ae_optimizer_state *optimizer, size_t count, const ae_real *gradient,
                       ae_real *parameter, ae_real *const *states, size_t from) {
    if (ae_optimizer_states(optimizer))
        step_momentum(optimizer, count, gradient, parameter, states[0] + from);
    else
        step_plain(optimizer, count, gradient, parameter);
}

void ae_optimizer_update(const struct ae_optimizer_state *optimizer, size_t from, size_t to, const ae_real *gradient,
                         ae_real *parameter, ae_real *const *states) {
    static update *const updates[AE_OPTIMIZER_COUNT] = {
#define OPTIMIZER(word, states, reads) [AE_OPTIMIZER_##word] = update_##word,
#include "language/settings.def"
    };
    updates[optimizer->kind](optimizer, to - from, gradient + from, parameter + from, states, from);
}
