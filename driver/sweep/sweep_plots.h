// Plots of a finished sweep.
#ifndef SWEEP_PLOTS_H
#define SWEEP_PLOTS_H

#include "driver/sweep/sweep_results.h"

// Writes folder/figures: the losses of every training coloured by each axis, and the final loss over the last two axes.
// Plots that cannot be drawn are reported on stderr; the sweep succeeds nevertheless.
void sweep_plots_draw(const struct sweep_results *results);

#endif
