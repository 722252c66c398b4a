#include "runtime/net/step.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/pool.h"
#include "runtime/net/evaluation.h"
#include "runtime/net/parameters.h"
#include "runtime/numbers/each_width.h"
#include "runtime/numbers/reals.h"

enum { GATHER_SAMPLES = 8, WEIGHT_BLOCK = 16384 };    // of one task

void stepper_create(struct stepper *stepper, struct pool *pool, const struct settings *settings,
                    const struct split *split) {
    const struct ae_model *model = settings->model;
    size_t batch = (size_t)settings->value[AE_SETTING_batch], threads = pool_threads(pool);
    *stepper = (struct stepper){.model = model, .pool = pool, .settings = settings, .split = split};
    stepper->batch = batch < split->count ? batch : split->count;
    stepper->optimizer = ae_optimizer_create(settings->value);
    const struct step_memory *memory = &model->training->memory;
    stepper->parameters = reals_allocate(memory->parameters);
    stepper->gradient = reals_allocate(memory->trainable);
    size_t states = ae_optimizer_states(&stepper->optimizer);
    stepper->states = memory_allocate(states, sizeof *stepper->states);
    for (size_t i = 0; i < states; i++)
        stepper->states[i] = reals_allocate(memory->trainable);
    stepper->input = reals_allocate(stepper->batch * memory->input);
    stepper->term = reals_allocate(stepper->batch * memory->terms);
    stepper->term_scale = reals_allocate(memory->terms);
    stepper->slots = reals_allocate((step_slots(stepper->batch) - 1) * memory->slotted);
    stepper->repacked = reals_allocate(memory->repacked);
    stepper->kept = reals_allocate(stepper->batch * memory->kept);
    stepper->scratch = memory_allocate(threads, sizeof *stepper->scratch);
    for (size_t i = 0; i < threads; i++)
        stepper->scratch[i] = reals_allocate(memory->scratch);
    stepper->sums = memory_allocate(model->term_count, sizeof *stepper->sums);
}

size_t stepper_bytes(const struct settings *settings) {
    const struct ae_optimizer_state optimizer = ae_optimizer_create(settings->value);
    size_t batch = (size_t)settings->value[AE_SETTING_batch], states = ae_optimizer_states(&optimizer);
    return step_memory_elements(&settings->model->training->memory, batch, states, 1) * sizeof(ae_real);
}

void stepper_free(struct stepper *stepper) {
    if (!stepper->pool) return;
    for (size_t i = 0; i < pool_threads(stepper->pool); i++)
        free(stepper->scratch[i]);
    for (size_t i = 0; i < ae_optimizer_states(&stepper->optimizer); i++)
        free(stepper->states[i]);
    free(stepper->states);
    free(stepper->scratch);
    free(stepper->parameters);
    free(stepper->gradient);
    free(stepper->input);
    free(stepper->term);
    free(stepper->term_scale);
    free(stepper->slots);
    free(stepper->repacked);
    free(stepper->kept);
    free(stepper->sums);
    *stepper = (struct stepper){0};
}

struct phase_job {
    const struct ae_phase *phase;
    const struct ae_step *step;
    ae_real *const *scratch;
};

static void run_task(void *context, size_t task, size_t thread) {
    const struct phase_job *job = context;
    job->phase->run(job->step, task, job->scratch[thread]);
}

static void run_phases(struct stepper *stepper, const struct ae_step *step) {
    const struct ae_training *training = stepper->model->training;
    for (size_t i = 0; i < training->phase_count; i++) {
        const struct ae_phase *phase = &training->phases[i];
        struct phase_job job = {phase, step, stepper->scratch};
        pool_run(stepper->pool, phase->tasks ? phase->tasks : step_slots(step->samples), run_task, &job);
    }
}

// Shared by the tasks before and after the model's phases.
struct step_job {
    struct stepper *stepper;
    const uint32_t *sample;
    size_t samples;
    atomic_bool diverged;
};

