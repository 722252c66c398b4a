// The losses of a run, its metrics.csv: an epoch a row. Memory is the arena's.
#ifndef METRICS_H
#define METRICS_H

#include "driver/trainers/table.h"

struct metrics {
    struct table table;
    size_t epochs;    // rows
    bool tested;      // there are losses of test data
    // The loss, and its terms where they are not the same numbers: "loss", "sse", "kl".
    const char **quantity;
    size_t quantity_count;
};

// False when the file cannot be read or is empty.
bool metrics_read(struct arena *arena, const char *run, struct metrics *metrics);
// The column of a quantity of the training data, or of the test data.
size_t metrics_column(struct arena *arena, const struct metrics *metrics, const char *quantity, bool test);

#endif
