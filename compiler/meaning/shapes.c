#include <string.h>

#include "compiler/spec.h"

struct inference {
    struct spec *spec;
    struct shape shape;    // before the layer in hand
    bool known;
    struct span origin;    // of what gave it this shape
    size_t parameters;     // of all layers so far
};

// Sizes are at most 1e8 each, so three of them fit in 2^80: the product is checked step by step.
static bool count_fits(const size_t *sizes, int count) {
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

static bool size_check(struct inference *inference, struct span span, const char *what, const size_t *sizes,
                       int count) {
    if (count_fits(sizes, count)) return true;
    struct arena *arena = inference->spec->arena;
    error_at(inference->spec->diagnostics, ERROR_too_large, span, what,
             arena_print(arena, "%.0f", count_product(sizes, count)), arena_print(arena, "%d", SIZE_LIMIT));
    return false;
}

static bool output_check(struct inference *inference, const struct layer *layer, struct shape output) {
    const char *what = arena_print(inference->spec->arena, "the output of %s", layer_rows[layer->kind].name);
    return size_check(inference, layer->span, what, output.size, output.rank);
}

// A layer's weight and bias, and the sum of all so far.
static bool weight_check(struct inference *inference, const struct layer *layer, size_t out, size_t in, size_t taps) {
    const char *name = layer_rows[layer->kind].name;
    struct arena *arena = inference->spec->arena;
    size_t sizes[] = {out, in, taps};
    if (!size_check(inference, layer->span, arena_print(arena, "the weight of %s", name), sizes, 3)) return false;
    size_t sum[] = {inference->parameters + out * in * taps + out};
    if (!size_check(inference, layer->span, arena_print(arena, "the network up to %s", name), sum, 1)) return false;
    inference->parameters = sum[0];
    return true;
}

static void origin_note(struct inference *inference, struct diagnostic *error) {
    diagnostic_note(inference->spec->diagnostics, error, inference->origin, "%s comes from here",
                    shape_text(inference->spec->arena, inference->shape));
}

static const char *pair_text(struct arena *arena, const int *pair) {
    return pair[0] == pair[1] ? arena_print(arena, "%d", pair[0]) : arena_print(arena, "%dx%d", pair[0], pair[1]);
}

static bool image_check(struct inference *inference, const struct layer *layer) {
    if (inference->shape.rank == 3) return true;
    struct spec *spec = inference->spec;
    struct diagnostic *error = error_at(spec->diagnostics, ERROR_image_needed, layer->span,
                                        layer_rows[layer->kind].name, shape_text(spec->arena, inference->shape));
    diagnostic_hint(spec->diagnostics, error, "put reshape(C, H, W) before it");
    origin_note(inference, error);
    return false;
}

static void kernel_error(struct inference *inference, const struct layer *layer) {
    struct spec *spec = inference->spec;
    const struct value *kernel = &layer->arguments[1], *padding = &layer->arguments[3];
    const size_t *in = inference->shape.size;
    struct diagnostic *error =
        error_at(spec->diagnostics, ERROR_kernel_too_large, kernel->span, pair_text(spec->arena, kernel->pair),
                 arena_print(spec->arena, "%zux%zu", in[1], in[2]));
    long largest[2] = {(long)in[1] + 2L * padding->pair[0], (long)in[2] + 2L * padding->pair[1]};
    bool padded = padding->pair[0] || padding->pair[1];
    diagnostic_hint(spec->diagnostics, error, "%s the largest kernel here is %s",
                    padded ? arena_print(spec->arena, "with padding %s", pair_text(spec->arena, padding->pair))
                           : "without padding",
                    largest[0] == largest[1] ? arena_print(spec->arena, "%ld", largest[0])
                                             : arena_print(spec->arena, "%ldx%ld", largest[0], largest[1]));
    origin_note(inference, error);
}

static bool conv_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (!image_check(inference, layer)) return false;
    const struct value *arguments = layer->arguments;
    size_t channels = (size_t)arguments[0].number;
    *output = (struct shape){3, {channels}};
    for (int i = 0; i < 2; i++) {
        long in = (long)inference->shape.size[i + 1], kernel = arguments[1].pair[i];
        long room = in + 2L * arguments[3].pair[i] - kernel;
        if (room < 0) {
            kernel_error(inference, layer);
            return false;
        }
        output->size[i + 1] = (size_t)(room / arguments[2].pair[i] + 1);
    }
    return weight_check(inference, layer, channels, inference->shape.size[0],
                        (size_t)arguments[1].pair[0] * (size_t)arguments[1].pair[1]);
}

