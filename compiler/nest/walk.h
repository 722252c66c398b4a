// Walks over a nest's statements: what they use, whether two nests are the same.
#ifndef NEST_WALK_H
#define NEST_WALK_H

#include <stdint.h>

#include "compiler/nest/nest.h"

// What is called for each symbol that a statement itself (not its body) names.
struct visitor {
    void (*symbol)(struct visitor *visitor, const struct symbol *symbol, bool declares);
    void (*variable)(struct visitor *visitor,
                     const struct index *index);    // of a symbol in an index; NULL: not called
    void *context;
};

void statement_visit(const struct statement *statement, struct visitor *visitor);

// What the statements from `first` on use and do not declare, in the order of first use; [*count], of the arena.
const struct symbol **nest_free_symbols(struct arena *arena, const struct statement *first, int *count);

// A nest as numbers: equal for two nests whose functions are the same but for their name. Names of parameters count.
void nest_serialize(const struct nest *nest, struct buffer *out);
uint64_t nest_hash(const struct buffer *serialized);

#endif
