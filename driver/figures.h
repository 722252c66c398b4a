// Pictures that gnuplot makes of a finished run, in RUN/figures: script, data, PNG and SVG beside each other.
#ifndef FIGURES_H
#define FIGURES_H

#include "base/arena.h"

// The scatter of the latent space, for models with two latent units. `out` and `data` are the values of --out and
// --data, NULL for their defaults. What cannot be made is said on stderr; a run is none the worse for it.
void figures_make(struct arena *arena, const char *trainer, const char *out, const char *data);

#endif
