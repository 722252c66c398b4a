// Long kernels in parts: where a kernel's text would be long, each of its blocks of sums becomes a function.
#ifndef OUTLINE_H
#define OUTLINE_H

#include "compiler/nest/kernels.h"

enum { FUNCTION_LINES = 200 };    // that a function of the generated C may have

// What stands for the kernel's name in the text of parts and calls: it is known only when all text is.
#define OUTLINE_NAME '@'

// Moves every block of sums out of the kernel's nest: its body then calls functions @_part1, @_part2, ..., whose text is
// added to `parts`.
void outline(const struct machine *machine, struct arena *arena, struct kernel_code *code, struct buffer *parts);
// Whether a text has `word` as a whole word.
bool text_names(const char *text, const char *word);
// One parameter of a kernel's array.
void array_parameter_print(const struct kernel_array *array, struct buffer *out);

#endif
