// Pages that are generated from the rows of commands, options, layers and settings. Each function appends to `out`.
#ifndef PAGES_H
#define PAGES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/option/option.h"

// The rows of aespec's commands and options.
const struct option_table *pages_table(void);

// aespec(1), aespec-COMMAND(1), and aespec(5) with the text of a spec as its example.
void manual_overview(struct arena *arena, struct buffer *out);
void manual_command(struct arena *arena, const struct command_row *command, struct buffer *out);
void manual_language(struct arena *arena, const char *example, struct buffer *out);

void completion_bash(struct arena *arena, struct buffer *out);
void completion_zsh(struct arena *arena, struct buffer *out);
void completion_fish(struct arena *arena, struct buffer *out);

void editor_vim_syntax(struct arena *arena, struct buffer *out);
void editor_vim_detect(struct arena *arena, struct buffer *out);
void editor_textmate(struct arena *arena, struct buffer *out);

// Prints a page of docs/ with its tables renewed; false, with an error on stderr, on failure.
bool tables_print(const char *path);

#endif
