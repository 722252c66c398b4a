// A RUN, the folder that training creates: spec.aespec, run.json, metrics.csv, timing.csv, weights.safetensors,
// figures/. docs/formats.md describes the files. Functions return an exit code and report errors on stderr.
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

// The content of run.json besides the model and the build.
struct run_facts {
    const struct line *line;
    const struct settings *settings;
    const struct data *data;
    uint64_t threads;
    uint64_t steps, limit;    // UINT64_MAX: none
    bool shuffle;
};

// One row of metrics.csv. Losses are means over samples; terms [term_count] are without their weights.
struct run_epoch {
    uint64_t epoch;
    size_t samples;    // number of samples in its steps
    double seconds;    // duration of its steps
    double train_loss, test_loss;
    const double *train_terms, *test_terms;    // test_terms NULL: no test set
    double learning_rate;
};

// EXIT_USAGE if the folder already contains a run.
int run_check(const char *folder);
// Creates the folder and all files except the weights; on failure everything created is removed. The caller must call
// run_free in any case.
int run_create(struct run *run, const char *folder, const struct run_facts *facts);
int run_add_epoch(struct run *run, const struct run_epoch *epoch);
int run_save_weights(const struct run *run, const ae_real *parameters, const struct weights_notes *notes);
void run_free(struct run *run);

// Sets the consts recorded in the run.json of a RUN. Does nothing if there is no run.json, or if this trainer was built
// with the --sets of the RUN: additional --sets of the build must then keep their values.
int run_read_constants(const char *folder, struct settings *settings);

#endif
