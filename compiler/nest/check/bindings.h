// What the symbols of a nest are while it is executed.
#ifndef NEST_BINDINGS_H
#define NEST_BINDINGS_H

#include "compiler/nest/check/execute.h"

// An index, registers or memory.
struct binding {
    const struct symbol *symbol;
    struct memory *memory;
    long index;
    struct number *numbers;
    long count;    // numbers
    int lanes;     // numbers from one register to the next
};

// {.arena = arena} is the empty table. Pointers to bindings are valid until the next one is added.
struct bindings {
    struct arena *arena;
    struct binding *list;    // [capacity] by the symbol's hash
    size_t capacity, used;
};

// NULL: the symbol has none.
struct binding *bindings_find(const struct bindings *bindings, const struct symbol *symbol);
// The symbol's binding, a new one if it has none.
struct binding *bindings_add(struct bindings *bindings, const struct symbol *symbol);
// Registers of a symbol, none of which is set.
struct binding *bindings_numbers(struct bindings *bindings, const struct symbol *symbol, long registers, int lanes);
// Binds a symbol to what another one is bound to.
void bindings_alias(struct bindings *bindings, const struct symbol *symbol, const struct binding *other);

#endif
