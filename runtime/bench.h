// The command `bench`: the time of a training step and of its kernels, beside the processor's peak.
#ifndef AE_BENCH_H
#define AE_BENCH_H

#include "options.h"

// Measures on random data, with the spec's settings but for a learning rate of 0; an exit code.
int command_bench(const struct line *line);

#endif
