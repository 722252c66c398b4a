// The rows of the language as words: what its manual and the tables of docs/ share.
// Texts are the arena's. `x` in a text is code, as in Markdown.
#ifndef ROWS_H
#define ROWS_H

#include "compiler/spec.h"

// What only settings can be, beside the kinds of arguments.
enum { ARGUMENT_OPTIMIZER = ARGUMENT_ENCODER + 1, ARGUMENT_REDUCTION };

struct setting_row {
    const char *name, *doc;
    int kind;    // of enum argument_kind or of the enum above
    double initial, least, most;
};

extern const struct setting_row setting_rows[SETTING_COUNT];
extern const char *const data_docs[DATA_ROWS];

// "whole number, 1 to 100"
const char *value_text(struct arena *arena, int kind, double least, double most);
// "required", "optional" or the number
const char *argument_initial_text(struct arena *arena, const struct argument_row *argument);
const char *setting_initial_text(struct arena *arena, const struct setting_row *setting);
// "conv(channels, kernel, stride = 1)"
const char *call_text(struct arena *arena, const struct row *row);
// "mse(x)"
const char *term_text(struct arena *arena, const struct term_row *term);
// "the input"
const char *target_text(enum term_target target);
// "1 to 100" of a function
const char *count_text(struct arena *arena, const struct function_row *function);

// How `text` looks with each `from` as `to`.
const char *text_replace(struct arena *arena, const char *text, char from, const char *to);

#endif
