#include <string.h>

#include "base/number.h"
#include "compiler/emit/emit.h"
#include "compiler/meaning/evaluate.h"
#include "compiler/plan/cost.h"
#include "compiler/plan/layer_table.h"

// The tables that describe the model to the runtime.

// The length that a character has in a string literal.
static size_t escaped_length(unsigned char c) {
    return c == '\n' || c == '"' || c == '\\' ? 2 : c < 0x20 || c > 0x7e || c == '?' ? 4 : 1;
}

static void character_print(unsigned char c, struct buffer *out) {
    if (c == '\n')
        buffer_print(out, "\\n");
    else if (escaped_length(c) == 4)
        buffer_print(out, "\\%03o", c);
    else
        buffer_print(out, escaped_length(c) == 2 ? "\\%c" : "%c", c);
}

// A string literal, or several below each other: as many of the text's lines in each as fit, or a part of one.
static void string_print(const char *text, size_t length, struct buffer *out) {
    enum { ROOM = CODE_WIDTH - 7 };    // beside the indentation, the quotes and a semicolon
    size_t used = 0;
    buffer_print(out, "\"");
    for (size_t i = 0; i < length; i++) {
        size_t line = 0;
        for (size_t j = i; (i == 0 || text[i - 1] == '\n') && j < length; j++) {
            line += escaped_length((unsigned char)text[j]);
            if (text[j] == '\n' || line > ROOM) break;
        }
        bool full = used + escaped_length((unsigned char)text[i]) > ROOM;
        if (full || (used && line <= ROOM && used + line > ROOM)) {
            buffer_print(out, "\"\n    \"");
            used = 0;
        }
        character_print((unsigned char)text[i], out);
        used += escaped_length((unsigned char)text[i]);
    }
    buffer_print(out, "\"");
}

static void shape_print(struct shape shape, struct buffer *out) {
    buffer_print(out, "{%d, {", shape.rank);
    for (int i = 0; i < shape.rank; i++)
        buffer_print(out, "%s%zu", i ? ", " : "", shape.size[i]);
    buffer_print(out, "%s}}", shape.rank ? "" : "0");
}

static void sizes_print(const size_t *sizes, int count, struct buffer *out) {
    buffer_print(out, "{");
    for (int i = 0; i < count; i++)
        buffer_print(out, "%s%zu", i ? ", " : "", sizes[i]);
    buffer_print(out, "}");
}

static void parameters_print(struct emitter *emitter, struct buffer *out) {
    const struct parameters *parameters = &emitter->plan->network->parameters;
    if (parameters->count == 0) return;
    buffer_print(
        out, "// Parameters: name, shape in files; view and strides in memory; offset; bound of the initial values.\n"
             "static const struct ae_parameter net_parameters[] = {\n");
    for (int i = 0; i < parameters->count; i++) {
        const struct parameter_info *info = &parameters->list[i].info;
        buffer_print(out, "    {\"%s\", ", info->name);
        shape_print(info->shape, out);
        buffer_print(out, ", %d, ", info->view_rank);
        sizes_print(info->view, info->view_rank, out);
        buffer_print(out, ", ");
        sizes_print(info->stride, info->view_rank, out);
        buffer_print(out, ", %zu, %s},\n", emitter->plan->parameters[i].offset, emit_double(emitter, info->bound));
    }
    buffer_print(out, "};\n\n");
}

