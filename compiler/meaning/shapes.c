#include "compiler/meaning/mirror.h"

static void claim_check(struct inference *inference, const struct layer *layer) {
    if (!layer->claim_span.source) return;
    struct spec *spec = inference->spec;
    if (inference->known && !shape_equal(inference->shape, layer->claim))
        error_at(spec->diagnostics, ERROR_claim_mismatch, layer->claim_span, shape_text(spec->arena, inference->shape),
                 shape_text(spec->arena, layer->claim));
    // After a layer whose shape is unknown, the claim is assumed, so that the rest can be checked.
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
        if (!layer_keeps_shape(layer->kind)) inference->origin = layer->span;
    }
    claim_check(inference, layer);
}

// Puts mirror's layers in its place; its claim goes to the last of them.
static struct layer *mirror_expand(struct inference *inference, struct layer *mirror, bool encoder_known) {
    struct spec *spec = inference->spec;
    if (mirror->damaged || !encoder_known) {
        mirror->damaged = true;
        return mirror;
    }
    struct reflection reflection = {.spec = spec, .span = mirror->span};
    if (!mirror_reflect(&reflection)) {
        mirror->damaged = true;
        return mirror;
    }
    if (!reflection.last) {
        // The mirror of an encoder without layers has only the claim.
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

enum { LAYERS_MAX = 100000 };    // in all, with those that each mirror makes of the whole encoder

static bool layers_exceeded(struct inference *inference, const struct layer *layer) {
    if (inference->layers++ < LAYERS_MAX) return false;
    error_at(inference->spec->diagnostics, ERROR_network_too_long, layer->span, LAYERS_MAX);
    return true;
}

static void layers_infer(struct inference *inference, struct layer_list *list, bool encoder_known) {
    int number = 0;
    struct arena *arena = inference->spec->arena;
    const char *word = list->word.source ? span_text(arena, list->word) : "";
    for (struct layer **link = &list->first; *link; link = &(*link)->next) {
        if ((*link)->kind == LAYER_mirror && !(*link)->damaged) *link = mirror_expand(inference, *link, encoder_known);
        if (!*link) break;
        if (layers_exceeded(inference, *link)) {
            list->damaged = true;
            break;
        }
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

// Sets the shape of z and checks the size of the weights, from the flattened output of the encoder to each head.
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
        size_t sizes[] = {(size_t)latent_heads(latent) * (size_t)latent->units, shape_count(inference->shape)};
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
    diagnostic_note(spec->diagnostics, error, spec->input_span, "the input is defined here");
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
