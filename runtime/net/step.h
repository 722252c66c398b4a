// One training step: gather the batch, run the model's phases, check, update.
#ifndef AE_STEP_H
#define AE_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"
#include "runtime/api/model.h"
#include "runtime/data/data.h"
#include "runtime/net/optimizer.h"
#include "runtime/net/settings.h"

// The memory and the numbers that steps share.
struct stepper {
    const struct ae_model *model;    // of the settings
    struct pool *pool;
    const struct settings *settings;
    const struct split *split;
    size_t batch;    // the largest there will be
    struct ae_optimizer_state optimizer;
    // The arrays of struct step_memory, the batch's for `batch` samples.
    ae_real *parameters;
    ae_real *gradient, **states;    // states [ae_optimizer_states]
    ae_real *input, *term, *term_scale, *slots, *repacked, *kept, **scratch;
    double *sums;    // [term_count] of each term, without its weight, over the samples of the last step
    double loss;     // its objective's mean over the samples
    void (*mark)(void *context, size_t kernel);    // of struct ae_step
    void *mark_context;
};

// parameters are zero; stepper_free afterwards.
void stepper_create(struct stepper *stepper, struct pool *pool, const struct settings *settings,
                    const struct split *split);
void stepper_free(struct stepper *stepper);
// Bytes of a stepper's arrays at the batch of the settings, one thread training.
size_t stepper_bytes(const struct settings *settings);
// Trains on the samples `sample` [samples]. False if the loss, a gradient or a parameter is not finite: a message has
// said which, and the parameters must not be used.
bool stepper_run(struct stepper *stepper, uint32_t epoch, const uint32_t *sample, size_t samples);

#endif
