// Progress of training on stderr: a redrawn line on a terminal, otherwise one plain line per epoch.
#ifndef AE_PROGRESS_H
#define AE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool quiet, terminal, colour;
    bool drawn;    // a redrawn line is on the terminal
    uint64_t epochs;
    size_t samples;              // of an epoch
    double total;                // samples of the whole training
    double begun, last_drawn;    // seconds
    bool has_test;
    double test;    // test loss after the last epoch
};

// `samples`: of an epoch; `total`: of the whole training, which --steps may end before the last epoch.
void progress_begin(struct progress *progress, bool quiet, uint64_t epochs, size_t samples, double total);
// Called after a step: `done` samples of the epoch are processed, `loss` is their mean loss.
void progress_step(struct progress *progress, uint64_t epoch, size_t done, double loss);
// Called after an epoch; test NULL without a test set. `seconds` of training, without the test.
void progress_epoch(struct progress *progress, uint64_t epoch, double seconds, double samples_per_second, double train,
                    const double *test);
// Ends the redrawn line, so that other output can follow.
void progress_clear(struct progress *progress);

#endif
