#include "tests/interpreter/generated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/model.h"
#include "tests/draws.h"

extern const struct ae_model *const checked_model;

enum { SEED = 5, EPOCH = 2, SAMPLE_STEP = 37 };

double generated_random(void) {
    return draw();
}

double *generated_reals(size_t count) {
    return reserve(count, sizeof(double));
}

static ae_real *reals(size_t count) {
    return reserve(count, sizeof(ae_real));
}

static ae_real *reals_of(const double *values, size_t count) {
    ae_real *copy = reals(count);
    for (size_t i = 0; i < count; i++)
        copy[i] = (ae_real)values[i];
    return copy;
}

static void doubles_of(const ae_real *values, size_t count, double *copy) {
    for (size_t i = 0; i < count; i++)
        copy[i] = values[i];
}

// Numbers that are exact in the model's type, so that both sides get the same ones.
static double *drawn(size_t count, double from, double to) {
    double *values = generated_reals(count);
    for (size_t i = 0; i < count; i++)
        values[i] = (ae_real)(from + (to - from) * generated_random());
    return values;
}

static size_t tensor_count(const struct ae_parameter *tensor) {
    size_t count = 1;
    for (int i = 0; i < tensor->shape.rank; i++)
        count *= tensor->shape.size[i];
    return count;
}

static void parameters_open(struct generated *g) {
    const struct ae_model *model = checked_model;
    g->tensors = model->parameter_tensors;
    g->parameters = reserve(g->tensors, sizeof *g->parameters);
    g->names = reserve(g->tensors, sizeof *g->names);
    g->counts = reserve(g->tensors, sizeof *g->counts);
    for (size_t i = 0; i < g->tensors; i++) {
        const struct ae_parameter *tensor = &model->parameters[i];
        g->names[i] = tensor->name;
        g->counts[i] = tensor_count(tensor);
        g->parameters[i] = drawn(g->counts[i], -1.5 * tensor->bound, 1.5 * tensor->bound);
    }
}

static void scales_open(struct generated *g) {
    const struct ae_model *model = checked_model;
    double *constants = generated_reals(model->constant_count), settings[AE_SETTING_COUNT];
    bool *given = reserve(model->constant_count, sizeof *given);
    g->term_scale = generated_reals(g->term_count);
    model->derive(constants, given, g->term_scale, settings);
    for (size_t i = 0; i < g->term_count; i++) {
        if (g->term_scale[i] == 0) g->term_scale[i] = 1;
        if (settings[AE_SETTING_reduction] == AE_REDUCTION_mean) g->term_scale[i] /= (double)g->samples;
        g->term_scale[i] = (ae_real)g->term_scale[i];
    }
    free(constants);
    free(given);
}

void generated_open(struct generated *g, size_t samples) {
    const struct ae_model *model = checked_model;
    *g = (struct generated){.samples = samples, .input_count = model->input_count};
    g->latent_count = model->latent_count;
    g->heads = model->code_count / model->latent_count;
    g->term_count = model->term_count;
    bool unit = model_input(model)->data.unit_interval;
    g->input = drawn(samples * g->input_count, unit ? 0 : -2, unit ? 1 : 2);
    g->code = drawn(samples * model->code_count, -1, 1);
    g->output = drawn(samples * g->input_count, -2, 2);
    parameters_open(g);
    scales_open(g);
}

static ae_real *parameters_real(const struct generated *g) {
    ae_real *parameters = reals(checked_model->parameter_count);
    for (size_t i = 0; i < g->tensors; i++)
        for (size_t j = 0; j < g->counts[i]; j++)
            parameters[checked_model->parameters[i].offset + j] = (ae_real)g->parameters[i][j];
    return parameters;
}

