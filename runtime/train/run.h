// A RUN, the folder that training leaves: spec.aespec, run.json, metrics.csv, timing.csv, weights.safetensors, figures/.
// docs/formats.md describes the files. Functions return an exit code and have told on stderr what is wrong.
#ifndef AE_RUN_H
#define AE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/option/option.h"
#include "runtime/data/data.h"
#include "runtime/net/safetensors.h"
#include "runtime/net/settings.h"

struct run {
    const struct ae_model *model;
    char *folder;
    char *metrics, *timing;    // content of metrics.csv and timing.csv so far
};

// What run.json tells beside the model and the build.
struct run_facts {
    const struct line *line;
    const struct settings *settings;
    const struct data *data;
    uint64_t threads;
    uint64_t steps, limit;    // UINT64_MAX: none
    bool shuffle;
};

// One row of metrics.csv. Losses are means over samples, terms [term_count] without their weights.
struct run_epoch {
    uint64_t epoch;
    size_t samples;    // that its steps saw
    double seconds;    // of its steps
    double train_loss, test_loss;
    const double *train_terms, *test_terms;    // test_terms NULL: no test set
    double learning_rate;
};

// EXIT_USAGE when the folder holds a run already.
int run_check(const char *folder);
// Makes the folder with everything but the weights; where that fails, what was made is removed again. run_free afterwards,
// in any case.
int run_create(struct run *run, const char *folder, const struct run_facts *facts);
int run_add_epoch(struct run *run, const struct run_epoch *epoch);
int run_save_weights(const struct run *run, const ae_real *parameters, const struct weights_notes *notes);
void run_free(struct run *run);

// The consts that the run.json of a RUN remembers, into settings. Nothing when there is no run.json, or when this trainer
// was made with the RUN's own --sets: what it was made with beyond them is what the user wants now.
int run_read_constants(const char *folder, struct settings *settings);

#endif
