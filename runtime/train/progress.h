// Progress of training on stderr: a redrawn line on a terminal, one plain line an epoch otherwise.
#ifndef AE_PROGRESS_H
#define AE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool quiet, terminal, colour;
    bool drawn;    // a redrawn line stands on the terminal
    uint64_t epochs;
    size_t samples;              // of an epoch
    double total;                // samples of the whole training
    double begun, last_drawn;    // seconds
    bool has_test;
    double test;    // loss after the last epoch
};

// `samples` of an epoch, `total` of all epochs, less where --steps ends the training before.
void progress_begin(struct progress *progress, bool quiet, uint64_t epochs, size_t samples, double total);
// After a step: `done` samples of the epoch have been seen, `loss` is their mean so far.
void progress_step(struct progress *progress, uint64_t epoch, size_t done, double loss);
// After an epoch; test NULL when there is no test set. `seconds` of training, without the test.
void progress_epoch(struct progress *progress, uint64_t epoch, double seconds, double samples_per_second, double train,
                    const double *test);
// Ends the redrawn line, so that other words can follow.
void progress_clear(struct progress *progress);

#endif
