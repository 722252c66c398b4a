#include "runtime/train/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file/file.h"
#include "base/file/interrupt.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "base/pool.h"
#include "base/text.h"
#include "runtime/data/data.h"
#include "runtime/net/evaluation.h"
#include "runtime/net/latents.h"
#include "runtime/net/parameters.h"
#include "runtime/net/settings.h"
#include "runtime/net/step.h"
#include "runtime/numbers/random.h"
#include "runtime/numbers/reals.h"
#include "runtime/train/progress.h"
#include "runtime/train/run.h"
#include "runtime/train/trained.h"

// The state of one training.
struct training {
    const struct ae_model *model;
    const struct line *line;
    struct settings settings;
    struct data data;
    struct pool *pool;
    struct stepper stepper;
    struct evaluation evaluation;
    struct run run;
    struct progress progress;
    struct file_writer trace;    // stream NULL: none
    struct weights_notes notes;
    ae_real *kept;                // [parameter_count] weights of the last complete epoch
    uint64_t kept_epoch;          // 0: the initial weights
    uint32_t *order;              // [train count]
    double *sums, *test_terms;    // [term_count]
    uint64_t steps_left, limit, steps, step;
    size_t threads;
    bool shuffle;
};

// Whether training continues, or why it ended.
enum progress_state { GOES_ON, STEPS_DONE, STOPPED, DIVERGED };

static const struct split *train_split(const struct training *training) {
    return &training->data.split[SPLIT_TRAIN];
}

static const struct split *test_split(const struct training *training) {
    const struct split *split = &training->data.split[SPLIT_TEST];
    return split->count ? split : NULL;
}

static int read_line(struct training *training) {
    const struct line *line = training->line;
    training->threads = line_threads(line);
    training->steps = training->steps_left = line_whole(line, "steps", UINT64_MAX);
    training->limit = line_whole(line, "limit", UINT64_MAX);
    training->shuffle = !line_has(line, "no_shuffle");
    return settings_resolve(training->model, line, &training->settings);
}

static char *run_folder(const struct ae_model *model, const struct line *line) {
    const char *folder = line_value(line, "out");
    return folder ? text_copy(folder) : text_join("runs/", model->name);
}

static int load_data(struct training *training) {
    const bool wanted[SPLIT_COUNT] = {true, true};
    int code = data_load(training->model, line_value(training->line, "data"), wanted, (size_t)training->limit,
                         &training->data);
    if (code != EXIT_OK) return code;
    split_range(train_split(training), &training->notes.low, &training->notes.high);
    training->notes.has_range = true;
    return EXIT_OK;
}

static int load_parameters(struct training *training) {
    const char *init = line_value(training->line, "init");
    ae_real *parameters = training->stepper.parameters;
    struct weights_notes ignored;
    if (init) return weights_read(training->model, init, parameters, &ignored);
    parameters_initialise(training->model, (uint64_t)training->settings.value[AE_SETTING_seed], parameters);
    return EXIT_OK;
}

static void keep_weights(struct training *training, uint64_t epoch) {
    memcpy(training->kept, training->stepper.parameters, training->model->parameter_count * sizeof(ae_real));
    training->kept_epoch = epoch;
}

static int prepare(struct training *training) {
    const struct ae_model *model = training->model;
    training->pool = pool_create(training->threads);
    stepper_create(&training->stepper, training->pool, &training->settings, train_split(training));
    evaluation_create(&training->evaluation, model, training->pool, training->stepper.parameters);
    training->kept = reals_allocate(model->parameter_count);
    training->order = memory_allocate(train_split(training)->count, sizeof *training->order);
    training->sums = memory_allocate(model->term_count, sizeof *training->sums);
    training->test_terms = memory_allocate(model->term_count, sizeof *training->test_terms);
    int code = load_parameters(training);
    keep_weights(training, 0);
    return code;
}

static int open_trace(struct training *training) {
    const char *trace = line_value(training->line, "trace");
    int code = trace ? file_begin(&training->trace, trace) : EXIT_OK;
    if (training->trace.stream) fputs("step,loss\n", training->trace.stream);
    return code;
}

