// Two models in one program, trained alternately, one step at a time. Linked with the C of `model every` and of `model
// choices` and with the runtime.
//
//   two_models STEPS DATA WEIGHTS DATA WEIGHTS    for each model its data and the output file for its weights
#include <stdlib.h>

#include "runtime/numbers/reals.h"
#include "runtime/data/data.h"
#include "base/exit_code.h"
#include "base/memory.h"
#include "runtime/net/parameters.h"
#include "runtime/net/safetensors.h"
#include "runtime/net/step.h"

extern const struct ae_model ae_model_every, ae_model_choices;

// A training with the samples in file order.
struct training {
    const struct ae_model *model;
    struct settings settings;
    struct data data;
    struct stepper stepper;
    uint32_t *order, epoch;
    size_t done;
};

static void begin(struct training *training, const struct ae_model *model, const char *path, struct pool *pool) {
    const bool wanted[SPLIT_COUNT] = {true, false};
    *training = (struct training){.model = model, .epoch = 1};
    settings_default(model, &training->settings);
    if (data_load(model, path, wanted, SIZE_MAX, &training->data) != EXIT_OK) exit(3);
    const struct split *split = &training->data.split[SPLIT_TRAIN];
    training->order = memory_allocate(split->count, sizeof *training->order);
    for (size_t i = 0; i < split->count; i++)
        training->order[i] = (uint32_t)i;
    stepper_create(&training->stepper, pool, &training->settings, split);
    parameters_initialise(model, (uint64_t)training->settings.value[AE_SETTING_seed], training->stepper.parameters);
}

static void run_step(struct training *training) {
    size_t count = training->stepper.split->count, batch = training->stepper.batch;
    if (training->done == count) {
        training->done = 0;
        training->epoch++;
    }
    size_t left = count - training->done, samples = left < batch ? left : batch;
    if (!stepper_run(&training->stepper, training->epoch, training->order + training->done, samples)) exit(5);
    training->done += samples;
}

static void end(struct training *training, const char *path) {
    struct weights_notes notes = {.has_range = true};
    split_range(training->stepper.split, &notes.low, &notes.high);
    if (safetensors_write(training->model, path, training->stepper.parameters, &notes) != EXIT_OK) exit(3);
    stepper_free(&training->stepper);
    settings_free(&training->settings);
    data_free(&training->data);
    free(training->order);
}

int main(int count, char **arguments) {
    if (count != 6) return 2;
    struct pool *pool = pool_create(2);
    struct training every, choices;
    begin(&every, &ae_model_every, arguments[2], pool);
    begin(&choices, &ae_model_choices, arguments[4], pool);
    for (int step = atoi(arguments[1]); step > 0; step--) {
        run_step(&every);
        run_step(&choices);
    }
    end(&every, arguments[3]);
    end(&choices, arguments[5]);
    pool_free(pool);
    return 0;
}
