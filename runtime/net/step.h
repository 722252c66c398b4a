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

// The memory and settings of training steps.
struct stepper {
    const struct ae_model *model;    // the model of the settings
    struct pool *pool;
    const struct settings *settings;
    const struct split *split;
    size_t batch;    // the largest number of samples in a step
    struct ae_optimizer_state optimizer;
    // The arrays of struct step_memory, for `batch` samples.
    ae_real *parameters;
    ae_real *gradient, **states;    // states [ae_optimizer_states]
    ae_real *input, *term, *term_scale, *slots, *repacked, *kept, **scratch;
    double *sums;    // [term_count] sum of each term, without its weight, over the samples of the last step
    double loss;     // the mean loss over the samples of the last step
    void (*mark)(void *context, size_t kernel);    // of struct ae_step
    void *mark_context;
};

// The parameters are initially zero. The caller must call stepper_free.
void stepper_create(struct stepper *stepper, struct pool *pool, const struct settings *settings,
                    const struct split *split);
void stepper_free(struct stepper *stepper);
// Bytes of a stepper's arrays for the batch of the settings and one thread.
size_t stepper_bytes(const struct settings *settings);
// Trains on the samples `sample` [samples]. False, with an error on stderr, if the loss, a gradient or a parameter is
// not finite; the parameters must then not be used.
bool stepper_run(struct stepper *stepper, uint32_t epoch, const uint32_t *sample, size_t samples);

#endif
