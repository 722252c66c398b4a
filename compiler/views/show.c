#include "compiler/views/show.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "compiler/meaning/evaluate.h"
#include "compiler/plan/layer_table.h"

double show_step_flops(const struct plan *plan) {
    double flops = 0;
    for (int i = 0; i < plan->training.kernel_count; i++)
        if (plan->training.kernels[i]->anchor) flops += node_flops(plan->training.kernels[i]->anchor);
    return flops;
}

size_t show_parameters(const struct plan *plan) {
    const struct parameters *parameters = &plan->network->parameters;
    size_t total = 0;
    for (int i = 0; i < parameters->count; i++)
        total += parameters->list[i].count;
    return total;
}

size_t term_elements(const struct spec *spec, const struct term *term) {
    return term_rows[term->kind].target == TARGET_INPUT ? shape_count(spec->input) : shape_count(spec->latent.shape);
}

bool term_is_mean(const struct term *term) {
    return term_rows[term->kind].reduction == REDUCTION_mean;
}

const char *term_of(const struct spec *spec, const struct term *term) {
    return term_rows[term->kind].target == TARGET_INPUT ? spec->input_name.text : spec->latent.name.text;
}

// The weight of a single element in the loss, which makes terms comparable.
static double element_weight(const struct spec *spec, const struct term *term) {
    return term_is_mean(term) ? term->weight_value / (double)term_elements(spec, term) : term->weight_value;
}

static const char *objective(const struct spec *spec) {
    return setting_value_word(SETTING_reduction, spec->setting_values[SETTING_reduction]);
}

// Bytes of all arrays for training steps with the batch of the spec and one thread, without the data.
static double step_memory(const struct plan *plan) {
    const double *settings = plan->network->spec->setting_values;
    size_t batch = (size_t)settings[SETTING_batch], states = optimizer_states(settings);
    size_t elements = step_memory_elements(&plan->memory, batch, states, 1);
    return (double)elements * sizeof(float);
}

static const char *bytes_text(struct arena *arena, double bytes) {
    if (bytes < 1e3) return arena_print(arena, "%.0f B", bytes);
    if (bytes < 1e6) return arena_print(arena, "%.1f kB", bytes / 1e3);
    return bytes < 1e9 ? arena_print(arena, "%.1f MB", bytes / 1e6) : arena_print(arena, "%.1f GB", bytes / 1e9);
}

// True for arguments that are not visible in the output's shape: all except channels, units and sizes.
static bool argument_is_shown(const struct argument_row *row) {
    switch (row->kind) {
    case ARGUMENT_PAIR:
    case ARGUMENT_REAL:
    case ARGUMENT_POSITIVE:
    case ARGUMENT_FRACTION: return true;
    case ARGUMENT_WHOLE:
    case ARGUMENT_SIZES:
    case ARGUMENT_ENCODER: break;
    }
    return false;
}

static bool layer_has_shown(const struct layer *layer) {
    for (const struct argument_row *row = layer_rows[layer->kind].arguments; row->name; row++)
        if (argument_is_shown(row)) return true;
    return false;
}

// Prints these arguments, in the syntax of a spec or as members of a JSON object; `before`: before the first one.
static void arguments_show(struct arena *arena, const struct argument_row *row, const struct value *values,
                           const char *before, bool json, struct buffer *out) {
    for (int i = 0; row[i].name; i++) {
        const int *pair = values[i].pair;
        if (!argument_is_shown(&row[i])) continue;
        if (json)
            buffer_print(out, ", \"%s\": ", row[i].name);
        else
            buffer_print(out, "%s%s = ", before, row[i].name);
        before = ", ";
        if (row[i].kind != ARGUMENT_PAIR)
            buffer_print(out, "%s", number_text(arena, values[i].number));
        else if (!json && pair[0] == pair[1])
            buffer_print(out, "%d", pair[0]);
        else
            buffer_print(out, "[%d, %d]", pair[0], pair[1]);
    }
}

static void layer_arguments_show(struct arena *arena, const struct layer *layer, bool json, struct buffer *out) {
    arguments_show(arena, layer_rows[layer->kind].arguments, layer->arguments, "  ", json, out);
}