void generated_train(const struct generated *g, double *terms, double *const *gradients) {
    const struct ae_training *training = checked_model->training;
    const struct step_memory *memory = &training->memory;
    ae_real *input = reals_of(g->input, g->samples * g->input_count), *parameters = parameters_real(g);
    ae_real *scale = reals_of(g->term_scale, g->term_count), *gradient = reals(memory->trainable);
    ae_real *term = reals(g->samples * g->term_count), *scratch = reals(memory->scratch);
    ae_real *slots = reals((step_slots(g->samples) - 1) * memory->slotted), *repacked = reals(memory->repacked);
    ae_real *kept = reals(g->samples * memory->kept);
    uint32_t *sample = reserve(g->samples, sizeof *sample);
    for (size_t i = 0; i < g->samples; i++)
        sample[i] = (uint32_t)i * SAMPLE_STEP;
    struct ae_step step = {.samples = g->samples, .number = 1, .seed = SEED, .epoch = EPOCH};
    step.input = input;
    step.sample = sample;
    step.parameters = parameters;
    step.term_scale = scale;
    step.gradient = gradient;
    step.term = term;
    step.slots = slots;
    step.repacked = repacked;
    step.kept = kept;
    for (size_t i = 0; i < training->phase_count; i++) {
        const struct ae_phase *phase = &training->phases[i];
        for (size_t task = 0; task < (phase->tasks ? phase->tasks : step_slots(g->samples)); task++)
            phase->run(&step, task, scratch);
    }
    doubles_of(term, g->samples * g->term_count, terms);
    for (size_t i = 0; i < g->tensors; i++)
        doubles_of(gradient + checked_model->parameters[i].offset, g->counts[i], gradients[i]);
    void *all[] = {input, parameters, scale, gradient, term, scratch, slots, repacked, kept, sample};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

// Evaluation computes several samples at a time; `run` gets the first one and their number.
static void evaluation_each(const struct generated *g,
                            void (*run)(const struct generated *g, size_t from, size_t count, ae_real *scratch,
                                        double *result),
                            double *result) {
    size_t most = checked_model->inference->samples_max;
    ae_real *scratch = reals(checked_model->inference->scratch_count);
    for (size_t from = 0; from < g->samples; from += most) {
        size_t left = g->samples - from;
        run(g, from, left < most ? left : most, scratch, result);
    }
    free(scratch);
}

static void encode_run(const struct generated *g, size_t from, size_t count, ae_real *scratch, double *result) {
    size_t each = g->heads * g->latent_count;
    ae_real *input = reals_of(g->input + from * g->input_count, count * g->input_count), *code = reals(count * each);
    ae_real *parameters = parameters_real(g);
    checked_model->inference->encode(parameters, count, input, code, scratch);
    doubles_of(code, count * each, result + from * each);
    free(input);
    free(code);
    free(parameters);
}

void generated_encode(const struct generated *g, double *code) {
    evaluation_each(g, encode_run, code);
}

static void decode_run(const struct generated *g, size_t from, size_t count, ae_real *scratch, double *result) {
    ae_real *z = reals(count * g->latent_count), *output = reals(count * g->input_count);
    ae_real *parameters = parameters_real(g);
    for (size_t i = 0; i < count * g->latent_count; i++)
        z[i] = (ae_real)g->code[(from + i / g->latent_count) * g->heads * g->latent_count + i % g->latent_count];
    checked_model->inference->decode(parameters, count, z, output, scratch);
    doubles_of(output, count * g->input_count, result + from * g->input_count);
    free(z);
    free(output);
    free(parameters);
}

void generated_decode(const struct generated *g, double *output) {
    evaluation_each(g, decode_run, output);
}

static void measure_run(const struct generated *g, size_t from, size_t count, ae_real *scratch, double *result) {
    size_t each = g->heads * g->latent_count;
    ae_real *input = reals_of(g->input + from * g->input_count, count * g->input_count);
    ae_real *output = reals_of(g->output + from * g->input_count, count * g->input_count);
    ae_real *code = reals_of(g->code + from * each, count * each), *term = reals(count * g->term_count);
    checked_model->inference->measure(count, input, code, output, term, scratch);
    doubles_of(term, count * g->term_count, result + from * g->term_count);
    free(input);
    free(output);
    free(code);
    free(term);
}

void generated_measure(const struct generated *g, double *terms) {
    evaluation_each(g, measure_run, terms);
}

void generated_draw(bool dropout, int site, double probability, size_t sample, size_t count, double *values) {
    ae_real *drawn = reals(count);
    uint32_t number = (uint32_t)sample * SAMPLE_STEP;
    if (dropout)
        ae_random_dropout(SEED, EPOCH, number, (uint32_t)site, probability, count, drawn);
    else
        ae_random_normal(SEED, EPOCH, number, (uint32_t)site, count, drawn);
    doubles_of(drawn, count, values);
    free(drawn);
}
