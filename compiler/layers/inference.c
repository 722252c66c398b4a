#include "compiler/layers/inference.h"

// The product of three sizes can exceed 64 bits, so the limit is checked before each multiplication.
bool count_fits(const size_t *sizes, int count) {
    size_t product = 1;
    for (int i = 0; i < count; i++) {
        if (sizes[i] != 0 && product > SIZE_LIMIT / sizes[i]) return false;
        product *= sizes[i];
    }
    return true;
}

static double count_product(const size_t *sizes, int count) {
    double product = 1;
    for (int i = 0; i < count; i++)
        product *= (double)sizes[i];
    return product;
}

bool size_check(struct inference *inference, struct span span, const char *what, const size_t *sizes, int count) {
    if (count_fits(sizes, count)) return true;
    struct arena *arena = inference->spec->arena;
    error_at(inference->spec->diagnostics, ERROR_too_large, span, what,
             arena_print(arena, "%.0f", count_product(sizes, count)), arena_print(arena, "%d", SIZE_LIMIT));
    return false;
}

bool output_check(struct inference *inference, const struct layer *layer, struct shape output) {
    const char *what = arena_print(inference->spec->arena, "the output of %s", layer_rows[layer->kind].name);
    return size_check(inference, layer->span, what, output.size, output.rank);
}

bool weight_check(struct inference *inference, const struct layer *layer, size_t out, size_t in, size_t taps) {
    const char *name = layer_rows[layer->kind].name;
    struct arena *arena = inference->spec->arena;
    size_t sizes[] = {out, in, taps};
    if (!size_check(inference, layer->span, arena_print(arena, "the weight of %s", name), sizes, 3)) return false;
    size_t sum[] = {inference->parameters + out * in * taps + out};
    if (!size_check(inference, layer->span, arena_print(arena, "the network up to %s", name), sum, 1)) return false;
    inference->parameters = sum[0];
    return true;
}

void origin_note(struct inference *inference, struct diagnostic *error) {
    diagnostic_note(inference->spec->diagnostics, error, inference->origin, "%s comes from here",
                    shape_text(inference->spec->arena, inference->shape));
}

const char *pair_text(struct arena *arena, const int *pair) {
    return pair[0] == pair[1] ? arena_print(arena, "%d", pair[0]) : arena_print(arena, "%dx%d", pair[0], pair[1]);
}

bool image_check(struct inference *inference, const struct layer *layer) {
    if (inference->shape.rank == 3) return true;
    struct spec *spec = inference->spec;
    struct diagnostic *error = error_at(spec->diagnostics, ERROR_image_needed, layer->span,
                                        layer_rows[layer->kind].name, shape_text(spec->arena, inference->shape));
    diagnostic_hint(spec->diagnostics, error, "add reshape(C, H, W) before it");
    origin_note(inference, error);
    return false;
}
