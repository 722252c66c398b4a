#include "driver/trainers/metrics.h"

#include <errno.h>
#include <string.h>

#include "base/message.h"
#include "compiler/compiler.h"

// True if the column equals the loss in the first epoch. Without epochs this is unknown.
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

int run_table_read(struct arena *arena, const char *run, const char *name, struct table *table) {
    const char *path = arena_print(arena, "%s/%s", run, name);
    if (!table_read(arena, path, table))
        return message_error(EXIT_FILE, "%s is not a complete run: cannot read %s: %s", run, path,
                             errno ? error_text(errno) : "the file is empty");
    size_t column = table_misnamed(table);
    if (column == 0) return EXIT_OK;
    return message_error(EXIT_CONTENT, "%s is not a complete run: the name of column %zu of %s is not an identifier",
                         run, column, path);
}

int metrics_read(struct arena *arena, const char *run, struct metrics *metrics) {
    *metrics = (struct metrics){0};
    int code = run_table_read(arena, run, "metrics.csv", &metrics->table);
    if (code != EXIT_OK) return code;
    metrics->epochs = metrics->table.count - 1;
    metrics->tested = metrics->epochs > 0 && *table_cell(arena, metrics->table.line[1], 2) != 0;
    list_quantities(arena, metrics);
    return EXIT_OK;
}

size_t metrics_column(struct arena *arena, const struct metrics *metrics, const char *quantity, bool test) {
    return table_column(arena, &metrics->table, arena_print(arena, "%s_%s", test ? "test" : "train", quantity));
}