// "huber, delta = 1, mean over 784 of x"
static const char *term_describe(const struct spec *spec, const struct term *term) {
    const struct row *row = &term_rows[term->kind].row;
    struct buffer arguments = {0};
    arguments_show(spec->arena, row->arguments, term->arguments, ", ", false, &arguments);
    const char *text =
        arena_print(spec->arena, "%s%s, %s over %zu of %s", row->name, arguments.text ? arguments.text : "",
                    term_is_mean(term) ? "mean" : "sum", term_elements(spec, term), term_of(spec, term));
    buffer_free(&arguments);
    return text;
}

static void terms_show(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "\nloss per sample\n  %-14s %-30s %9s %13s\n", "line", "term", "weight", "per element");
    for (const struct term *term = spec->terms; term; term = term->next)
        buffer_print(out, "  %-14s %-30s %9.6g %13.6g\n", term->name, term_describe(spec, term), term->weight_value,
                     element_weight(spec, term));
    buffer_print(out, "the objective is the %s over a batch's samples\n", objective(spec));
}

static double output_memory(const struct layer_entry *row) {
    return (double)shape_count(row->shape) * sizeof(float);
}

static void show_plain(const struct plan *plan, struct buffer *out) {
    const struct spec *spec = plan->network->spec;
    const struct layer_table table = layer_table(plan->network);
    buffer_print(out, "%s: input %s %s, latent %s %s\n\n", spec->model, spec->input_name.text,
                 shape_text(spec->arena, spec->input), spec->latent.name.text,
                 shape_text(spec->arena, spec->latent.shape));
    bool shown = false;
    for (int i = 0; i < table.count; i++)
        shown |= table.list[i].layer && layer_has_shown(table.list[i].layer);
    buffer_print(out, "%-16s %-12s %-16s %12s %12s %12s\n%-16s %-12s %-16s %12s %12s %12s%s\n", "", "", "", "", "FLOP",
                 "memory", "layer", "kind", "output", "parameters", "a sample", "a sample", shown ? "  arguments" : "");
    for (const struct layer_entry *row = table.list; row < table.list + table.count; row++) {
        buffer_print(out, "%-16s %-12s %-16s %12zu %12.0f %12s", row->name, row->kind,
                     shape_text(spec->arena, row->shape), row->parameters, row->flops,
                     bytes_text(spec->arena, output_memory(row)));
        if (row->layer) layer_arguments_show(spec->arena, row->layer, false, out);
        buffer_print(out, "\n");
    }

    buffer_print(out, "\n%zu parameters (%s); a training step takes %.4g MFLOP per sample\n", show_parameters(plan),
                 bytes_text(spec->arena, (double)show_parameters(plan) * sizeof(float)), show_step_flops(plan) / 1e6);
    buffer_print(out, "memory for training at batch %.0f, without the data: %s\n", spec->setting_values[SETTING_batch],
                 bytes_text(spec->arena, step_memory(plan)));
    terms_show(spec, out);
}

static void shape_json(struct shape shape, struct buffer *out) {
    buffer_print(out, "[");
    for (int i = 0; i < shape.rank; i++)
        buffer_print(out, "%s%zu", i ? ", " : "", shape.size[i]);
    buffer_print(out, "]");
}

static void layers_json(const struct plan *plan, struct buffer *out) {
    const struct layer_table table = layer_table(plan->network);
    buffer_print(out, "  \"layers\": [");
    for (const struct layer_entry *row = table.list; row < table.list + table.count; row++) {
        buffer_print(out, "%s\n    {\"name\": \"%s\", \"kind\": \"%s\", \"shape\": ", row == table.list ? "" : ",",
                     row->name, row->kind);
        shape_json(row->shape, out);
        buffer_print(out, ", \"parameters\": %zu, \"flops\": %.0f, \"bytes\": %.0f", row->parameters, row->flops,
                     output_memory(row));
        if (row->layer) layer_arguments_show(plan->network->spec->arena, row->layer, true, out);
        buffer_print(out, "}");
    }
    buffer_print(out, "\n  ],\n");
}