static int open_run(struct training *training, const char *folder) {
    const struct run_facts facts = {.line = training->line,
                                    .settings = &training->settings,
                                    .data = &training->data,
                                    .threads = training->threads,
                                    .steps = training->steps,
                                    .limit = training->limit,
                                    .shuffle = training->shuffle};
    return run_create(&training->run, folder, &facts);
}

// The trace is written unless training failed with an error, so also after divergence and interruption.
static int close_trace(struct training *training, int code) {
    if (!training->trace.stream) return code;
    if (code != EXIT_OK && code != EXIT_INTERRUPTED && code != EXIT_DIVERGED) {
        file_abandon(&training->trace);
        return code;
    }
    int traced = file_end(&training->trace);
    return traced == EXIT_OK ? code : traced;
}

static void set_order(struct training *training, uint32_t epoch) {
    size_t count = train_split(training)->count;
    for (size_t i = 0; i < count && !training->shuffle; i++)
        training->order[i] = (uint32_t)i;
    uint64_t seed = (uint64_t)training->settings.value[AE_SETTING_seed];
    if (training->shuffle && !ae_random_permutation(seed, epoch, count, training->order)) memory_exhausted();
}

static void trace_step(struct training *training, double loss) {
    training->step++;
    if (!training->trace.stream) return;
    fprintf(training->trace.stream, "%llu,%.9g\n", (unsigned long long)training->step, number_unsigned_nan(loss));
}

// Runs the steps of an epoch; *done is the number of samples, *loss the sum of their losses.
static enum progress_state train_epoch(struct training *training, uint64_t epoch, size_t *done, double *loss) {
    struct stepper *stepper = &training->stepper;
    size_t count = train_split(training)->count;
    memset(training->sums, 0, training->model->term_count * sizeof *training->sums);
    *loss = 0;
    for (*done = 0; *done < count;) {
        if (interrupted()) return STOPPED;
        if (training->steps_left == 0) return STEPS_DONE;
        size_t left = count - *done, samples = left < stepper->batch ? left : stepper->batch;
        bool fine = stepper_run(stepper, (uint32_t)epoch, training->order + *done, samples);
        trace_step(training, stepper->loss);
        if (!fine) return DIVERGED;
        *done += samples;
        *loss += stepper->loss * (double)samples;
        for (size_t i = 0; i < training->model->term_count; i++)
            training->sums[i] += stepper->sums[i];
        if (training->steps_left != UINT64_MAX) training->steps_left--;
        progress_step(&training->progress, epoch, *done, *loss / (double)*done);
    }
    return GOES_ON;
}

static int end_epoch(struct training *training, uint64_t epoch, size_t samples, double loss, double seconds) {
    const struct split *test = test_split(training);
    for (size_t i = 0; i < training->model->term_count; i++)
        training->sums[i] /= (double)samples;
    struct run_epoch row = {.epoch = epoch,
                            .samples = samples,
                            .seconds = seconds,
                            .train_loss = loss / (double)samples,
                            .train_terms = training->sums,
                            .learning_rate = training->settings.value[AE_SETTING_learning_rate]};
    if (test) {
        row.test_loss =
            evaluation_measure(&training->evaluation, test, training->settings.weights, training->test_terms);
        row.test_terms = training->test_terms;
    }
    progress_epoch(&training->progress, epoch, seconds, (double)samples / seconds, row.train_loss,
                   test ? &row.test_loss : NULL);
    int code = run_add_epoch(&training->run, &row);
    return code == EXIT_OK ? run_save_weights(&training->run, training->stepper.parameters, &training->notes) : code;
}

static int finish(struct training *training) {
    if (training->model->latent_count == 2)
        latents_range(&training->evaluation, train_split(training), training->notes.grid_from, training->notes.grid_to,
                      &training->notes.has_grid);
    int code = run_save_weights(&training->run, training->stepper.parameters, &training->notes);
    if (code == EXIT_OK) message_note("weights, metrics and settings are in %s", training->run.folder);
    return code;
}

