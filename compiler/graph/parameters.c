#include "compiler/graph/parameters.h"

#include <string.h>

static void list_grow(struct parameters *parameters, struct arena *arena) {
    int capacity = parameters->capacity ? 2 * parameters->capacity : 32;
    struct parameter *list = ARENA_ARRAY(arena, struct parameter, capacity);
    if (parameters->count) memcpy(list, parameters->list, (size_t)parameters->count * sizeof *list);
    parameters->list = list;
    parameters->capacity = capacity;
}

// Adds the elements to the owner of the parameter, whose name is that of the parameter up to the last dot.
static void owner_count(struct parameters *parameters, struct arena *arena, const char *name, size_t count) {
    const char *dot = strrchr(name, '.');
    if (!dot) return;
    const char *owner = arena_copy(arena, name, (size_t)(dot - name));
    size_t *elements = names_find(&parameters->by_owner, owner);
    if (!elements) {
        elements = ARENA_NEW(arena, size_t);
        names_add(&parameters->by_owner, owner, elements);
    }
    *elements += count;
}

int parameter_add(struct parameters *parameters, struct arena *arena, const struct parameter_info *info, size_t count) {
    parameters->by_name.arena = parameters->by_owner.arena = arena;
    const int *known = names_find(&parameters->by_name, info->name);
    if (known) return *known;
    if (parameters->count == parameters->capacity) list_grow(parameters, arena);
    int *index = ARENA_NEW(arena, int);
    *index = parameters->count++;
    names_add(&parameters->by_name, info->name, index);
    parameters->list[*index] = (struct parameter){.info = *info, .count = count};
    owner_count(parameters, arena, info->name, count);
    return *index;
}

size_t parameters_of(const struct parameters *parameters, const char *name) {
    const size_t *elements = names_find(&parameters->by_owner, name);
    return elements ? *elements : 0;
}
