// The table of docs/ir.md for each class of ops, from the rows of language/ops.def.
#ifndef OPS_PAGE_H
#define OPS_PAGE_H

#include "base/arena.h"
#include "compiler/graph/ops.h"

// Prints the table to stdout. Texts are the arena's.
void ops_print(struct arena *arena, enum op_class class);

#endif
