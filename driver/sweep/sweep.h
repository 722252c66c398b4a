// The command sweep.
#ifndef SWEEP_H
#define SWEEP_H

#include "base/arena.h"
#include "base/option/option.h"

// Trains every point of a spec's sweep block, or lists them for --dry-run. Returns an exit code; errors are reported on
// stderr.
int command_sweep(struct arena *arena, const struct line *line);

#endif
