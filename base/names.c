#include "base/names.h"

#include <stdint.h>
#include <string.h>

enum { CAPACITY_LEAST = 64 };    // a power of two, like every capacity

struct names_entry {
    const char *name;    // NULL: the entry is free
    void *pointer;
};

// FNV-1a (Fowler, Noll, Vo). The high bits are folded into the low bits, which select the entry.
static uint64_t name_hash(const char *name) {
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    return hash ^ hash >> 32;
}

// The entry of the name, or the free entry where it would be added (linear probing).
static struct names_entry *entry_find(struct names_entry *entries, size_t capacity, const char *name) {
    size_t at = name_hash(name) & (capacity - 1);
    while (entries[at].name && strcmp(entries[at].name, name) != 0)
        at = (at + 1) & (capacity - 1);
    return &entries[at];
}

static void names_grow(struct names *names) {
    size_t capacity = names->capacity ? 2 * names->capacity : CAPACITY_LEAST;
    struct names_entry *entries = ARENA_ARRAY(names->arena, struct names_entry, capacity);
    for (size_t i = 0; i < names->capacity; i++)
        if (names->entries[i].name) *entry_find(entries, capacity, names->entries[i].name) = names->entries[i];
    names->entries = entries;
    names->capacity = capacity;
}

void *names_find(const struct names *names, const char *name) {
    return names->capacity ? entry_find(names->entries, names->capacity, name)->pointer : NULL;
}

bool names_add(struct names *names, const char *name, void *pointer) {
    if (2 * names->count >= names->capacity) names_grow(names);
    struct names_entry *entry = entry_find(names->entries, names->capacity, name);
    if (entry->name) return false;
    *entry = (struct names_entry){name, pointer};
    names->count++;
    return true;
}