static void kernels_print(struct emitter *emitter, struct buffer *out) {
    const struct plan *plan = emitter->plan;
    size_t line = 0;
    buffer_print(
        out, "// Kernels by their numbers: name, FLOPs and predicted cost (multiply-adds of whole vectors), per step "
             "if true, else\n// per sample.\nstatic const struct ae_kernel net_kernels[] = {\n");
    for (int i = 0; i < plan->training.kernel_count; i++) {
        const struct kernel *kernel = plan->training.kernels[i];
        emit_row(out, &line,
                 arena_print(emitter->arena, "/* %d */ {\"%s\", %.0f, %.4g, %s},", i, emit_kernel_name(emitter, kernel),
                             kernel_flops(kernel), emitter->functions[i]->cost,
                             kernel_rows[kernel->kind].work == WORK_SHARED ? "true" : "false"));
    }
    if (plan->slotted_count)
        emit_row(out, &line,
                 arena_print(emitter->arena, "/* %d */ {\"join\", 0, %.4g, true},", plan->training.kernel_count,
                             join_slots(plan)));
    buffer_print(out, "\n};\n\n");
}

static int layer_table_print(struct emitter *emitter, struct buffer *out) {
    const struct layer_table table = layer_table(emitter->plan->network);
    size_t line = 0;
    buffer_print(out,
                 "// Layers: name, kind, line of the spec, shape, parameters, FLOPs per sample of the forward pass.\n"
                 "static const struct ae_layer net_layers[] = {\n");
    for (int i = 0; i < table.count; i++) {
        const struct layer_entry *entry = &table.list[i];
        struct buffer row = {0};
        buffer_print(&row, "{\"%s\", \"%s\", %d, ", entry->name, entry->kind, position_of(entry->span).line);
        shape_print(entry->shape, &row);
        buffer_print(&row, ", %zu, %.0f},", entry->parameters, entry->flops);
        emit_row(out, &line, row.text);
        buffer_free(&row);
    }
    buffer_print(out, "\n};\n\n");
    return table.count;
}

static void names_print(struct emitter *emitter, struct buffer *out) {
    buffer_print(out, "// Terms of the loss: name, function.\nstatic const struct ae_term net_terms[] = {\n");
    size_t line = 0;
    for (const struct term *term = emitter->spec->terms; term; term = term->next)
        emit_row(out, &line,
                 arena_print(emitter->arena, "{\"%s\", \"%s\"},", term->name, term_rows[term->kind].row.name));
    buffer_print(out, "\n};\n\n");
    if (emitter->spec->constant_count == 0) return;
    buffer_print(out, "static const struct ae_constant net_constants[] = {\n");
    for (const struct constant *constant = emitter->spec->constants; constant; constant = constant->next)
        if (!constant->fixed) buffer_print(out, "    {\"%s\"},\n", constant->name.text);
    buffer_print(out, "};\n\n");
}

// A setting that the spec sets: a choice as its enumerator, others as expressions, which may depend on consts.
static void setting_print(struct emitter *emitter, int setting, struct buffer *out) {
    const struct spec *spec = emitter->spec;
    if (!spec->settings[setting]) return;
    const char *word = setting_value_word((enum setting_id)setting, spec->setting_values[setting]);
    buffer_print(out, "    settings[AE_SETTING_%s] = ", setting_names[setting]);
    if (word)
        buffer_print(out, "AE_%s_%s", choice_rows[setting_choice((enum setting_id)setting)].name, word);
    else
        emit_expression(emitter, spec->settings[setting], out);
    buffer_print(out, ";\n");
}

static void derive_print(struct emitter *emitter, struct buffer *out) {
    const struct spec *spec = emitter->spec;
    buffer_print(
        out, "// Computes the consts, loss weights and settings of the spec, given the consts that the user has set.\n"
             "static void net_derive(double *constants, const bool *given, double *weights, double *settings) {\n");
    if (spec->constant_count == 0) buffer_print(out, "    (void)constants, (void)given;\n");
    for (const struct constant *constant = spec->constants; constant; constant = constant->next) {
        if (constant->fixed) continue;
        buffer_print(out, "    if (!given[%d]) constants[%d] = ", constant->number_of, constant->number_of);
        emit_expression(emitter, constant->value, out);
        buffer_print(out, ";\n");
    }
    int i = 0;
    for (const struct term *term = spec->terms; term; term = term->next, i++) {
        buffer_print(out, "    weights[%d] = ", i);
        if (term->weight)
            emit_expression(emitter, term->weight, out);
        else
            buffer_print(out, "1");
        buffer_print(out, ";\n");
    }
    bool any = false;
    for (int setting = 0; setting < SETTING_COUNT; setting++) {
        setting_print(emitter, setting, out);
        any = any || spec->settings[setting];
    }
    buffer_print(out, any ? "}\n\n" : "    (void)settings;\n}\n\n");
}