static size_t end_of(size_t from, size_t length, size_t whole) {
    return whole - from < length ? whole : from + length;
}

static void gather_task(void *context, size_t task, size_t thread) {
    const struct step_job *job = context;
    const struct stepper *stepper = job->stepper;
    size_t from = task * GATHER_SAMPLES, to = end_of(from, GATHER_SAMPLES, job->samples);
    (void)thread;
    split_gather(stepper->split, job->sample + from, 0, to - from, stepper->input + from * stepper->model->input_count);
}

static void gather(struct step_job *job) {
    pool_run(job->stepper->pool, (job->samples + GATHER_SAMPLES - 1) / GATHER_SAMPLES, gather_task, job);
}

// Does not stop at the first one, so that the loop can be vectorised.
AE_EACH_WIDTH static bool all_finite(const ae_real *value, size_t count) {
    int wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong |= !isfinite(value[i]);
    return !wrong;
}

static size_t trainable_count(const struct stepper *stepper) {
    return stepper->model->training->memory.trainable;
}

static void check_task(void *context, size_t task, size_t thread) {
    struct step_job *job = context;
    size_t from = task * WEIGHT_BLOCK, to = end_of(from, WEIGHT_BLOCK, trainable_count(job->stepper));
    (void)thread;
    if (!all_finite(job->stepper->gradient + from, to - from)) job->diverged = true;
}

static void update_task(void *context, size_t task, size_t thread) {
    struct step_job *job = context;
    struct stepper *stepper = job->stepper;
    size_t from = task * WEIGHT_BLOCK, to = end_of(from, WEIGHT_BLOCK, trainable_count(job->stepper));
    (void)thread;
    ae_optimizer_update(&stepper->optimizer, from, to, stepper->gradient, stepper->parameters, stepper->states);
    if (!all_finite(stepper->parameters + from, to - from)) job->diverged = true;
}

// Runs a task for each block of weights; false if a task found a value that is not finite.
static bool run_blocks(struct step_job *job, pool_task *run) {
    size_t blocks = (trainable_count(job->stepper) + WEIGHT_BLOCK - 1) / WEIGHT_BLOCK;
    pool_run(job->stepper->pool, blocks, run, job);
    return !job->diverged;
}

static void sum_terms(struct stepper *stepper, size_t samples) {
    const struct ae_model *model = stepper->model;
    double total = 0;
    memset(stepper->sums, 0, model->term_count * sizeof *stepper->sums);
    for (size_t i = 0; i < samples; i++) {
        double loss = 0;
        for (size_t j = 0; j < model->term_count; j++) {
            double value = stepper->term[i * model->term_count + j];
            stepper->sums[j] += value;
            loss += stepper->settings->weights[j] * value;
        }
        total += loss;
    }
    stepper->loss = total / (double)samples;
}

static const char *describe(double value) {
    return isnan(value) ? "not a number" : value > 0 ? "infinite" : "minus infinite";
}

// "encoder.0.weight" belongs to the layer "encoder.0".
static const struct ae_layer *layer_of(const struct ae_model *model, const char *parameter) {
    const char *end = strrchr(parameter, '.');
    for (size_t i = 0; end && i < model->layer_count; i++)
        if (strncmp(model->layers[i].name, parameter, (size_t)(end - parameter)) == 0 &&
            !model->layers[i].name[end - parameter])
            return &model->layers[i];
    return NULL;
}

static bool find_term(const struct stepper *stepper, size_t samples, size_t *sample, size_t *term) {
    const struct ae_model *model = stepper->model;
    for (size_t i = 0; i < samples * model->term_count; i++)
        if (!isfinite(stepper->term[i])) {
            *sample = i / model->term_count;
            *term = i % model->term_count;
            return true;
        }
    return false;
}

