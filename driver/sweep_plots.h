// Plots of a finished sweep, and the results that they are made of. Private to sweep_*.c.
#ifndef SWEEP_PLOTS_H
#define SWEEP_PLOTS_H

#include "sweep_run.h"

// The losses of a training, as its metrics.csv has them, an epoch a row; [epochs], "nan" behind where it diverged.
struct losses {
    const char **train, **test;
    bool tested;
};

struct results {
    struct arena *arena;
    const struct sweep_run *run;
    struct losses *losses;    // [trainings]
    size_t *order;            // [points] from the best to the worst
};

// The names of the axes, with commas between.
void sweep_names_print(const struct sweep_plan *plan, struct buffer *out);
// The losses of the training that answers a point.
const struct losses *sweep_losses(const struct results *results, const struct sweep_point *point);
// What a point is ranked by: the test loss after its last epoch, or the training loss without test data; NaN once diverged.
double sweep_final_loss(const struct results *results, const struct sweep_point *point);

// Writes folder/figures: the losses of every training coloured by each axis, and the final loss over the last two axes.
// What cannot be drawn is told on stderr; the sweep is none the worse for it.
void sweep_plots_draw(const struct results *results);

#endif
