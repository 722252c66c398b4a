// The command `bench`: how long a step takes, what of it each kernel takes, and how far that is from what the processor
// can do. Input is random, so no data are needed.
#ifndef AE_BENCH_H
#define AE_BENCH_H

#include "runtime/api/model.h"

// FLOPs of a kernel in a step of so many samples.
double bench_flops(const struct ae_kernel *kernel, size_t samples);
// Milliseconds that the compiler expects it to take where `peak` FLOPs a second can be done with registers of `lanes`
// numbers: a slot is one multiply-add, 2 FLOPs, in each lane.
double bench_predict(const struct ae_kernel *kernel, size_t samples, int lanes, double peak);

#endif
