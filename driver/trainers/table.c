#include "driver/trainers/table.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"

bool table_read(struct arena *arena, const char *path, struct table *table) {
    struct buffer text = {0};
    bool read = file_try_read(path, &text) && text.length > 0;
    *table = (struct table){0};
    if (read) {
        size_t lines = 1;
        for (size_t i = 0; i < text.length; i++)
            lines += text.text[i] == '\n';
        table->line = ARENA_ARRAY(arena, const char *, lines);
        for (const char *at = text.text; *at;) {
            size_t length = strcspn(at, "\n");
            table->line[table->count++] = arena_copy(arena, at, length);
            at += length + (at[length] == '\n');
        }
    }
    buffer_free(&text);
    return read;
}

static bool is_identifier(const char *text, size_t length) {
    static const char digits[] = "0123456789",
                      characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    return length > 0 && !strchr(digits, *text) && strspn(text, characters) >= length;
}

size_t table_misnamed(const struct table *table) {
    const char *name = table->count > 0 ? table->line[0] : "";
    for (size_t column = 1;; column++) {
        size_t length = strcspn(name, ",");
        if (!is_identifier(name, length)) return column;
        if (!name[length]) return 0;
        name += length + 1;
    }
}

static const char *cell_begin(const char *line, size_t column) {
    for (; column > 0 && *line; column--)
        line += strcspn(line, ",") + (line[strcspn(line, ",")] == ',');
    return line;
}

const char *table_cell(struct arena *arena, const char *line, size_t column) {
    line = cell_begin(line, column);
    return arena_copy(arena, line, strcspn(line, ","));
}

double table_number(const struct table *table, size_t line, size_t column) {
    if (line >= table->count) return NAN;
    const char *cell = cell_begin(table->line[line], column);
    char *end;
    double value = strtod(cell, &end);
    return end == cell ? NAN : value;
}

size_t table_column(struct arena *arena, const struct table *table, const char *name) {
    for (size_t column = 0; table->count > 0; column++) {
        const char *cell = table_cell(arena, table->line[0], column);
        if (!*cell) break;
        if (strcmp(cell, name) == 0) return column;
    }
    return SIZE_MAX;
}
