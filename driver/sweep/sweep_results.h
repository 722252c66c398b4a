// What a finished sweep gave: its table and its ranking.
#ifndef SWEEP_RESULTS_H
#define SWEEP_RESULTS_H

#include "driver/sweep/sweep_run.h"

// The losses of a training, as its metrics.csv has them, an epoch a row; [epochs], "nan" behind where it diverged.
struct sweep_losses {
    const char **train, **test;
    bool tested;
};

struct sweep_results {
    struct arena *arena;
    const struct sweep_run *run;
    struct sweep_losses *losses;    // [trainings]
    size_t *order;                  // [points] from the best to the worst
};

// The names of the axes, with commas between.
void sweep_names_print(const struct sweep_plan *plan, struct buffer *out);
// The losses of the training that answers a point.
const struct sweep_losses *sweep_losses_of(const struct sweep_results *results, const struct sweep_point *point);
// What a point is ranked by: the test loss after its last epoch, or the training loss without test data; NaN once diverged.
double sweep_final_loss(const struct sweep_results *results, const struct sweep_point *point);

// Reads the losses of all trainings, which are done, and ranks the points. An exit code, told on stderr; EXIT_CONTENT
// when trainings were made from different data. Memory is the arena's.
int sweep_results_read(struct arena *arena, const struct sweep_run *run, struct sweep_results *results);
// Writes folder/sweep.csv and folder/ranking.csv. An exit code, told on stderr.
int sweep_results_write(const struct sweep_results *results);
// The head of the ranking, on stdout.
void sweep_results_show(const struct sweep_results *results);

#endif
