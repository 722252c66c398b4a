// Runs the trainings of a sweep, several at a time. The folder of a training appears when the training is complete.
#ifndef SWEEP_RUN_H
#define SWEEP_RUN_H

#include "driver/sweep/sweep_plan.h"

struct sweep_run {
    const struct compile_options *options;
    const struct sweep_plan *plan;
    const char *folder;    // folder of the sweep; trainings are in folder/runs/NAME
    const char *data;      // values of --data and --limit, NULL for their defaults
    const char *limit;
    size_t jobs, threads;    // trainings at the same time, threads of each
    bool quiet;
};

// The folder of a training.
const char *sweep_run_folder(struct arena *arena, const struct sweep_run *run, size_t training);
// Whether the training is complete: finished or diverged.
bool sweep_run_done(struct arena *arena, const struct sweep_run *run, size_t training);
// Runs the incomplete trainings, longest first. Returns an exit code, with errors on stderr: EXIT_INTERRUPTED after
// SIGINT, SIGTERM or SIGHUP (complete trainings are kept, running ones discarded), or the exit code of a trainer that
// failed. A training that diverges is complete.
int sweep_run_all(struct arena *arena, const struct sweep_run *run);
// Estimates the seconds of all trainings from a few steps of each trainer and batch; negative, with an error on stderr,
// if these fail.
double sweep_run_estimate(struct arena *arena, const struct sweep_run *run);

#endif
