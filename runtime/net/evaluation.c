#include "runtime/net/evaluation.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pool.h"
#include "runtime/numbers/reals.h"

// The memory of one thread, for one chunk of samples.
struct evaluation_memory {
    ae_real *input, *code, *z, *output, *scratch;
};

void evaluation_create(struct evaluation *evaluation, const struct ae_model *model, struct pool *pool,
                       const ae_real *parameters) {
    size_t threads = pool_threads(pool), samples = model->inference->samples_max;
    *evaluation = (struct evaluation){.model = model,
                                      .pool = pool,
                                      .parameters = parameters,
                                      .memory = memory_allocate(threads, sizeof *evaluation->memory)};
    for (size_t i = 0; i < threads; i++)
        evaluation->memory[i] = (struct evaluation_memory){.input = reals_allocate(samples * model->input_count),
                                                           .code = reals_allocate(samples * model->code_count),
                                                           .z = reals_allocate(samples * model->latent_count),
                                                           .output = reals_allocate(samples * model->output_count),
                                                           .scratch = reals_allocate(model->inference->scratch_count)};
}

void evaluation_free(struct evaluation *evaluation) {
    if (!evaluation->memory) return;
    for (size_t i = 0; i < pool_threads(evaluation->pool); i++) {
        struct evaluation_memory *memory = &evaluation->memory[i];
        free(memory->input);
        free(memory->code);
        free(memory->z);
        free(memory->output);
        free(memory->scratch);
    }
    free(evaluation->memory);
    *evaluation = (struct evaluation){0};
}

// Shared by the tasks of one call; each task is a chunk of samples.
struct job {
    const struct evaluation *evaluation;
    const struct split *split;    // the samples, unless they are in `input`
    size_t first, count;
    const ae_real *input, *z;
    ae_real *result;
};

static size_t chunk(const struct job *job, size_t task, size_t *from) {
    const struct ae_model *model = job->evaluation->model;
    *from = task * model->inference->samples_max;
    size_t left = job->count - *from;
    return left < model->inference->samples_max ? left : model->inference->samples_max;
}

static void run_chunks(const struct job *job, pool_task *run) {
    size_t most = job->evaluation->model->inference->samples_max, chunks = (job->count + most - 1) / most;
    pool_run(job->evaluation->pool, chunks, run, (void *)job);
}

void code_to_z(const struct ae_model *model, size_t samples, const ae_real *code, ae_real *z) {
    for (size_t i = 0; i < samples; i++, code += model->code_count)
        for (size_t j = 0; j < model->latent_tensors; z += model->latents[j++].count)
            memcpy(z, code + model->latents[j].offset, model->latents[j].count * sizeof *z);
}

static void encode_chunk(void *context, size_t task, size_t thread) {
    const struct job *job = context;
    const struct ae_model *model = job->evaluation->model;
    const struct evaluation_memory *memory = &job->evaluation->memory[thread];
    size_t from, samples = chunk(job, task, &from);
    if (job->split)
        split_gather(job->split, NULL, job->first + from, samples, memory->input);
    else
        memcpy(memory->input, job->input + from * model->input_count, samples * model->input_count * sizeof(ae_real));
    model->inference->encode(job->evaluation->parameters, samples, memory->input, memory->code, memory->scratch);
    memcpy(job->result + from * model->code_count, memory->code, samples * model->code_count * sizeof(ae_real));
}

static void decode_chunk(void *context, size_t task, size_t thread) {
    const struct job *job = context;
    const struct ae_model *model = job->evaluation->model;
    const struct evaluation_memory *memory = &job->evaluation->memory[thread];
    size_t from, samples = chunk(job, task, &from);
    memcpy(memory->z, job->z + from * model->latent_count, samples * model->latent_count * sizeof(ae_real));
    model->inference->decode(job->evaluation->parameters, samples, memory->z, memory->output, memory->scratch);
    memcpy(job->result + from * model->output_count, memory->output, samples * model->output_count * sizeof(ae_real));
}

static void measure_chunk(void *context, size_t task, size_t thread) {
    const struct job *job = context;
    const struct ae_model *model = job->evaluation->model;
    const struct evaluation_memory *memory = &job->evaluation->memory[thread];
    const ae_real *parameters = job->evaluation->parameters;
    size_t from, samples = chunk(job, task, &from);
    split_gather(job->split, NULL, job->first + from, samples, memory->input);
    model->inference->encode(parameters, samples, memory->input, memory->code, memory->scratch);
    code_to_z(model, samples, memory->code, memory->z);
    model->inference->decode(parameters, samples, memory->z, memory->output, memory->scratch);
    model->inference->measure(samples, memory->input, memory->code, memory->output,
                              job->result + from * model->term_count, memory->scratch);
}

void evaluation_encode(const struct evaluation *evaluation, const struct split *split, size_t first, size_t count,
                       ae_real *code) {
    run_chunks(&(struct job){.evaluation = evaluation, .split = split, .first = first, .count = count, .result = code},
               encode_chunk);
}

void evaluation_encode_input(const struct evaluation *evaluation, const ae_real *input, size_t count, ae_real *code) {
    run_chunks(&(struct job){.evaluation = evaluation, .input = input, .count = count, .result = code}, encode_chunk);
}

void evaluation_decode(const struct evaluation *evaluation, size_t count, const ae_real *z, ae_real *output) {
    run_chunks(&(struct job){.evaluation = evaluation, .count = count, .z = z, .result = output}, decode_chunk);
}

void evaluation_terms(const struct evaluation *evaluation, const struct split *split, ae_real *term) {
    run_chunks(&(struct job){.evaluation = evaluation, .split = split, .count = split->count, .result = term},
               measure_chunk);
}

double evaluation_loss(const struct evaluation *evaluation, const ae_real *term, const double *weights) {
    double loss = 0;
    for (size_t i = 0; i < evaluation->model->term_count; i++)
        loss += weights[i] * (double)term[i];
    return loss;
}

double evaluation_measure(const struct evaluation *evaluation, const struct split *split, const double *weights,
                          double *terms) {
    const struct ae_model *model = evaluation->model;
    ae_real *term = reals_allocate(split->count * model->term_count);
    evaluation_terms(evaluation, split, term);
    double total = 0;
    memset(terms, 0, model->term_count * sizeof *terms);
    for (size_t i = 0; i < split->count; i++) {
        const ae_real *own = term + i * model->term_count;
        for (size_t j = 0; j < model->term_count; j++)
            terms[j] += (double)own[j];
        total += evaluation_loss(evaluation, own, weights);
    }
    for (size_t j = 0; j < model->term_count; j++)
        terms[j] /= (double)split->count;
    free(term);
    return total / (double)split->count;
}
