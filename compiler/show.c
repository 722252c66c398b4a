#include "show.h"

#include <string.h>

#include "evaluate.h"

// A row of the table: a layer, or a head of the latent.
struct row_text {
    const char *name, *kind;
    struct ae_shape shape;
    size_t parameters;
    double flops;
};

static size_t parameters_of(const struct schedule *schedule, const char *name) {
    const struct parameters *parameters = &schedule->network->parameters;
    size_t length = strlen(name), count = 0;
    for (int i = 0; i < parameters->count; i++) {
        const char *parameter = parameters->list[i].info.name;
        if (strncmp(parameter, name, length) == 0 && parameter[length] == '.' && !strchr(parameter + length + 1, '.'))
            count += parameters->list[i].count;
    }
    return count;
}

static double flops_of(const struct schedule *schedule, const char *name) {
    double flops = 0;
    for (const struct node *node = schedule->network->training.first; node; node = node->next)
        if (!node->backward && node->label && strcmp(node->label, name) == 0) flops += node_flops(node);
    return flops;
}

static struct row_text row_of(const struct schedule *schedule, const char *name, const char *kind,
                              struct ae_shape shape) {
    return (struct row_text){name, kind, shape, parameters_of(schedule, name), flops_of(schedule, name)};
}

static int rows_add(const struct schedule *schedule, const struct layer_list *list, struct row_text *rows) {
    int count = 0;
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        rows[count++] = row_of(schedule, layer->name, layer_rows[layer->kind].name, layer->output);
    return count;
}

static int latent_add(const struct schedule *schedule, struct row_text *rows) {
    const struct spec *spec = schedule->network->spec;
    const struct latent *latent = &spec->latent;
    if (latent->kind == AE_LATENT_CODE) {
        rows[0] = row_of(schedule, latent->name.text, "code", latent->shape);
        return 1;
    }
    rows[0] = row_of(schedule, arena_print(spec->arena, "%s.mu", latent->name.text), "gaussian", latent->shape);
    rows[1] = row_of(schedule, arena_print(spec->arena, "%s.log_sigma", latent->name.text), "gaussian", latent->shape);
    return 2;
}

static struct row_text *rows_make(const struct schedule *schedule, int *count) {
    const struct spec *spec = schedule->network->spec;
    int most = 2;
    for (const struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        most++;
    for (const struct layer *layer = spec->decoder.first; layer; layer = layer->next)
        most++;
    struct row_text *rows = ARENA_ARRAY(spec->arena, struct row_text, most);
    *count = rows_add(schedule, &spec->encoder, rows);
    *count += latent_add(schedule, rows + *count);
    *count += rows_add(schedule, &spec->decoder, rows + *count);
    return rows;
}

static double training_flops(const struct schedule *schedule) {
    double flops = 0;
    for (const struct kernel *kernel = schedule->training.first; kernel; kernel = kernel->next)
        if (kernel->anchor) flops += node_flops(kernel->anchor);
    return flops;
}

static size_t total_parameters(const struct schedule *schedule) {
    const struct parameters *parameters = &schedule->network->parameters;
    size_t total = 0;
    for (int i = 0; i < parameters->count; i++)
        total += parameters->list[i].count;
    return total;
}

static size_t term_elements(const struct spec *spec, const struct term *term) {
    return term_rows[term->kind].target == TARGET_INPUT ? shape_count(spec->input) : shape_count(spec->latent.shape);
}

static bool term_is_mean(const struct term *term) {
    return term->kind == TERM_mse || term->kind == TERM_mae || term->kind == TERM_bce;
}

// Which sum or mean a term is, so that the weight of one beside another can be judged.
static void terms_show(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "loss of a sample\n");
    for (const struct term *term = spec->terms; term; term = term->next) {
        size_t elements = term_elements(spec, term);
        buffer_print(out, "  %-12s %s over %zu elements", term->name, term_is_mean(term) ? "mean" : "sum", elements);
        if (term->weight)
            buffer_print(out, ", weight %s", span_text(spec->arena, term->weight->span));
        else
            buffer_print(out, ", weight 1");
        buffer_print(out, "; %.6g an element\n", term_is_mean(term) ? 1 / (double)elements : 1.0);
    }
    bool mean = spec->setting_values[AE_SETTING_reduction] == 0;
    buffer_print(out, "  the objective is the %s over a batch's samples\n", mean ? "mean" : "sum");
}

static void memory_show(const struct schedule *schedule, struct buffer *out) {
    const struct spec *spec = schedule->network->spec;
    double batch = spec->setting_values[AE_SETTING_batch], kept = (double)schedule->training.batch * batch;
    double slots = batch / SLOT_SAMPLES < 1 ? 1 : batch / SLOT_SAMPLES > SLOTS_MAX ? SLOTS_MAX : batch / SLOT_SAMPLES;
    double elements = 4.0 * (double)schedule->parameter_count + (slots - 1) * (double)schedule->slotted_count + kept +
                      (double)(schedule->training.scratch * schedule->training.micro_batch);
    buffer_print(out, "memory of a step at batch %.0f: %.1f MB (parameters, gradients, Adam's moments, activations)\n",
                 batch, elements * 4 / 1e6);
}