static bool output_padding_check(struct inference *inference, const struct layer *layer) {
    const struct value *stride = &layer->arguments[2], *output_padding = &layer->arguments[4];
    struct spec *spec = inference->spec;
    if (output_padding->pair[0] < stride->pair[0] && output_padding->pair[1] < stride->pair[1]) return true;
    error_at(spec->diagnostics, ERROR_output_padding_too_large, output_padding->span,
             pair_text(spec->arena, output_padding->pair), pair_text(spec->arena, stride->pair));
    return false;
}

static bool deconv_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    if (!image_check(inference, layer) || !output_padding_check(inference, layer)) return false;
    const struct value *arguments = layer->arguments;
    struct spec *spec = inference->spec;
    size_t channels = (size_t)arguments[0].number;
    *output = (struct shape){3, {channels}};
    for (int i = 0; i < 2; i++) {
        long in = (long)inference->shape.size[i + 1];
        long out =
            (in - 1) * arguments[2].pair[i] - 2L * arguments[3].pair[i] + arguments[1].pair[i] + arguments[4].pair[i];
        if (out < 1) {
            struct diagnostic *error = error_at(spec->diagnostics, ERROR_output_empty, layer->span, "deconv",
                                                shape_text(spec->arena, inference->shape));
            diagnostic_hint(spec->diagnostics, error, "its %s would be %ld", i ? "width" : "height", out);
            origin_note(inference, error);
            return false;
        }
        output->size[i + 1] = (size_t)out;
    }
    return weight_check(inference, layer, channels, inference->shape.size[0],
                        (size_t)arguments[1].pair[0] * (size_t)arguments[1].pair[1]);
}

static bool dense_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    struct spec *spec = inference->spec;
    if (inference->shape.rank != 1) {
        struct diagnostic *error =
            error_at(spec->diagnostics, ERROR_dense_on_image, layer->span, shape_text(spec->arena, inference->shape));
        diagnostic_hint(spec->diagnostics, error, "put flatten before it");
        origin_note(inference, error);
        return false;
    }
    *output = (struct shape){1, {(size_t)layer->arguments[0].number}};
    return weight_check(inference, layer, output->size[0], inference->shape.size[0], 1);
}

static bool reshape_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    struct spec *spec = inference->spec;
    *output = layer->arguments[0].sizes;
    if (!output_check(inference, layer, *output)) return false;
    if (shape_count(*output) == shape_count(inference->shape)) return true;
    struct arena *arena = spec->arena;
    struct diagnostic *error =
        error_at(spec->diagnostics, ERROR_reshape_size, layer->span,
                 arena_print(arena, "reshape to %s", shape_text(arena, *output)),
                 arena_print(arena, "%zu", shape_count(*output)),
                 arena_print(arena, "%zu", shape_count(inference->shape)), shape_text(arena, inference->shape));
    origin_note(inference, error);
    return false;
}

// The shape behind the layer; false after an error.
static bool layer_shape(struct inference *inference, const struct layer *layer, struct shape *output) {
    switch (layer->kind) {
    case LAYER_conv: return conv_shape(inference, layer, output) && output_check(inference, layer, *output);
    case LAYER_deconv: return deconv_shape(inference, layer, output) && output_check(inference, layer, *output);
    case LAYER_dense: return dense_shape(inference, layer, output);
    case LAYER_reshape: return reshape_shape(inference, layer, output);
    case LAYER_flatten: *output = (struct shape){1, {shape_count(inference->shape)}}; return true;
    case LAYER_dropout:
    case LAYER_relu:
    case LAYER_leaky_relu:
    case LAYER_elu:
    case LAYER_gelu:
    case LAYER_silu:
    case LAYER_sigmoid:
    case LAYER_tanh:
    case LAYER_softplus: *output = inference->shape; return true;
    case LAYER_mirror:
    case LAYER_KINDS: break;
    }
    return false;
}

static bool keeps_shape(const struct layer *layer) {
    return layer_is_activation(layer->kind) || layer->kind == LAYER_dropout;
}

static void claim_check(struct inference *inference, const struct layer *layer) {
    if (!layer->claim_span.source) return;
    struct spec *spec = inference->spec;
    if (inference->known && !shape_equal(inference->shape, layer->claim))
        error_at(spec->diagnostics, ERROR_claim_mismatch, layer->claim_span, shape_text(spec->arena, inference->shape),
                 shape_text(spec->arena, layer->claim));
    // Behind a layer whose shape is not known, the claim is believed, so that the rest can be checked.
    if (inference->known || layer->claim.rank == 2 || layer->claim.rank == 0) return;
    if (!count_fits(layer->claim.size, layer->claim.rank)) return;
    inference->shape = layer->claim;
    inference->known = true;
    inference->origin = layer->claim_span;
}

