// Plots of a finished sweep.
#ifndef SWEEP_PLOTS_H
#define SWEEP_PLOTS_H

#include "driver/sweep/sweep_results.h"

// Writes folder/figures: the losses of every training coloured by each axis, and the final loss over the last two axes.
// What cannot be drawn is told on stderr; the sweep is none the worse for it.
void sweep_plots_draw(const struct sweep_results *results);

#endif
