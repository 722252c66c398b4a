// CSV files of the runtime: a header line, then rows. No cell contains a comma or a quote. Memory is in the arena.
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct table {
    const char **line;
    size_t count;    // of lines, including the header
};

// False, with errno set, if the file cannot be read; false also for an empty file.
bool table_read(struct arena *arena, const char *path, struct table *table);
// The first column whose name is not an identifier of the language, counted from 1; 0 if all names are identifiers.
size_t table_misnamed(const struct table *table);
// Returns the cell of a line, or "" if the line has fewer cells.
const char *table_cell(struct arena *arena, const char *line, size_t column);
// The same as a number, NAN for an empty cell. A line after the last one has no cells.
double table_number(const struct table *table, size_t line, size_t column);
// Returns the index, from 0, of the column with this name, or SIZE_MAX if the table has no such column.
size_t table_column(struct arena *arena, const struct table *table, const char *name);

#endif
