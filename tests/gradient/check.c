// Compares the gradient of a generated model with central differences of its training objective. It is linked with a
// model made by `aespec emit --real=double`, whose file also defines `checked_model`, and from the runtime only with
// random.c in double.
//
//   check BATCH [--spoil]    --spoil changes each tensor's largest entry by 1e-5 of itself: the check must then fail
//
// Each task must change the elements of its range and no others.
//
// Exit code 0: |difference| <= 1e-6 of the tensor's largest gradient at 200 entries of each tensor (all, if fewer).
// 1: a gradient is wrong. 3: out of memory, or a wrong command line.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/model.h"
#include "tests/draws.h"

extern const struct ae_model *const checked_model;

enum { ENTRIES = 200, STEP_SIZES = 3, TRAINING_ENTRIES = 3 };
static const double TOLERANCE = 1e-6, STEP_SIZE = 4e-6, STEP_RATIO = 8;
static const double SKIPPED_MOST = 0.03;

struct bench {
    const struct ae_model *model;
    size_t samples;
    double *input, *parameters, *gradient, *spare, *term, *term_below, *term_scale, *slots, *repacked, *kept, *scratch;
    double *code, *output, *evaluation;
    uint32_t *sample;
    size_t misplaced;               // elements of the gradient that a task changed outside of its range, or omitted
    bool evaluation_is_training;    // neither dropout nor noise: evaluation's forward pass computes the objective
};

struct verdict {
    size_t entries, skipped, wrong;
    double wrong_gradient, wrong_difference;    // of the first wrong entry
    double worst;                               // difference / largest gradient, of the entries that were not skipped
};

static double *reserve_reals(size_t count) {
    return reserve(count, sizeof(double));
}

static size_t tensor_count(const struct ae_parameter *tensor) {
    size_t count = 1;
    for (int i = 0; i < tensor->shape.rank; i++)
        count *= tensor->shape.size[i];
    return count;
}

// The place of the index-th element of a tensor, in file order, in the arrays of parameters and gradients.
static size_t tensor_place(const struct ae_parameter *tensor, size_t index) {
    size_t place = tensor->offset;
    for (int i = tensor->view_rank - 1; i >= 0; i--) {
        place += index % tensor->view[i] * tensor->stride[i];
        index /= tensor->view[i];
    }
    return place;
}

// Larger than the initial values, so that activations leave the middle of their range.
static void draw_parameters(struct bench *bench) {
    for (size_t t = 0; t < bench->model->parameter_tensors; t++) {
        const struct ae_parameter *tensor = &bench->model->parameters[t];
        for (size_t i = 0; i < tensor_count(tensor); i++)
            bench->parameters[tensor_place(tensor, i)] = 1.5 * tensor->bound * (2 * draw() - 1);
    }
}

static void draw_inputs(struct bench *bench) {
    for (size_t i = 0; i < bench->samples * bench->model->input_count; i++)
        bench->input[i] = bench->model->inputs[0].data.unit_interval ? draw() : 4 * draw() - 2;
    for (size_t i = 0; i < bench->samples; i++)
        bench->sample[i] = (uint32_t)(1000 * draw());
}

// A spec's weight of 0 would hide its term: it counts as 1 here.
static void derive_scales(struct bench *bench) {
    const struct ae_model *model = bench->model;
    double *constants = reserve_reals(model->constant_count);
    bool *given = reserve(model->constant_count, sizeof *given);
    double settings[] = {
#define SETTING(id, kind, initial, least, most, doc) initial,
#include "language/settings.def"
    };
    model->derive(constants, given, bench->term_scale, settings);
    bool mean = settings[AE_SETTING_reduction] == AE_REDUCTION_mean;
    for (size_t i = 0; i < model->term_count; i++) {
        if (bench->term_scale[i] == 0) bench->term_scale[i] = 1;
        if (mean) bench->term_scale[i] *= 1.0 / (double)bench->samples;
    }
    free(constants);
    free(given);
}

static struct bench open_bench(const struct ae_model *model, size_t samples) {
    const struct step_memory *memory = &model->training->memory;
    struct bench bench = {.model = model, .samples = samples};
    bench.input = reserve_reals(samples * model->input_count);
    bench.sample = reserve(samples, sizeof *bench.sample);
    bench.parameters = reserve_reals(model->parameter_count);
    bench.gradient = reserve_reals(model->parameter_count);
    bench.spare = reserve_reals(model->parameter_count);
    bench.term = reserve_reals(samples * model->term_count);
    bench.term_below = reserve_reals(samples * model->term_count);
    bench.term_scale = reserve_reals(model->term_count);
    bench.slots = reserve_reals((step_slots(samples) - 1) * memory->slotted);
    bench.repacked = reserve_reals(memory->repacked);
    bench.kept = reserve_reals(samples * memory->kept);
    bench.scratch = reserve_reals(memory->scratch);
    bench.code = reserve_reals(model->inference->samples_max * model->code_count);
    bench.output = reserve_reals(model->inference->samples_max * model->output_count);
    bench.evaluation = reserve_reals(model->inference->scratch_count);
    draw_parameters(&bench);
    draw_inputs(&bench);
    derive_scales(&bench);
    return bench;
}