static void doubles_print(const struct emitter *emitter, const char *name, const double *numbers, size_t count,
                          struct buffer *out) {
    struct buffer line = {0};
    buffer_print(&line, "static const double %s[] = {", name);
    for (size_t i = 0; i < count; i++)
        buffer_print(&line, "%s%s", i ? ", " : "", emit_double(emitter, numbers[i]));
    buffer_print(&line, "};\n");
    code_wrap(line.text, out);
    buffer_free(&line);
}

static bool has_bce(const struct spec *spec) {
    for (const struct term *term = spec->terms; term; term = term->next)
        if (term_rows[term->kind].expects == EXPECTS_LOGITS) return true;
    return false;
}

static void input_print(struct emitter *emitter, struct buffer *out) {
    const struct spec *spec = emitter->spec;
    size_t channels = spec->input.rank == 3 ? spec->input.size[0] : 1;
    doubles_print(emitter, "net_mean", spec->mean_list, channels, out);
    doubles_print(emitter, "net_std", spec->std_list, channels, out);
    buffer_print(out,
                 "// Inputs: name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].\n"
                 "static const struct ae_input net_inputs[] = {\n    {\"%s\", ",
                 spec->input_name.text);
    shape_print(spec->input, out);
    buffer_print(out, ", %zu, {", shape_count(spec->input));
    if (spec->source)
        string_print(spec->source, strlen(spec->source), out);
    else
        buffer_print(out, "NULL");
    buffer_print(out, ", %s, net_mean, net_std, %s}}};\n\n", emit_double(emitter, spec->scale),
                 has_bce(spec) ? "true" : "false");
}

// Elements of a sample's code.
static size_t code_count(const struct latent *latent) {
    return shape_count(latent->shape) * (latent->kind == LATENT_gaussian ? 2 : 1);
}

static void latent_print(struct emitter *emitter, struct buffer *out) {
    const struct latent *latent = &emitter->spec->latent;
    bool gaussian = latent->kind == LATENT_gaussian;
    buffer_print(out,
                 "// Latents: name, kind, shape, elements, offset in the code, prior_std.\n"
                 "static const struct ae_latent net_latents[] = {{\"%s\", %s, ",
                 latent->name.text, gaussian ? "AE_LATENT_GAUSSIAN" : "AE_LATENT_CODE");
    shape_print(latent->shape, out);
    buffer_print(out, ", %zu, 0, %s}};\n\n", shape_count(latent->shape),
                 emit_double(emitter, gaussian ? latent->prior_std : 0));
}

static void output_print(struct emitter *emitter, struct buffer *out) {
    const struct spec *spec = emitter->spec;
    buffer_print(out,
                 "// Outputs: name, shape, elements, kind.\nstatic const struct ae_output net_outputs[] = {{\"%s\", ",
                 spec->input_name.text);
    shape_print(spec->input, out);
    buffer_print(out, ", %zu, %s}};\n\n", shape_count(spec->input),
                 has_bce(spec) ? "AE_OUTPUT_LOGITS" : "AE_OUTPUT_VALUES");
}

static size_t evaluate_count(const struct plan *plan) {
    const struct program *programs[] = {&plan->encode, &plan->decode, &plan->measure};
    size_t most = 0;
    for (int i = 0; i < 3; i++) {
        size_t count = programs[i]->scratch * programs[i]->micro_batch + programs[i]->repacked;
        if (count > most) most = count;
    }
    return most;
}

