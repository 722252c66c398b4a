// A hash table from names to pointers.
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct names_entry;

// {.arena = arena} is the empty table. Its memory is in the arena. Names and pointers are not copied and must outlive
// the table.
struct names {
    struct arena *arena;
    struct names_entry *entries;
    size_t count, capacity;
};

// The name's pointer, or NULL.
void *names_find(const struct names *names, const char *name);
// Adds a name with a pointer that is not NULL. False if the table already has the name; its pointer is then unchanged.
bool names_add(struct names *names, const char *name, void *pointer);

#endif
