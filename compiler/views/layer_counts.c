#include "compiler/views/layer_counts.h"

#include <string.h>

static struct layer_count *count_of(struct layer_counts *counts, const char *name) {
    struct layer_count *count = names_find(&counts->names, name);
    if (count) return count;
    count = ARENA_NEW(counts->names.arena, struct layer_count);
    names_add(&counts->names, name, count);
    return count;
}

struct layer_counts layer_counts_make(const struct network *network) {
    struct arena *arena = network->training.arena;
    struct layer_counts counts = {.names = {.arena = arena}};
    for (int i = 0; i < network->parameters.count; i++) {
        const struct parameter *parameter = &network->parameters.list[i];
        const char *name = parameter->info.name;    // "encoder.3.weight"
        const char *layer = arena_copy(arena, name, (size_t)(strrchr(name, '.') - name));
        count_of(&counts, layer)->parameters += parameter->count;
    }
    for (const struct node *node = network->training.first; node; node = node->next)
        if (!node->backward && node->label) count_of(&counts, node->label)->flops += node_flops(node);
    return counts;
}

struct layer_count layer_counts_find(const struct layer_counts *counts, const char *name) {
    const struct layer_count *count = names_find(&counts->names, name);
    return count ? *count : (struct layer_count){0};
}
