#include "compiler/meaning/mirror.h"

#include <string.h>

// Adds the activations after layer number `index` of the encoder: they made the input of the layer reflected last.
static void reflect_activations(struct reflection *reflection, struct layer *const *layers, int count, int index) {
    for (int i = index + 1; i < count && layer_keeps_shape(layers[i]->kind); i++)
        if (layer_is_activation(layers[i]->kind))
            memcpy(reflection_add(reflection, layers[i]->kind)->arguments, layers[i]->arguments,
                   sizeof layers[i]->arguments);
}

static int producer_before(struct layer *const *layers, int index) {
    do
        index--;
    while (index >= 0 && layer_keeps_shape(layers[index]->kind));
    return index;
}

// A layer's reflection and the activations after it; the reflection of the first layer has none.
static bool reflect_from(struct reflection *reflection, struct layer *const *layers, int count, int index) {
    for (; index >= 0; index = producer_before(layers, index)) {
        if (!layer_reflect(reflection, layers[index])) return false;
        int before = producer_before(layers, index);
        if (before >= 0) reflect_activations(reflection, layers, count, before);
    }
    return true;
}

bool mirror_reflect(struct reflection *reflection) {
    struct spec *spec = reflection->spec;
    int count = 0;
    for (struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        count++;
    struct layer **layers = ARENA_ARRAY(spec->arena, struct layer *, count + 1);
    count = 0;
    for (struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        layers[count++] = layer;
    int last = producer_before(layers, count);
    if (spec->latent.units) {
        reflection_dense(reflection, shape_count(spec->latent.input));
        if (spec->latent.input.rank == 3) reflection_reshape(reflection, spec->latent.input);
        if (last >= 0) reflect_activations(reflection, layers, count, last);
    }
    return reflect_from(reflection, layers, count, last);
}