static void terms_json(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "  \"loss\": [");
    for (const struct term *term = spec->terms; term; term = term->next) {
        const struct row *row = &term_rows[term->kind].row;
        buffer_print(out,
                     "%s\n    {\"name\": \"%s\", \"function\": \"%s\", \"of\": \"%s\", \"reduction\": \"%s\", "
                     "\"elements\": %zu, \"weight\": %s, \"element_weight\": %s",
                     term == spec->terms ? "" : ",", term->name, row->name, term_of(spec, term),
                     term_is_mean(term) ? "mean" : "sum", term_elements(spec, term),
                     number_text(spec->arena, term->weight_value),
                     number_text(spec->arena, element_weight(spec, term)));
        arguments_show(spec->arena, row->arguments, term->arguments, "", true, out);
        buffer_print(out, "}");
    }
    buffer_print(out, "\n  ],\n");
}

// A setting's value as JSON, a string for choices; setting -1 is a const.
static const char *setting_json(const struct spec *spec, int setting, double value) {
    const char *word = setting < 0 ? NULL : setting_value_word((enum setting_id)setting, value);
    return word ? arena_print(spec->arena, "\"%s\"", word) : number_text(spec->arena, value);
}

static void settings_json(const struct spec *spec, struct buffer *out) {
    buffer_print(out, "  \"train\": {");
    for (int i = 0; i < SETTING_COUNT; i++)
        buffer_print(out, "%s\"%s\": %s", i ? ", " : "", setting_names[i],
                     setting_json(spec, i, spec->setting_values[i]));
    buffer_print(out, "},\n  \"unread\": [");
    const char *comma = "";
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (setting_reaches((enum setting_id)i, (enum optimizer)spec->setting_values[SETTING_optimizer])) continue;
        buffer_print(out, "%s\"%s\"", comma, setting_names[i]);
        comma = ", ";
    }
    buffer_print(out, "],\n  \"consts\": [");
    comma = "";
    for (const struct constant *constant = spec->constants; constant; constant = constant->next) {
        if (!constant->is_number) continue;
        buffer_print(out, "%s{\"name\": \"%s\", \"value\": %s, \"run_time\": %s}", comma, constant->name.text,
                     number_text(spec->arena, constant->number), constant->fixed ? "false" : "true");
        comma = ", ";
    }
    buffer_print(out, "]");
}

static void sweep_json(const struct spec *spec, struct buffer *out) {
    if (!spec->axes) return;
    buffer_print(out, ",\n  \"sweep\": [");
    for (const struct sweep_axis *axis = spec->axes; axis; axis = axis->next) {
        buffer_print(out, "%s\n    {\"name\": \"%s\", \"values\": [", axis == spec->axes ? "" : ",", axis->name);
        for (size_t i = 0; i < axis->count; i++)
            buffer_print(out, "%s%s", i ? ", " : "", setting_json(spec, axis->setting, axis->values[i]));
        buffer_print(out, "]}");
    }
    buffer_print(out, "\n  ]");
}

static void show_json(const struct plan *plan, struct buffer *out) {
    const struct spec *spec = plan->network->spec;
    const struct latent *latent = &spec->latent;
    buffer_print(out, "{\n  \"model\": \"%s\",\n  \"input\": {\"name\": \"%s\", \"shape\": ", spec->model,
                 spec->input_name.text);
    shape_json(spec->input, out);
    buffer_print(out, "},\n  \"latent\": {\"name\": \"%s\", \"kind\": \"%s\", \"shape\": ", latent->name.text,
                 latent->kind == LATENT_gaussian ? "gaussian" : "code");
    shape_json(latent->shape, out);
    buffer_print(out, "},\n");
    layers_json(plan, out);
    buffer_print(out, "  \"parameters\": %zu,\n  \"step\": {\"flops\": %.0f, \"bytes\": %.0f},\n",
                 show_parameters(plan), show_step_flops(plan), step_memory(plan));
    terms_json(spec, out);
    settings_json(spec, out);
    sweep_json(spec, out);
    buffer_print(out, "\n}\n");
}

void show(const struct plan *plan, bool json, struct buffer *out) {
    if (json)
        show_json(plan, out);
    else
        show_plain(plan, out);
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
