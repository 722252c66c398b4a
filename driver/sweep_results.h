// What a finished sweep leaves: its table, its ranking, and plots of both.
#ifndef SWEEP_RESULTS_H
#define SWEEP_RESULTS_H

#include "sweep_run.h"

// Writes folder/sweep.csv, folder/ranking.csv and folder/figures, and prints the head of the ranking to stdout. All
// trainings are done. An exit code, told on stderr; EXIT_CONTENT when they were made from different data.
int sweep_results_write(struct arena *arena, const struct sweep_run *run);

#endif
