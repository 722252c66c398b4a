// CSV files of the runtime: a head line, then rows; no cell has a comma or a quote in it. Memory is the arena's.
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
// The first column whose name is not an identifier of the language, counted from 1; 0 when there is none.
size_t table_misnamed(const struct table *table);
// The cell of a line, "" when it has none.
const char *table_cell(struct arena *arena, const char *line, size_t column);
// The same as a number, NAN for an empty cell. A line past the end has no cells.
double table_number(const struct table *table, size_t line, size_t column);
// The column of this name; SIZE_MAX when there is none.
size_t table_column(struct arena *arena, const struct table *table, const char *name);

#endif
