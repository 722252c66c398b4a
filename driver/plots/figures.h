// Figures of a run, in RUN/figures: pictures written by the trainer, and plots drawn by gnuplot with their scripts and
// data.
#ifndef FIGURES_H
#define FIGURES_H

#include <stdbool.h>

#include "base/arena.h"

struct figures {
    const char *trainer;
    const char *run;      // the run's folder; NULL for the trainer's default (runs/MODEL)
    const char *data;     // the value of --data; NULL for the spec's source
    const char *split;    // the value of --split; NULL for its default
    bool quiet;           // print only errors
};

// Creates all figures. Figures that cannot be created are reported on stderr, the others are written. Returns EXIT_OK,
// the trainer's exit code, or EXIT_FILE if a file cannot be written or gnuplot is missing.
int figures_make(struct arena *arena, const struct figures *figures);

#endif
