#include "driver/trainers/metrics.h"

#include <string.h>

// Without an epoch nothing tells whether they are the same numbers.
static bool same_as_loss(struct arena *arena, const struct table *table, size_t column) {
    if (table->count < 2) return false;
    return strcmp(table_cell(arena, table->line[1], column), table_cell(arena, table->line[1], 1)) == 0;
}

static void list_quantities(struct arena *arena, struct metrics *metrics) {
    static const char prefix[] = "train_";
    const char *head = metrics->table.line[0];
    size_t columns = 1;
    for (const char *c = head; *c; c++)
        columns += *c == ',';
    metrics->quantity = ARENA_ARRAY(arena, const char *, columns);
    metrics->quantity[metrics->quantity_count++] = "loss";
    for (size_t column = 3; column < columns; column++) {
        const char *name = table_cell(arena, head, column);
        if (strncmp(name, prefix, strlen(prefix)) != 0 || same_as_loss(arena, &metrics->table, column)) continue;
        metrics->quantity[metrics->quantity_count++] = name + strlen(prefix);
    }
}

bool metrics_read(struct arena *arena, const char *run, struct metrics *metrics) {
    *metrics = (struct metrics){0};
    if (!table_read(arena, arena_print(arena, "%s/metrics.csv", run), &metrics->table)) return false;
    metrics->epochs = metrics->table.count - 1;
    metrics->tested = metrics->epochs > 0 && *table_cell(arena, metrics->table.line[1], 2) != 0;
    list_quantities(arena, metrics);
    return true;
}

size_t metrics_column(struct arena *arena, const struct metrics *metrics, const char *quantity, bool test) {
    return table_column(arena, &metrics->table, arena_print(arena, "%s_%s", test ? "test" : "train", quantity));
}
