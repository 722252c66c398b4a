// Small tables of text: the CSV files that trainers write, which quote nothing. Lines and cells are the arena's.
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct table {
    const char **line;
    size_t count;    // of lines, the head included
};

// False with errno when the file cannot be read; an empty one is no table either.
bool table_read(struct arena *arena, const char *path, struct table *table);
// The cell of a line, "" when it has none.
const char *table_cell(struct arena *arena, const char *line, size_t column);

#endif
