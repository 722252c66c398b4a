// The rows of the language as text, for the manual and the tables of docs/. Strings are in the arena; `x` in a string
// is code, as in Markdown.
#ifndef ROWS_H
#define ROWS_H

#include "compiler/spec.h"

extern const char *const data_docs[DATA_ROWS];

// "whole number, 1 to 100"
const char *value_text(struct arena *arena, enum argument_kind kind, double least, double most);
// "required", "optional" or the number
const char *argument_initial_text(struct arena *arena, const struct argument_row *argument);
// "whole number, 1 to 100", "`adam` or `sgd`" of a setting
const char *setting_text(struct arena *arena, enum setting_id setting);
const char *setting_initial_text(struct arena *arena, enum setting_id setting);
// "conv(channels, kernel, stride = 1)"
const char *call_text(struct arena *arena, const struct row *row);
// "mse(x)"
const char *term_text(struct arena *arena, const struct term_row *term);
// "the input"
const char *target_text(enum term_target target);
// "1 to 100" of a function
const char *count_text(struct arena *arena, const struct function_row *function);

// The text with each `from` replaced by `to`.
const char *text_replace(struct arena *arena, const char *text, char from, const char *to);

#endif
