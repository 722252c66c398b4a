#include <math.h>

#include "base/number.h"
#include "compiler/meaning/evaluate.h"

// The analysed spec as text: names resolved, with defaults and constants.

static void numbers_print(const struct spec *spec, const double *numbers, size_t count, struct buffer *out) {
    buffer_print(out, "[");
    for (size_t i = 0; i < count; i++)
        buffer_print(out, "%s%s", i ? ", " : "", number_text(spec->arena, numbers[i]));
    buffer_print(out, "]");
}

static void argument_print(const struct spec *spec, const struct argument_row *row, const struct value *value,
                           struct buffer *out) {
    switch (row->kind) {
    case ARGUMENT_PAIR: buffer_print(out, " %s [%d, %d]", row->name, value->pair[0], value->pair[1]); break;
    case ARGUMENT_SIZES: buffer_print(out, " %s %s", row->name, shape_text(spec->arena, value->sizes)); break;
    case ARGUMENT_ENCODER: buffer_print(out, " encoder"); break;
    case ARGUMENT_WHOLE:
    case ARGUMENT_REAL:
    case ARGUMENT_POSITIVE:
    case ARGUMENT_FRACTION:
        // An argument that may be absent has no default.
        if (value->given || isfinite(row->initial))
            buffer_print(out, " %s %s", row->name, number_text(spec->arena, value->number));
        break;
    }
}

static void layers_print(const struct spec *spec, const char *name, const struct layer_list *list, struct buffer *out) {
    buffer_print(out, "%s\n", name);
    for (const struct layer *layer = list->first; layer; layer = layer->next) {
        const struct row *row = &layer_rows[layer->kind];
        buffer_print(out, "  %s", row->name);
        for (int i = 0; row->arguments[i].name; i++)
            argument_print(spec, &row->arguments[i], &layer->arguments[i], out);
        if (layer->claim.rank) buffer_print(out, " : %s", shape_text(spec->arena, layer->claim));
        buffer_print(out, "\n");
    }
}

static void data_print(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "data");
    if (spec->source) buffer_print(out, " source \"%s\"", spec->source);
    size_t channels = spec->input.rank == 3 ? spec->input.size[0] : 1;
    buffer_print(out, " scale %s mean ", number_text(spec->arena, spec->scale));
    numbers_print(spec, spec->mean_list, channels, out);
    buffer_print(out, " std ");
    numbers_print(spec, spec->std_list, channels, out);
    buffer_print(out, "\n");
}

static void constants_print(const struct spec *spec, struct buffer *out) {
    for (const struct constant *constant = spec->constants; constant; constant = constant->next) {
        if (!constant->is_number) continue;
        buffer_print(out, "const %s %s, ", constant->name.text, number_text(spec->arena, constant->number));
        if (constant->fixed)
            buffer_print(out, "fixed\n");
        else
            buffer_print(out, "run-time number %d\n", constant->number_of);
    }
}

static void latent_print(const struct spec *spec, struct buffer *out) {
    const struct latent *latent = &spec->latent;
    buffer_print(out, "latent %s %s", latent->name.text, latent_rows[latent->kind].row.name);
    if (latent->units) buffer_print(out, " units %d", latent->units);
    if (latent->kind == LATENT_gaussian)
        buffer_print(out, " prior_std %s", number_text(spec->arena, latent->prior_std));
    buffer_print(out, "\n");
}

// A value of a setting (a word if the setting is a choice) or of a const (setting -1).
static const char *setting_text(const struct spec *spec, int setting, double value) {
    const char *word = setting < 0 ? NULL : setting_value_word((enum setting_id)setting, value);
    if (word) return word;
    return number_text(spec->arena, value);
}

static void training_print(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "loss\n");
    for (const struct term *term = spec->terms; term; term = term->next) {
        const struct row *row = &term_rows[term->kind].row;
        buffer_print(out, "  %s %s", term->name, row->name);
        for (int i = 0; row->arguments[i].name; i++)
            argument_print(spec, &row->arguments[i], &term->arguments[i], out);
        buffer_print(out, " weight %s\n", number_text(spec->arena, term->weight_value));
    }
    buffer_print(out, "train\n");
    for (int i = 0; i < SETTING_COUNT; i++)
        buffer_print(out, "  %s %s\n", setting_names[i], setting_text(spec, i, spec->setting_values[i]));
    for (const struct sweep_axis *axis = spec->axes; axis; axis = axis->next) {
        buffer_print(out, "sweep %s", axis->name);
        for (size_t i = 0; i < axis->count; i++)
            buffer_print(out, " %s", setting_text(spec, axis->setting, axis->values[i]));
        buffer_print(out, "\n");
    }
}

void spec_print(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "model %s\n", spec->model);
    constants_print(spec, out);
    buffer_print(out, "input %s %s\n", spec->input_name.text, shape_text(spec->arena, spec->input));
    data_print(spec, out);
    layers_print(spec, "encoder", &spec->encoder, out);
    latent_print(spec, out);
    layers_print(spec, "decoder", &spec->decoder, out);
    training_print(spec, out);
}
