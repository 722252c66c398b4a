#include "compiler/graph/parameters.h"

#include <stdint.h>
#include <string.h>

// FNV-1a (Fowler, Noll, Vo).
static size_t name_hash(const char *name, size_t length) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

// The slot that holds the name, or the free one where it belongs. The table must have a free slot.
static struct name_slot *name_find(const struct names *names, const char *name, size_t length) {
    size_t i = name_hash(name, length) & (names->capacity - 1);
    while (names->slots[i].name &&
           (names->slots[i].length != length || memcmp(names->slots[i].name, name, length) != 0))
        i = (i + 1) & (names->capacity - 1);
    return &names->slots[i];
}

static void names_grow(struct names *names, struct arena *arena) {
    struct names larger = {.count = names->count, .capacity = names->capacity ? 2 * names->capacity : 64};
    larger.slots = ARENA_ARRAY(arena, struct name_slot, larger.capacity);
    for (size_t i = 0; i < names->capacity; i++)
        if (names->slots[i].name) *name_find(&larger, names->slots[i].name, names->slots[i].length) = names->slots[i];
    *names = larger;
}

// The number of a name, `number` for a new one.
static size_t *name_number(struct names *names, struct arena *arena, const char *name, size_t length, size_t number) {
    if (2 * names->count >= names->capacity) names_grow(names, arena);
    struct name_slot *slot = name_find(names, name, length);
    if (!slot->name) {
        *slot = (struct name_slot){name, length, number};
        names->count++;
    }
    return &slot->number;
}

static void list_grow(struct parameters *parameters, struct arena *arena) {
    int capacity = parameters->capacity ? 2 * parameters->capacity : 32;
    struct parameter *list = ARENA_ARRAY(arena, struct parameter, capacity);
    if (parameters->count) memcpy(list, parameters->list, (size_t)parameters->count * sizeof *list);
    parameters->list = list;
    parameters->capacity = capacity;
}

int parameter_add(struct parameters *parameters, struct arena *arena, const struct parameter_info *info, size_t count) {
    size_t next = (size_t)parameters->count;
    size_t index = *name_number(&parameters->by_name, arena, info->name, strlen(info->name), next);
    if (index < next) return (int)index;
    if (parameters->count == parameters->capacity) list_grow(parameters, arena);
    parameters->list[parameters->count++] = (struct parameter){.info = *info, .count = count};
    const char *dot = strrchr(info->name, '.');
    if (dot) *name_number(&parameters->by_owner, arena, info->name, (size_t)(dot - info->name), 0) += count;
    return (int)index;
}

size_t parameters_of(const struct parameters *parameters, const char *name) {
    if (parameters->by_owner.capacity == 0) return 0;
    const struct name_slot *slot = name_find(&parameters->by_owner, name, strlen(name));
    return slot->name ? slot->number : 0;
}