static void layer_infer(struct inference *inference, struct layer *layer) {
    layer->input = inference->shape;
    if (layer->damaged) inference->known = false;
    if (inference->known) {
        inference->known = layer_shape(inference, layer, &layer->output);
        layer->damaged = !inference->known;
        inference->shape = layer->output;
        if (!keeps_shape(layer)) inference->origin = layer->span;
    }
    claim_check(inference, layer);
}

// mirror: the layers of the encoder in reverse.
struct reflection {
    struct spec *spec;
    struct layer *first, *last;
    struct span span;
};

static struct layer *reflection_add(struct reflection *reflection, enum layer_kind kind) {
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

static void reflect_conv(struct reflection *reflection, const struct layer *layer) {
    struct layer *deconv = reflection_add(reflection, LAYER_deconv);
    memcpy(deconv->arguments, layer->arguments, sizeof deconv->arguments);
    deconv->arguments[0].number = (double)layer->input.size[0];
    for (int i = 0; i < 2; i++) {
        long back = ((long)layer->output.size[i + 1] - 1) * layer->arguments[2].pair[i] -
                    2L * layer->arguments[3].pair[i] + layer->arguments[1].pair[i];
        deconv->arguments[4].pair[i] = (int)((long)layer->input.size[i + 1] - back);
    }
}

static void reflect_deconv(struct reflection *reflection, const struct layer *layer) {
    struct layer *conv = reflection_add(reflection, LAYER_conv);
    memcpy(conv->arguments, layer->arguments, sizeof conv->arguments);
    conv->arguments[0].number = (double)layer->input.size[0];
}

static void reflect_reshape(struct reflection *reflection, struct shape shape) {
    reflection_add(reflection, LAYER_reshape)->arguments[0].sizes = shape;
}

static void reflect_dense(struct reflection *reflection, size_t units) {
    reflection_add(reflection, LAYER_dense)->arguments[0].number = (double)units;
}

static void reflect_layer(struct reflection *reflection, const struct layer *layer) {
    switch (layer->kind) {
    case LAYER_conv: reflect_conv(reflection, layer); break;
    case LAYER_deconv: reflect_deconv(reflection, layer); break;
    case LAYER_dense: reflect_dense(reflection, layer->input.size[0]); break;
    case LAYER_flatten:
    case LAYER_reshape: reflect_reshape(reflection, layer->input); break;
    case LAYER_dropout:
    case LAYER_mirror:
    case LAYER_relu:
    case LAYER_leaky_relu:
    case LAYER_elu:
    case LAYER_gelu:
    case LAYER_silu:
    case LAYER_sigmoid:
    case LAYER_tanh:
    case LAYER_softplus:
    case LAYER_KINDS: break;
    }
}

// The activations behind layer number `index` of the encoder, which made the input of the layer reflected last.
static void reflect_activations(struct reflection *reflection, struct layer *const *layers, int count, int index) {
    for (int i = index + 1; i < count && keeps_shape(layers[i]); i++)
        if (layers[i]->kind != LAYER_dropout)
            memcpy(reflection_add(reflection, layers[i]->kind)->arguments, layers[i]->arguments,
                   sizeof layers[i]->arguments);
}

static int producer_before(struct layer *const *layers, int index) {
    do
        index--;
    while (index >= 0 && keeps_shape(layers[index]));
    return index;
}

// A layer's reflection and the activations behind it; the reflection of the first layer has none.
static void reflect_from(struct reflection *reflection, struct layer *const *layers, int count, int index) {
    for (; index >= 0; index = producer_before(layers, index)) {
        reflect_layer(reflection, layers[index]);
        int before = producer_before(layers, index);
        if (before >= 0) reflect_activations(reflection, layers, count, before);
    }
}

static struct reflection mirror_reflect(struct spec *spec, struct span span) {
    struct reflection reflection = {.spec = spec, .span = span};
    int count = 0;
    for (struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        count++;
    struct layer **layers = ARENA_ARRAY(spec->arena, struct layer *, count + 1);
    count = 0;
    for (struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        layers[count++] = layer;
    int last = producer_before(layers, count);
    if (spec->latent.units) {
        reflect_dense(&reflection, shape_count(spec->latent.input));
        if (spec->latent.input.rank == 3) reflect_reshape(&reflection, spec->latent.input);
        if (last >= 0) reflect_activations(&reflection, layers, count, last);
    }
    reflect_from(&reflection, layers, count, last);
    return reflection;
}

// Puts mirror's layers in its place; its claim goes to the last of them.
static struct layer *mirror_expand(struct inference *inference, struct layer *mirror, bool encoder_known) {
    struct spec *spec = inference->spec;
    if (mirror->damaged || !encoder_known) {
        mirror->damaged = true;
        return mirror;
    }
    struct reflection reflection = mirror_reflect(spec, mirror->span);
    if (!reflection.last) {
        // Of an encoder without layers nothing is left but the claim.
        claim_check(inference, mirror);
        if (spec->decoder.last == mirror) spec->decoder.last = NULL;
        return mirror->next;
    }
    reflection.last->claim = mirror->claim;
    reflection.last->claim_span = mirror->claim_span;
    reflection.last->next = mirror->next;
    if (spec->decoder.last == mirror) spec->decoder.last = reflection.last;
    return reflection.first;
}

static void layers_infer(struct inference *inference, struct layer_list *list, bool encoder_known) {
    int number = 0;
    struct arena *arena = inference->spec->arena;
    const char *word = list->word.source ? span_text(arena, list->word) : "";
    for (struct layer **link = &list->first; *link; link = &(*link)->next) {
        if ((*link)->kind == LAYER_mirror && !(*link)->damaged) *link = mirror_expand(inference, *link, encoder_known);
        if (!*link) break;
        (*link)->name = arena_print(arena, "%s.%d", word, number++);
        layer_infer(inference, *link);
        bool mirror = list == &inference->spec->decoder && (*link)->kind == LAYER_mirror;
        if (mirror && !inference->known && inference->spec->input_known) {
            inference->known = true;
            inference->shape = inference->spec->input;
            inference->origin = (*link)->span;
        }
    }
    if (list->damaged) inference->known = false;
}

// Units' weights on the flattened output of the encoder, once for code and twice for gaussian.
static void latent_infer(struct inference *inference) {
    struct spec *spec = inference->spec;
    struct latent *latent = &spec->latent;
    latent->input = inference->shape;
    if (!spec->latent_known) inference->known = false;
    if (!spec->latent_known || latent->units == 0) {
        latent->shape = inference->shape;
        return;
    }
    latent->shape = (struct shape){1, {(size_t)latent->units}};
    if (inference->known) {
        size_t heads = latent->kind == LATENT_gaussian ? 2 : 1;
        size_t sizes[] = {heads * (size_t)latent->units, shape_count(inference->shape)};
        if (size_check(inference, latent->span, "the weight of the latent", sizes, 2)) {
            size_t sum[] = {inference->parameters + sizes[0] * (sizes[1] + 1)};
            if (size_check(inference, latent->span, "the network up to the latent", sum, 1))
                inference->parameters = sum[0];
        }
    }
    inference->known = true;
    inference->shape = latent->shape;
    inference->origin = latent->span;
}

static void decoder_check(struct inference *inference) {
    struct spec *spec = inference->spec;
    if (!inference->known || !spec->input_known || shape_equal(inference->shape, spec->input)) return;
    struct span span = spec->decoder.last ? spec->decoder.last->span : spec->decoder.word;
    struct diagnostic *error =
        error_at(spec->diagnostics, ERROR_decoder_shape, span, shape_text(spec->arena, inference->shape),
                 shape_text(spec->arena, spec->input));
    if (shape_count(inference->shape) == shape_count(spec->input)) {
        const size_t *size = spec->input.size;
        if (spec->input.rank == 1)
            diagnostic_hint(spec->diagnostics, error, "add flatten");
        else
            diagnostic_hint(spec->diagnostics, error, "add reshape(%zu, %zu, %zu)", size[0], size[1], size[2]);
    }
    diagnostic_note(spec->diagnostics, error, spec->input_span, "the input is given here");
}

void shapes_infer(struct spec *spec) {
    struct inference inference = {
        .spec = spec, .shape = spec->input, .known = spec->input_known, .origin = spec->input_span};
    if (spec->input_known && !size_check(&inference, spec->input_span, "the input", spec->input.size, spec->input.rank))
        inference.known = spec->input_known = false;
    if (spec->encoder.damaged || !spec->encoder.word.source) inference.known = false;
    bool input_known = inference.known;
    layers_infer(&inference, &spec->encoder, false);
    bool encoder_known = input_known && inference.known && spec->latent_known;
    for (const struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        encoder_known &= !layer->damaged;
    latent_infer(&inference);
    if (!spec->decoder.word.source) return;
    if (spec->decoder.damaged) inference.known = false;
    layers_infer(&inference, &spec->decoder, encoder_known);
    decoder_check(&inference);
}
