#include "compiler/nest/check/bindings.h"

#include <string.h>

static struct binding *binding_slot(struct binding *list, size_t capacity, const struct symbol *symbol) {
    size_t at = ((uintptr_t)symbol >> 4) * 0x9e3779b97f4a7c15u >> 20;
    while (list[at % capacity].symbol && list[at % capacity].symbol != symbol)
        at++;
    return &list[at % capacity];
}

static void bindings_grow(struct bindings *bindings) {
    size_t capacity = bindings->capacity ? 2 * bindings->capacity : 64;
    struct binding *list = ARENA_ARRAY(bindings->arena, struct binding, capacity);
    for (size_t i = 0; i < bindings->capacity; i++)
        if (bindings->list[i].symbol) *binding_slot(list, capacity, bindings->list[i].symbol) = bindings->list[i];
    bindings->list = list;
    bindings->capacity = capacity;
}

struct binding *bindings_find(const struct bindings *bindings, const struct symbol *symbol) {
    if (!bindings->capacity) return NULL;
    struct binding *binding = binding_slot(bindings->list, bindings->capacity, symbol);
    return binding->symbol ? binding : NULL;
}

struct binding *bindings_add(struct bindings *bindings, const struct symbol *symbol) {
    if (2 * bindings->used >= bindings->capacity) bindings_grow(bindings);
    struct binding *binding = binding_slot(bindings->list, bindings->capacity, symbol);
    bindings->used += binding->symbol == NULL;
    binding->symbol = symbol;
    return binding;
}

struct binding *bindings_numbers(struct bindings *bindings, const struct symbol *symbol, long registers, int lanes) {
    struct binding *binding = bindings_add(bindings, symbol);
    long count = registers * lanes;
    if (binding->count < count)
        binding->numbers = ARENA_ARRAY(bindings->arena, struct number, count);
    else
        memset(binding->numbers, 0, (size_t)count * sizeof *binding->numbers);
    binding->count = count;
    binding->lanes = lanes;
    return binding;
}

void bindings_alias(struct bindings *bindings, const struct symbol *symbol, const struct binding *other) {
    const struct binding copy = *other;
    struct binding *binding = bindings_add(bindings, symbol);
    *binding = copy;
    binding->symbol = symbol;
}