static void show_plain(const struct schedule *schedule, struct buffer *out) {
    const struct spec *spec = schedule->network->spec;
    int count;
    const struct row_text *rows = rows_make(schedule, &count);
    buffer_print(out, "%s: input %s %s, latent %s %s\n\n", spec->model, spec->input_name.text,
                 shape_text(spec->arena, spec->input), spec->latent.name.text,
                 shape_text(spec->arena, spec->latent.shape));
    buffer_print(out, "%-16s %-12s %-16s %12s %14s\n", "layer", "kind", "output", "parameters", "FLOP a sample");
    for (int i = 0; i < count; i++)
        buffer_print(out, "%-16s %-12s %-16s %12zu %14.0f\n", rows[i].name, rows[i].kind,
                     shape_text(spec->arena, rows[i].shape), rows[i].parameters, rows[i].flops);
    buffer_print(out, "\n%zu parameters; a training step is %.2f MFLOP a sample\n", total_parameters(schedule),
                 training_flops(schedule) / 1e6);
    memory_show(schedule, out);
    terms_show(spec, out);
}

static void shape_json(struct ae_shape shape, struct buffer *out) {
    buffer_print(out, "[");
    for (int i = 0; i < shape.rank; i++)
        buffer_print(out, "%s%zu", i ? ", " : "", shape.size[i]);
    buffer_print(out, "]");
}

static void layers_json(const struct schedule *schedule, struct buffer *out) {
    int count;
    const struct row_text *rows = rows_make(schedule, &count);
    buffer_print(out, "  \"layers\": [");
    for (int i = 0; i < count; i++) {
        buffer_print(out, "%s\n    {\"name\": \"%s\", \"kind\": \"%s\", \"shape\": ", i ? "," : "", rows[i].name,
                     rows[i].kind);
        shape_json(rows[i].shape, out);
        buffer_print(out, ", \"parameters\": %zu, \"flops\": %.0f}", rows[i].parameters, rows[i].flops);
    }
    buffer_print(out, "\n  ],\n");
}

static void settings_json(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "  \"train\": {");
    for (int i = 0; i < AE_SETTING_COUNT; i++) {
        buffer_print(out, "%s\"%s\": ", i ? ", " : "", setting_names[i]);
        if (i == AE_SETTING_optimizer)
            buffer_print(out, "\"%s\"", choice_rows[CHOICE_OPTIMIZER].words[(int)spec->setting_values[i]]);
        else if (i == AE_SETTING_reduction)
            buffer_print(out, "\"%s\"", choice_rows[CHOICE_REDUCTION].words[(int)spec->setting_values[i]]);
        else
            buffer_print(out, "%s", number_text(spec->arena, spec->setting_values[i]));
    }
    buffer_print(out, "},\n  \"consts\": [");
    const char *comma = "";
    for (const struct constant *constant = spec->constants; constant; constant = constant->next) {
        if (!constant->is_number) continue;
        buffer_print(out, "%s{\"name\": \"%s\", \"value\": %s, \"run_time\": %s}", comma, constant->name.text,
                     number_text(spec->arena, constant->number), constant->fixed ? "false" : "true");
        comma = ", ";
    }
    buffer_print(out, "]\n");
}

static void show_json(const struct schedule *schedule, struct buffer *out) {
    const struct spec *spec = schedule->network->spec;
    const struct latent *latent = &spec->latent;
    buffer_print(out, "{\n  \"model\": \"%s\",\n  \"input\": {\"name\": \"%s\", \"shape\": ", spec->model,
                 spec->input_name.text);
    shape_json(spec->input, out);
    buffer_print(out, "},\n  \"latent\": {\"name\": \"%s\", \"kind\": \"%s\", \"shape\": ", latent->name.text,
                 latent->kind == AE_LATENT_GAUSSIAN ? "gaussian" : "code");
    shape_json(latent->shape, out);
    buffer_print(out, "},\n");
    layers_json(schedule, out);
    buffer_print(out, "  \"parameters\": %zu,\n", total_parameters(schedule));
    settings_json(spec, out);
    buffer_print(out, "}\n");
}

void show(const struct schedule *schedule, bool json, struct buffer *out) {
    if (json)
        show_json(schedule, out);
    else
        show_plain(schedule, out);
}

static void shapes_list(const struct spec *spec, const struct layer_list *list, struct buffer *out) {
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        buffer_print(out, "%s %s %s\n", layer->name, layer_rows[layer->kind].name,
                     shape_text(spec->arena, layer->output));
}

void show_shapes(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "input %s %s\n", spec->input_name.text, shape_text(spec->arena, spec->input));
    shapes_list(spec, &spec->encoder, out);
    buffer_print(out, "latent %s %s\n", spec->latent.name.text, shape_text(spec->arena, spec->latent.shape));
    shapes_list(spec, &spec->decoder, out);
}