// Evaluates one sample again, without dropout and noise, and describes which result is not finite.
static const char *find_place(const struct stepper *stepper, size_t sample) {
    const struct ae_model *model = stepper->model;
    ae_real *scratch = reals_allocate(model->inference->scratch_count), *code = reals_allocate(model->code_count);
    ae_real *z = reals_allocate(model->latent_count), *output = reals_allocate(model->output_count);
    model->inference->encode(stepper->parameters, 1, stepper->input + sample * model->input_count, code, scratch);
    code_to_z(model, 1, code, z);
    model->inference->decode(stepper->parameters, 1, z, output, scratch);
    const char *place = !all_finite(code, model->code_count) ? "; the code is not finite"
                        : !all_finite(output, model->output_count)
                            ? "; the code is finite, but the decoder's output is not"
                            : "";
    free(scratch);
    free(code);
    free(z);
    free(output);
    return place;
}

static void report_tensor(const struct ae_model *model, const char *what, const struct ae_parameter *parameter) {
    const struct ae_layer *layer = layer_of(model, parameter->name);
    if (layer)
        message_error(EXIT_DIVERGED, "%s of %s is not finite: layer %s (%s), %s:%d", what, parameter->name, layer->name,
                      layer->kind, model->file, layer->line);
    else
        message_error(EXIT_DIVERGED, "%s of %s is not finite", what, parameter->name);
}

// Reports where values are not finite: the term of the loss, then the first gradient and the first parameter.
static void diverged_report(const struct stepper *stepper, const uint32_t *samples, size_t count) {
    const struct ae_model *model = stepper->model;
    size_t sample, term;
    if (find_term(stepper, count, &sample, &term))
        message_error(EXIT_DIVERGED, "the loss '%s' of sample %u is %s%s", model->terms[term].name,
                      (unsigned)samples[sample], describe(stepper->term[sample * model->term_count + term]),
                      find_place(stepper, sample));
    else if (!isfinite(stepper->loss))
        message_error(EXIT_DIVERGED, "the loss is %s, but its terms are finite", describe(stepper->loss));
    const struct ae_parameter *gradient =
        parameters_find_not_finite(model, stepper->gradient, model->training->memory.trainable);
    const struct ae_parameter *value = parameters_find_not_finite(model, stepper->parameters, model->parameter_count);
    if (gradient) report_tensor(model, "the gradient", gradient);
    if (value) report_tensor(model, "the new value", value);
}

bool stepper_run(struct stepper *stepper, uint32_t epoch, const uint32_t *sample, size_t samples) {
    const struct settings *settings = stepper->settings;
    double share = settings->value[AE_SETTING_reduction] == AE_REDUCTION_mean ? 1.0 / (double)samples : 1.0;
    for (size_t i = 0; i < stepper->model->term_count; i++)
        stepper->term_scale[i] = (ae_real)(settings->weights[i] * share);
    struct ae_step step = {.samples = samples,
                           .number = stepper->optimizer.steps + 1,
                           .input = stepper->input,
                           .sample = sample,
                           .seed = (uint64_t)settings->value[AE_SETTING_seed],
                           .epoch = epoch,
                           .parameters = stepper->parameters,
                           .term_scale = stepper->term_scale,
                           .gradient = stepper->gradient,
                           .term = stepper->term,
                           .slots = stepper->slots,
                           .repacked = stepper->repacked,
                           .kept = stepper->kept,
                           .mark = stepper->mark,
                           .mark_context = stepper->mark_context};
    struct step_job job = {.stepper = stepper, .sample = sample, .samples = samples};
    gather(&job);
    run_phases(stepper, &step);
    sum_terms(stepper, samples);
    bool fine = isfinite(stepper->loss) && run_blocks(&job, check_task);
    if (fine) {
        ae_optimizer_advance(&stepper->optimizer);
        fine = run_blocks(&job, update_task);
    }
    if (!fine) diverged_report(stepper, sample, samples);
    return fine;
}
