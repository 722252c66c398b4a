// Nests as text, for people and for goldens; docs/ir.md describes the form.
#ifndef NEST_DUMP_H
#define NEST_DUMP_H

#include <stdarg.h>

#include "compiler/nest/nest.h"

void nest_dump(const struct nest *nest, struct buffer *out);
// One statement without its body, without a line's end: what messages name a statement by.
void statement_dump(const struct statement *statement, struct buffer *out);
// A fault found at a statement (NULL: at none), as text of the arena: "'STATEMENT': FORMATTED".
const char *fault_text(struct arena *arena, const struct statement *at, const char *format, va_list arguments);
void operand_dump(const struct operand *operand, int lanes, struct buffer *out);

#endif
