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

// An exit code, with a message on stderr: EXIT_FILE when the file cannot be read or is empty, EXIT_CONTENT when the
// name of a column is not an identifier; a trainer writes no other names.
int metrics_read(struct arena *arena, const char *run, struct metrics *metrics);
// The same for any table of a run.
int run_table_read(struct arena *arena, const char *run, const char *name, struct table *table);
// The column of a quantity of the training data, or of the test data.
size_t metrics_column(struct arena *arena, const struct metrics *metrics, const char *quantity, bool test);

#endif
