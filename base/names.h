// A table of names, each with a pointer. Finding and adding take constant time on average.
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct names_entry;

// {.arena = arena} is the empty table. Memory is the arena's; names and pointers are the caller's and must outlive it.
struct names {
    struct arena *arena;
    struct names_entry *entries;
    size_t count, capacity;
};

// The name's pointer, or NULL.
void *names_find(const struct names *names, const char *name);
// Adds a name with a pointer that is not NULL; true unless the table has the name, which then keeps its pointer.
bool names_add(struct names *names, const char *name, void *pointer);

#endif
