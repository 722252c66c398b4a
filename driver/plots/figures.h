// Figures of a run, in RUN/figures: pictures from the trainer, plots by gnuplot with script and data beside each.
#ifndef FIGURES_H
#define FIGURES_H

#include <stdbool.h>

#include "base/arena.h"

struct figures {
    const char *trainer;
    const char *run;      // its folder, NULL for the trainer's default (runs/MODEL)
    const char *data;     // the value of --data, NULL for the spec's source
    const char *split;    // the value of --split, NULL for its default
    bool quiet;           // tell only what went wrong
};

// Makes them all. EXIT_OK; else what cannot be made is told on stderr: the trainer's exit code, EXIT_FILE when a file
// cannot be written or gnuplot is missing. What could be made is there.
int figures_make(struct arena *arena, const struct figures *figures);

#endif
