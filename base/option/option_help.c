// Usage and help, printed from the rows.
#include <string.h>

#include "base/option/option.h"

enum { HELP_COLUMN = 30 };

static bool is_required(const struct option_table *table, const struct option_row *option) {
    return option->need == OPTION_REQUIRED || (option->need == OPTION_FROM_RUN && table->reader == OPTION_TRAINER);
}

void usage_print(const struct option_table *table, const struct command_row *command, struct buffer *out) {
    struct arena arena = {0};
    buffer_print(out, "usage: %s %s", table->program, command->name);
    if (table->reader == OPTION_DRIVER && *command->operands) buffer_print(out, " %s", command->operands);
    for (const struct option_row *row = NULL; (row = option_next(table, command, row));) {
        if (!is_required(table, row)) continue;
        const char *shown = option_takes(table, row)->shown;
        if (row->letter)
            buffer_print(out, " -%c %s", row->letter, shown);
        else
            buffer_print(out, " --%s %s", option_spelling(&arena, row->name), shown);
    }
    buffer_print(out, " [options]");
    arena_free(&arena);
}

static void option_help(struct arena *arena, const struct option_table *table, const struct option_row *option,
                        struct buffer *out) {
    const char *shown = option == &option_help_row ? "" : option_takes(table, option)->shown;
    const char *letter = option->letter ? arena_print(arena, "-%c,", option->letter) : "   ";
    const char *text =
        arena_print(arena, "  %s --%s%s%s", letter, option_spelling(arena, option->name), *shown ? " " : "", shown);
    bool wraps = strlen(text) >= HELP_COLUMN;
    buffer_print(out, "%s%s%*s%s%s\n", text, wraps ? "\n" : "", wraps ? HELP_COLUMN : HELP_COLUMN - (int)strlen(text),
                 "", option->help, option->need == OPTION_LATER ? " (not supported yet)" : "");
}

void examples_print(const struct option_table *table, const struct command_row *command, struct buffer *out) {
    bool trainer = table->reader == OPTION_TRAINER;
    bool weights = option_find(table, command, "weights");
    for (size_t i = 0; i < table->example_count; i++) {
        const struct example_row *row = &table->examples[i];
        if (&table->commands[row->command] != command || !(row->reader & table->reader)) continue;
        buffer_print(out, "  %s %s", table->program, command->name);
        if (*row->operand && (!trainer || weights))
            buffer_print(out, "%s %s", trainer ? " --weights" : "", row->operand);
        buffer_print(out, "%s%s\n", *row->rest ? " " : "", row->rest);
    }
}

void command_help(const struct option_table *table, const struct command_row *command, struct buffer *out) {
    struct arena arena = {0};
    usage_print(table, command, out);
    buffer_print(out, "\n\n%s\n\n%s\noptions:\n", command->summary, command->description);
    for (const struct option_row *row = NULL; (row = option_next(table, command, row));)
        option_help(&arena, table, row, out);
    option_help(&arena, table, &option_help_row, out);
    buffer_print(out, "\nexamples:\n");
    examples_print(table, command, out);
    arena_free(&arena);
}
