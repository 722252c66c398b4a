#include "compiler/graph/parameters.h"

#include <string.h>

static void list_grow(struct parameters *parameters, struct arena *arena) {
    int capacity = parameters->capacity ? 2 * parameters->capacity : 32;
    struct parameter *list = ARENA_ARRAY(arena, struct parameter, capacity);
    if (parameters->count) memcpy(list, parameters->list, (size_t)parameters->count * sizeof *list);
    parameters->list = list;
    parameters->capacity = capacity;
}

int parameter_add(struct parameters *parameters, struct arena *arena, const struct parameter_info *info, size_t count) {
    parameters->by_name.arena = arena;
    const int *known = names_find(&parameters->by_name, info->name);
    if (known) return *known;
    if (parameters->count == parameters->capacity) list_grow(parameters, arena);
    int *index = ARENA_NEW(arena, int);
    *index = parameters->count++;
    names_add(&parameters->by_name, info->name, index);
    parameters->list[*index] = (struct parameter){.info = *info, .count = count};
    return *index;
}
