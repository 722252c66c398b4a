// The command `bench`: the time of a step and of each kernel, compared with the peak of the processor. Input is random,
// so no data are needed.
#ifndef AE_BENCH_H
#define AE_BENCH_H

#include "runtime/api/model.h"

// FLOPs of a kernel in a step of `samples` samples.
double bench_flops(const struct ae_kernel *kernel, size_t samples);
// The predicted milliseconds of a kernel on a processor that reaches `peak` FLOPs per second with registers of `lanes`
// numbers. A slot is one multiply-add, 2 FLOPs, in each lane.
double bench_predict(const struct ae_kernel *kernel, size_t samples, int lanes, double peak);

#endif
