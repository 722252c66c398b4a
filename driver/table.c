#include "table.h"

#include <string.h>

#include "base/buffer.h"
#include "files.h"

bool table_read(struct arena *arena, const char *path, struct table *table) {
    struct buffer text = {0};
    bool read = file_read(path, &text) && text.length > 0;
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

const char *table_cell(struct arena *arena, const char *line, size_t column) {
    for (; column > 0 && *line; column--)
        line += strcspn(line, ",") + (line[strcspn(line, ",")] == ',');
    return arena_copy(arena, line, strcspn(line, ","));
}