static void close_bench(struct bench *bench) {
    void *all[] = {bench->input,      bench->sample,     bench->parameters, bench->gradient, bench->spare,
                   bench->term,       bench->term_below, bench->slots,      bench->repacked, bench->kept,
                   bench->term_scale, bench->scratch,    bench->code,       bench->output,   bench->evaluation};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static void fill_with_nan(double *value, size_t count) {
    for (size_t i = 0; i < count; i++)
        value[i] = NAN;
}

static bool range_holds(const struct ae_range *range, size_t place) {
    size_t beyond = place - range->offset;
    if (place < range->offset || range->length == 0) return false;
    if (range->runs == 1) return beyond < range->length;
    return beyond / range->stride < range->runs && beyond % range->stride < range->length;
}

// Runs a task and counts elements that violate the phase's ranges: a task must change only elements of its range, and
// these must be numbers afterwards. The first task of the slots initialises the slots' gradients.
static void run_task(struct bench *bench, const struct ae_step *step, const struct ae_phase *phase, size_t task) {
    const struct step_memory *memory = &bench->model->training->memory;
    const struct ae_range slots = {0, task == 0 ? memory->slotted : 0, 1, 0};
    const struct ae_range range = phase->work ? ae_task_range(phase->work, task) : slots;
    size_t size = sizeof *step->gradient;
    fill_with_nan(bench->scratch, memory->scratch);
    memcpy(bench->spare, step->gradient, memory->trainable * size);
    phase->run(step, task, bench->scratch);
    for (size_t i = 0; i < memory->trainable; i++)
        if (range_holds(&range, i))
            bench->misplaced += isnan(step->gradient[i]);
        else
            bench->misplaced += memcmp(&bench->spare[i], &step->gradient[i], size) != 0;
}

static size_t phase_tasks(const struct ae_phase *phase, size_t samples) {
    return phase->tasks ? phase->tasks : step_slots(samples);
}

// Computes the step's terms, and its gradient if requested. For the gradient, tasks run from the last to the first,
// with scratch memory full of NaN: their results must depend on neither.
static void train(struct bench *bench, double *term, bool gradient) {
    const struct ae_training *training = bench->model->training;
    const struct step_memory *memory = &training->memory;
    struct ae_step step = {.samples = bench->samples, .input = bench->input, .sample = bench->sample, .seed = 5};
    step.number = step.epoch = 2;
    step.parameters = bench->parameters;
    step.term_scale = bench->term_scale;
    step.gradient = gradient ? bench->gradient : bench->spare;
    step.term = term;
    step.slots = bench->slots;
    step.repacked = bench->repacked;
    step.kept = bench->kept;
    if (gradient) {
        fill_with_nan(bench->slots, (step_slots(bench->samples) - 1) * memory->slotted);
        fill_with_nan(bench->repacked, memory->repacked);
        fill_with_nan(bench->kept, bench->samples * memory->kept);
    }
    size_t phases = training->phase_count;
    // the phases over the samples, one task per slot, compute the terms; later phases only compute the gradient
    while (!gradient && phases > 0 && training->phases[phases - 1].tasks != 0)
        phases--;
    for (size_t i = 0; i < phases; i++) {
        for (size_t task = phase_tasks(&training->phases[i], bench->samples); task-- > 0;) {
            if (gradient)
                run_task(bench, &step, &training->phases[i], task);
            else
                training->phases[i].run(&step, task, bench->scratch);
        }
    }
}

static void evaluate(struct bench *bench, double *term) {
    const struct ae_model *model = bench->model;
    for (size_t from = 0; from < bench->samples; from += model->inference->samples_max) {
        size_t count = bench->samples - from;
        if (count > model->inference->samples_max) count = model->inference->samples_max;
        const double *input = bench->input + from * model->input_count;
        model->inference->encode(bench->parameters, count, input, bench->code, bench->evaluation);
        model->inference->decode(bench->parameters, count, bench->code, bench->output, bench->evaluation);
        model->inference->measure(count, input, bench->code, bench->output, term + from * model->term_count,
                                  bench->evaluation);
    }
}

static void compute_terms(struct bench *bench, double *term, bool training) {
    if (training)
        train(bench, term, false);
    else
        evaluate(bench, term);
}

static bool same_terms(const struct bench *bench, const double *a, const double *b) {
    for (size_t i = 0; i < bench->samples * bench->model->term_count; i++)
        if (!(fabs(a[i] - b[i]) <= 1e-12 * fabs(a[i]))) return false;
    return true;
}

static double central_difference(struct bench *bench, size_t place, double h, bool training) {
    double *parameter = &bench->parameters[place], middle = *parameter;
    volatile double above = middle + h, below = middle - h;
    *parameter = above;
    compute_terms(bench, bench->term, training);
    *parameter = below;
    compute_terms(bench, bench->term_below, training);
    *parameter = middle;
    double sum = 0;
    for (size_t i = 0; i < bench->samples * bench->model->term_count; i++)
        sum += bench->term_scale[i % bench->model->term_count] * (bench->term[i] - bench->term_below[i]);
    return sum / (above - below);
}

// Tries smaller and smaller steps until the difference agrees with the gradient. If none does but the differences agree
// with each other, the gradient is wrong; otherwise there is a kink.
static void check_entry(struct bench *bench, size_t place, double largest, bool training, struct verdict *verdict) {
    double limit = TOLERANCE * largest, gradient = bench->gradient[place], h = STEP_SIZE, least = INFINITY;
    double difference[STEP_SIZES] = {0};
    verdict->entries++;
    for (int i = 0; i < STEP_SIZES && !(least <= limit); i++, h /= STEP_RATIO) {
        difference[i] = central_difference(bench, place, h, training);
        least = fmin(least, fabs(difference[i] - gradient));
    }
    if (!(least <= limit)) {
        for (int i = 1; i < STEP_SIZES; i++)
            if (fabs(difference[i] - difference[0]) > limit) {
                verdict->skipped++;
                return;
            }
        if (verdict->wrong++ == 0) {
            verdict->wrong_gradient = gradient;
            verdict->wrong_difference = difference[0];
        }
    }
    verdict->worst = fmax(verdict->worst, least / largest);
}

// NaN if an entry is NaN.
static double largest_gradient(const struct bench *bench, const struct ae_parameter *tensor, size_t *where) {
    double largest = 0;
    for (size_t i = 0; i < tensor_count(tensor); i++) {
        size_t place = tensor_place(tensor, i);
        double size = fabs(bench->gradient[place]);
        if (size <= largest) continue;
        largest = size;
        *where = place;
        if (isnan(size)) break;
    }
    return largest;
}

static bool check_tensor(struct bench *bench, const struct ae_parameter *tensor, bool spoil, struct verdict *all) {
    size_t count = tensor_count(tensor), left = count < ENTRIES ? count : ENTRIES, where = 0;
    double largest = largest_gradient(bench, tensor, &where);
    struct verdict verdict = {0};
    if (spoil) {
        bench->gradient[where] *= 1 + 1e-5;
        check_entry(bench, where, largest, true, &verdict);
    }
    for (size_t i = 0; i < count && left > 0; i++) {
        if (draw() * (double)(count - i) >= (double)left) continue;
        left--;
        bool training = !bench->evaluation_is_training || verdict.entries < TRAINING_ENTRIES;
        check_entry(bench, tensor_place(tensor, i), largest, training, &verdict);
    }
    bool good = verdict.wrong == 0 && largest > 0 && isfinite(largest);
    printf("  %-24s %4zu entries, %zu skipped, largest gradient %.3g, worst difference %.1e of it%s\n", tensor->name,
           verdict.entries, verdict.skipped, largest, verdict.worst, good ? "" : ": WRONG");
    if (verdict.wrong > 0)
        printf("    expected %.9g (the difference), got %.9g (the gradient)\n", verdict.wrong_difference,
               verdict.wrong_gradient);
    all->entries += verdict.entries;
    all->skipped += verdict.skipped;
    all->wrong += verdict.wrong;
    return good;
}

static bool check_model(struct bench *bench, bool spoil) {
    const struct ae_model *model = bench->model;
    fill_with_nan(bench->gradient, model->parameter_count);
    train(bench, bench->term, true);
    if (model->latents[0].kind == AE_LATENT_CODE) {
        evaluate(bench, bench->term_below);
        bench->evaluation_is_training = same_terms(bench, bench->term, bench->term_below);
    }
    printf("%s, %zu samples, differences of %s\n", model->file, bench->samples,
           bench->evaluation_is_training ? "evaluation, which equals training here" : "training");
    bool good = true;
    struct verdict all = {0};
    for (size_t t = 0; t < model->parameter_tensors; t++)
        if (model->parameters[t].offset < model->training->memory.trainable)
            good = check_tensor(bench, &model->parameters[t], spoil, &all) && good;
    bool few = (double)all.skipped <= SKIPPED_MOST * (double)all.entries;
    if (bench->misplaced)
        printf("  WRONG: %zu elements of the gradient are not in their tasks' ranges\n", bench->misplaced);
    printf("  %zu entries, %zu wrong, %zu skipped at kinks%s\n", all.entries, all.wrong, all.skipped,
           few ? "" : ": TOO MANY");
    return good && few && bench->misplaced == 0;
}

int main(int count, char **arguments) {
    size_t samples = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    if (samples == 0 || checked_model->real_bytes != sizeof(double)) return 3;
    struct bench bench = open_bench(checked_model, samples);
    bool good = check_model(&bench, count > 2 && strcmp(arguments[2], "--spoil") == 0);
    close_bench(&bench);
    return good ? 0 : 1;
}