static void inference_print(const struct plan *plan, struct buffer *out) {
    buffer_print(out,
                 "static const struct ae_inference net_inference = {\n"
                 "    .samples_max = %zu, .scratch_count = %zu,\n"
                 "    .encode = net_encode, .decode = net_decode, .measure = net_measure,\n"
                 "};\n\n",
                 plan->encode.micro_batch, evaluate_count(plan));
}

static void training_print(struct emitter *emitter, struct buffer *out) {
    const struct plan *plan = emitter->plan;
    const struct step_memory *memory = &plan->memory;
    buffer_print(out,
                 "static const struct ae_training net_training = {\n"
                 "    .memory = {.parameters = %zu, .trainable = %zu, .slotted = %zu, .repacked = %zu,\n"
                 "               .terms = %zu, .input = %zu, .kept = %zu, .scratch = %zu},\n"
                 "    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,\n"
                 "    .kernels = net_kernels, .kernel_count = %d, .lanes = %d, .peak = ae_peak,\n"
                 "};\n\n",
                 memory->parameters, memory->trainable, memory->slotted, memory->repacked, memory->terms, memory->input,
                 memory->kept, memory->scratch, emit_kernel_count(emitter), plan->machine->lanes);
}

static void counts_print(struct emitter *emitter, int layers, struct buffer *out) {
    const struct plan *plan = emitter->plan;
    int tensors = plan->network->parameters.count, constants = emitter->spec->constant_count;
    buffer_print(out, "    .parameters = %s, .parameter_tensors = %d, .parameter_count = %zu,\n",
                 tensors ? "net_parameters" : "NULL", tensors, plan->parameter_count);
    buffer_print(out, "    .layers = net_layers, .layer_count = %d,\n", layers);
    buffer_print(out, "    .terms = net_terms, .term_count = %d,\n", emitter->spec->term_count);
    buffer_print(out, "    .constants = %s, .constant_count = %d,\n", constants ? "net_constants" : "NULL", constants);
    buffer_print(out, "    .derive = net_derive, .inference = &net_inference, .training = &net_training,\n");
}

static void tensors_print(const struct spec *spec, struct buffer *out) {
    buffer_print(out,
                 "    .input_count = %zu, .latent_count = %zu, .code_count = %zu, .output_count = %zu,\n"
                 "    .inputs = net_inputs, .input_tensors = 1,\n"
                 "    .latents = net_latents, .latent_tensors = 1,\n"
                 "    .outputs = net_outputs, .output_tensors = 1,\n",
                 shape_count(spec->input), shape_count(spec->latent.shape), code_count(&spec->latent),
                 shape_count(spec->input));
}

void emit_text(const struct emitter *emitter, struct buffer *out) {
    buffer_print(out, "static const char net_text[] =\n    ");
    string_print(emitter->options->source->text, emitter->options->source->length, out);
    buffer_print(out, ";\n\n");
}

void emit_model(struct emitter *emitter, struct buffer *out) {
    const struct spec *spec = emitter->spec;
    parameters_print(emitter, out);
    int layers = layer_table_print(emitter, out);
    kernels_print(emitter, out);
    names_print(emitter, out);
    derive_print(emitter, out);
    input_print(emitter, out);
    latent_print(emitter, out);
    output_print(emitter, out);
    inference_print(emitter->plan, out);
    training_print(emitter, out);
    buffer_print(out, "const struct ae_model ae_model_%s = {\n    .name = \"%s\", .file = ", spec->model, spec->model);
    string_print(emitter->options->file, strlen(emitter->options->file), out);
    buffer_print(out,
                 ", .text = net_text,\n"
                 "    .target = \"%s\", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,\n",
                 emitter->plan->machine->name);
    tensors_print(spec, out);
    counts_print(emitter, layers, out);
    buffer_print(out, "};\n");
}
