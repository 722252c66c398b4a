// The results of a finished sweep: its table and its ranking.
#ifndef SWEEP_RESULTS_H
#define SWEEP_RESULTS_H

#include "driver/sweep/sweep_run.h"

// The losses of a training from its metrics.csv, one per epoch [epochs]; "nan" after divergence.
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

// Prints the names of the axes, separated by commas.
void sweep_names_print(const struct sweep_plan *plan, struct buffer *out);
// The losses of the training of a point.
const struct sweep_losses *sweep_losses_of(const struct sweep_results *results, const struct sweep_point *point);
// The loss by which a point is ranked: the test loss after its last epoch, or the training loss without test data; NaN
// if it diverged.
double sweep_final_loss(const struct sweep_results *results, const struct sweep_point *point);

// Reads the losses of all trainings, which must be complete, and ranks the points. Returns an exit code, with an error
// on stderr; EXIT_CONTENT if trainings used different data. Memory is in the arena.
int sweep_results_read(struct arena *arena, const struct sweep_run *run, struct sweep_results *results);
// Writes folder/sweep.csv and folder/ranking.csv. Returns an exit code, with an error on stderr.
int sweep_results_write(const struct sweep_results *results);
// Prints the first lines of the ranking to stdout.
void sweep_results_show(const struct sweep_results *results);

#endif
