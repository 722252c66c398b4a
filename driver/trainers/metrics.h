// The losses of a run, from its metrics.csv, which has one row per epoch. Memory is in the arena.
#ifndef METRICS_H
#define METRICS_H

#include "driver/trainers/table.h"

struct metrics {
    struct table table;
    size_t epochs;    // rows
    bool tested;      // there are losses on test data
    // "loss", and the names of its terms, unless a single term equals the loss: "loss", "sse", "kl".
    const char **quantity;
    size_t quantity_count;
};

// Returns EXIT_FILE, with an error on stderr, if the file cannot be read or is empty, EXIT_CONTENT if the name of a
// column is not an identifier, because a trainer writes only identifiers.
int metrics_read(struct arena *arena, const char *run, struct metrics *metrics);
// The same for any table of a run.
int run_table_read(struct arena *arena, const char *run, const char *name, struct table *table);
// The column of a quantity on the training data, or on the test data.
size_t metrics_column(struct arena *arena, const struct metrics *metrics, const char *quantity, bool test);

#endif
