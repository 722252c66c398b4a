// The trainings of a sweep, some at a time, each in a folder of its own that appears when it is whole.
#ifndef SWEEP_RUN_H
#define SWEEP_RUN_H

#include "driver/sweep/sweep_plan.h"

struct sweep_run {
    const struct compile_options *options;
    const struct sweep_plan *plan;
    const char *folder;    // of the sweep; trainings are in folder/runs/NAME
    const char *data;      // values of --data and --limit, NULL for their defaults
    const char *limit;
    size_t jobs, threads;    // trainings at the same time, threads of each
    bool quiet;
};

// The folder of a training.
const char *sweep_run_folder(struct arena *arena, const struct sweep_run *run, size_t training);
// Whether it is whole: trained to its end, or diverged.
bool sweep_run_done(struct arena *arena, const struct sweep_run *run, size_t training);
// Runs the trainings that are not done, longest first. An exit code, told on stderr: EXIT_INTERRUPTED after SIGINT, SIGTERM
// or SIGHUP, when what is done is kept and what was running is given up; the trainer's own where one fails. A training
// that diverges is done.
int sweep_run_all(struct arena *arena, const struct sweep_run *run);
// Seconds that all trainings will take, from some steps of each trainer and batch; negative, told on stderr, when they
// cannot be made.
double sweep_run_estimate(struct arena *arena, const struct sweep_run *run);

#endif