// Ends a training early: saves the weights of the last complete epoch.
static int give_up(struct training *training, int reason) {
    progress_clear(&training->progress);
    int code = run_save_weights(&training->run, training->kept, &training->notes);
    if (code != EXIT_OK) return code;
    const char *what = reason == EXIT_INTERRUPTED ? "interrupted after" : "training diverged in";
    if (training->kept_epoch)
        return message_error(
            reason, "%s step %llu; %s/weights.safetensors has the weights of epoch %llu, the last complete one", what,
            (unsigned long long)training->step, training->run.folder, (unsigned long long)training->kept_epoch);
    return message_error(
        reason, "%s step %llu, before the end of the first epoch; %s/weights.safetensors has the initial weights", what,
        (unsigned long long)training->step, training->run.folder);
}

// The number of samples that training will process, from --epochs and --steps.
static double total_samples(const struct training *training) {
    double count = (double)train_split(training)->count, batch = (double)training->stepper.batch;
    double epochs = training->settings.value[AE_SETTING_epochs], steps = (double)training->steps;
    double whole = floor(steps / ceil(count / batch)), rest = steps - whole * ceil(count / batch);
    return whole < epochs ? whole * count + rest * batch : epochs * count;
}

static int train(struct training *training) {
    uint64_t epochs = (uint64_t)training->settings.value[AE_SETTING_epochs];
    progress_begin(&training->progress, line_has(training->line, "quiet"), epochs, train_split(training)->count,
                   total_samples(training));
    for (uint64_t epoch = 1; epoch <= epochs && training->steps_left > 0; epoch++) {
        set_order(training, (uint32_t)epoch);
        size_t done;
        double loss, begun = clock_seconds();
        enum progress_state state = train_epoch(training, epoch, &done, &loss);
        if (state == DIVERGED || state == STOPPED)
            return give_up(training, state == DIVERGED ? EXIT_DIVERGED : EXIT_INTERRUPTED);
        int code = end_epoch(training, epoch, done, loss, clock_seconds() - begun);
        if (code != EXIT_OK) return code;
        if (state == GOES_ON) keep_weights(training, epoch);
        if (interrupted()) return give_up(training, EXIT_INTERRUPTED);
    }
    return finish(training);
}

static void training_free(struct training *training) {
    evaluation_free(&training->evaluation);
    stepper_free(&training->stepper);
    pool_free(training->pool);
    run_free(&training->run);
    data_free(&training->data);
    settings_free(&training->settings);
    free(training->kept);
    free(training->order);
    free(training->sums);
    free(training->test_terms);
}

static void note_unread(const struct training *training) {
    const double *value = training->settings.value;
    enum ae_optimizer optimizer = (enum ae_optimizer)value[AE_SETTING_optimizer];
    for (size_t i = 0; i < AE_SETTING_COUNT; i++)
        if (!ae_optimizer_reads(optimizer, (enum ae_setting)i) && value[i] != setting_initial((enum ae_setting)i))
            message_note("%s is recorded, but %s does not use it", setting_name((enum ae_setting)i),
                         setting_word(AE_SETTING_optimizer, optimizer));
}

static int run_training(struct training *training, const char *folder) {
    int code = read_line(training);
    if (code == EXIT_OK) code = run_check(folder);
    if (code == EXIT_OK) code = load_data(training);
    if (code != EXIT_OK) return code;
    note_unread(training);
    code = prepare(training);
    interrupts_defer();
    if (code == EXIT_OK) code = open_trace(training);
    if (code == EXIT_OK) code = open_run(training, folder);
    if (code == EXIT_OK) code = train(training);
    progress_clear(&training->progress);
    return close_trace(training, code);
}

int command_train(const struct ae_model *model, const struct line *line) {
    struct training training = {.model = model, .line = line};
    char *folder = run_folder(model, line);
    if (line_has(line, "quiet")) message_quiet();
    int code = run_training(&training, folder);
    free(folder);
    training_free(&training);
    return code;
}
