#include "compiler/layers/reflection.h"

struct layer *reflection_add(struct reflection *reflection, enum layer_kind kind) {
    struct layer *layer = ARENA_NEW(reflection->spec->arena, struct layer);
    layer->kind = kind;
    layer->span = reflection->span;
    if (reflection->last)
        reflection->last->next = layer;
    else
        reflection->first = layer;
    reflection->last = layer;
    return layer;
}

void reflection_dense(struct reflection *reflection, size_t units) {
    reflection_add(reflection, LAYER_dense)->arguments[0].number = (double)units;
}

void reflection_reshape(struct reflection *reflection, struct shape shape) {
    reflection_add(reflection, LAYER_reshape)->arguments[0].sizes = shape;
}
