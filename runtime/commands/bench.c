#include "runtime/commands/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json/json.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/quantile.h"
#include "runtime/commands/commands.h"
#include "runtime/data/normalise.h"
#include "runtime/net/parameters.h"
#include "runtime/net/settings.h"
#include "runtime/net/step.h"
#include "runtime/numbers/random.h"
#include "runtime/numbers/reals.h"
#include "runtime/train/progress.h"
#include "runtime/train/trained.h"

enum { STEPS_LEAST = 5, STEPS_MOST = 10000, BYTES = 256, MIDDLE = 128 };
static const double SECONDS_LEAST = 1, BURST_SECONDS = 0.004, TURN_SECONDS = 0.02;

// The running kernel, and the seconds of each kernel in the current step.
struct stopwatch {
    size_t kernel;    // kernel_count: none
    size_t kernel_count;
    double since;
    double *seconds;    // [kernel_count]
};

struct bench {
    const struct ae_model *model;
    struct settings settings;
    struct split split;    // one batch of random bytes
    uint32_t *sample;      // [batch]
    size_t batch, threads;
    struct pool *pool, *alone;           // of all threads, of one
    struct stepper stepper, observed;    // the same on each; the second one is timed kernel by kernel
    struct stopwatch stopwatch;
    size_t rounds;              // length of a burst of multiply-adds
    double peak;                // FLOPs per second of all threads together, in the best burst
    double *step;               // [steps] seconds, all threads
    size_t steps, watched;      // steps so far: of all threads, and timed by kernel
    double *kernel, outside;    // [kernel_count] seconds of one thread, the minimum over the steps
};

double bench_flops(const struct ae_kernel *kernel, size_t samples) {
    return kernel->flops * (kernel->once ? 1 : (double)samples);
}

double bench_predict(const struct ae_kernel *kernel, size_t samples, int lanes, double peak) {
    double cost = kernel->cost * (kernel->once ? 1 : (double)samples);
    return cost * 2 * lanes / peak * 1e3;
}

// Random bytes, so that they are gathered like MNIST. Their normalised values are in [0, 1] if the loss requires that,
// otherwise they have mean 0 and standard deviation 1.
static void make_input(struct bench *bench) {
    const struct ae_model *model = bench->model;
    size_t count = bench->batch * model->input_count;
    ae_real *value = reals_allocate(count);
    ae_random_uniform((uint64_t)bench->settings.value[AE_SETTING_seed], 0, count, MIDDLE, value);
    unsigned char *byte = memory_allocate(count, 1);
    for (size_t i = 0; i < count; i++)
        byte[i] = (unsigned char)((int)(value[i] + MIDDLE) & (BYTES - 1));
    free(value);
    ae_real *table = reals_allocate(unit_channels(model) * BYTES);
    for (size_t i = 0; i < unit_channels(model) * BYTES; i++) {
        double share = (double)(i % BYTES) / (BYTES - 1);
        table[i] = (ae_real)(model_input(model)->data.unit_interval ? share : (share - 0.5) * 3.4641016);
    }
    bench->split = (struct split){
        .model = model, .count = bench->batch, .images = {.type = IDX_U8, .elements = byte}, .table = table};
    bench->split.images.content.text = (char *)byte;
    bench->sample = memory_allocate(bench->batch, sizeof *bench->sample);
    for (size_t i = 0; i < bench->batch; i++)
        bench->sample[i] = (uint32_t)i;
}

static void watch(void *context, size_t kernel) {
    struct stopwatch *stopwatch = context;
    double now = clock_seconds();
    if (stopwatch->kernel < stopwatch->kernel_count) stopwatch->seconds[stopwatch->kernel] += now - stopwatch->since;
    stopwatch->kernel = kernel;
    stopwatch->since = now;
}

static void open_stepper(struct bench *bench, struct stepper *stepper, struct pool *pool) {
    stepper_create(stepper, pool, &bench->settings, &bench->split);
    parameters_initialise(bench->model, (uint64_t)bench->settings.value[AE_SETTING_seed], stepper->parameters);
}

static void open_bench(struct bench *bench) {
    bench->batch = (size_t)bench->settings.value[AE_SETTING_batch];
    // Every step does the same work if the weights do not change.
    bench->settings.value[AE_SETTING_learning_rate] = 0;
    make_input(bench);
    bench->pool = pool_create(bench->threads);
    bench->alone = pool_create(1);
    bench->threads = pool_threads(bench->pool);
    open_stepper(bench, &bench->stepper, bench->pool);
    open_stepper(bench, &bench->observed, bench->alone);
    bench->stopwatch.kernel_count = bench->model->training->kernel_count;
    bench->stopwatch.seconds = memory_allocate(bench->model->training->kernel_count, sizeof *bench->stopwatch.seconds);
    bench->observed.mark = watch;
    bench->observed.mark_context = &bench->stopwatch;
    bench->kernel = memory_allocate(bench->model->training->kernel_count, sizeof *bench->kernel);
    bench->step = memory_allocate(STEPS_MOST, sizeof *bench->step);
}

static void close_bench(struct bench *bench) {
    stepper_free(&bench->stepper);
    stepper_free(&bench->observed);
    pool_free(bench->pool);
    pool_free(bench->alone);
    settings_free(&bench->settings);
    free(bench->split.images.content.text);
    free(bench->split.table);
    free(bench->sample);
    free(bench->stopwatch.seconds);
    free(bench->kernel);
    free(bench->step);
}

struct burst {
    const struct ae_model *model;
    size_t rounds;
    double *flops;    // [threads]
};

static void burst_task(void *context, size_t task, size_t thread) {
    const struct burst *burst = context;
    (void)thread;
    burst->flops[task] = burst->model->training->peak(burst->rounds);
}

// Runs multiply-adds on all threads; returns the seconds.
static double run_burst(struct bench *bench) {
    struct burst burst = {bench->model, bench->rounds, memory_allocate(bench->threads, sizeof *burst.flops)};
    double begun = clock_seconds(), flops = 0;
    pool_run(bench->pool, bench->threads, burst_task, &burst);
    double seconds = clock_seconds() - begun;
    for (size_t i = 0; i < bench->threads; i++)
        flops += burst.flops[i];
    if (seconds > 0 && flops / seconds > bench->peak) bench->peak = flops / seconds;
    free(burst.flops);
    return seconds;
}

static void size_burst(struct bench *bench) {
    for (bench->rounds = 16; run_burst(bench) < BURST_SECONDS; bench->rounds *= 2) {
    }
}

static bool run_step(struct bench *bench) {
    double begun = clock_seconds();
    bool fine = stepper_run(&bench->stepper, 1, bench->sample, bench->batch);
    bench->step[bench->steps++] = clock_seconds() - begun;
    return fine;
}

static double least(double a, double b, bool first) {
    return first || b < a ? b : a;
}

// Runs a step on one thread and times its kernels.
static bool run_watched(struct bench *bench) {
    const struct ae_model *model = bench->model;
    memset(bench->stopwatch.seconds, 0, model->training->kernel_count * sizeof *bench->stopwatch.seconds);
    bench->stopwatch.kernel = model->training->kernel_count;
    double begun = clock_seconds();
    bool fine = stepper_run(&bench->observed, 1, bench->sample, bench->batch), first = bench->watched++ == 0;
    double outside = clock_seconds() - begun;
    for (size_t i = 0; i < model->training->kernel_count; i++) {
        outside -= bench->stopwatch.seconds[i];
        bench->kernel[i] = least(bench->kernel[i], bench->stopwatch.seconds[i], first);
    }
    bench->outside = least(bench->outside, outside, first);
    return fine;
}

// Bursts, steps and steps timed by kernel alternate, so that all see the machine in the same state.
static int measure(struct bench *bench) {
    size_burst(bench);
    bool fine = stepper_run(&bench->stepper, 1, bench->sample, bench->batch);
    double begun = clock_seconds(), now = begun;
    while (fine && bench->steps < STEPS_MOST && (bench->steps < STEPS_LEAST || now - begun < SECONDS_LEAST)) {
        run_burst(bench);
        double turn = clock_seconds();
        do
            fine = run_step(bench);
        while (fine && bench->steps < STEPS_MOST && clock_seconds() - turn < TURN_SECONDS);
        turn = clock_seconds();
        do
            fine = fine && run_watched(bench);
        while (fine && (now = clock_seconds()) - turn < TURN_SECONDS);
    }
    return fine ? EXIT_OK : EXIT_DIVERGED;
}

static double step_flops(const struct bench *bench) {
    const struct ae_model *model = bench->model;
    double flops = 0;
    for (size_t i = 0; i < model->training->kernel_count; i++)
        flops += bench_flops(&model->training->kernels[i], bench->batch);
    return flops;
}

// A kernel's share of a step, assuming that the threads divide it evenly.
static double kernel_seconds(const struct bench *bench, size_t kernel) {
    return bench->kernel[kernel] / (double)bench->threads;
}

static double rate(double flops, double seconds) {
    return seconds > 0 ? flops / seconds * 1e-9 : 0;
}

static void print_json(const struct bench *bench) {
    const struct ae_model *model = bench->model;
    double seconds = bench->step[0], speed = rate(step_flops(bench), seconds);
    json_t *kernels = json_array();
    for (size_t i = 0; i < model->training->kernel_count; i++) {
        const struct ae_kernel *kernel = &model->training->kernels[i];
        double share = kernel_seconds(bench, i);
        double predicted = bench_predict(kernel, bench->batch, model->training->lanes, bench->peak);
        json_append(kernels, json_make("{s:s, s:o, s:o, s:o}", "name", kernel->name, "ms", json_number(share * 1e3),
                                       "gflops", json_number(rate(bench_flops(kernel, bench->batch), share)),
                                       "predicted_ms", json_number(predicted)));
    }
    json_t *root = json_make("{s:s, s:I, s:I, s:o, s:{s:o, s:o, s:o}, s:o}", "target", model->target, "threads",
                             (json_int_t)bench->threads, "batch", (json_int_t)bench->batch, "peak_gflops",
                             json_number(bench->peak * 1e-9), "step", "ms", json_number(seconds * 1e3), "gflops",
                             json_number(speed), "fraction_of_peak", json_number(speed / (bench->peak * 1e-9)),
                             "kernels", kernels);
    json_print(root);
}

static void print_row(const struct bench *bench, int width, const char *name, double seconds, double flops) {
    printf("%-*s %12.4f", width, name, seconds * 1e3);
    if (flops > 0)
        printf(" %10.2f %8.1f %%", rate(flops, seconds), flops / seconds / bench->peak * 100);
    else
        printf(" %10s %10s", "-", "-");
}

static void print_table(const struct bench *bench) {
    const struct ae_model *model = bench->model;
    int width = (int)strlen("outside of kernels");
    for (size_t i = 0; i < model->training->kernel_count; i++) {
        int length = (int)strlen(model->training->kernels[i].name);
        if (length > width) width = length;
    }
    printf("%s, target %s: %zu samples per step, threads: %zu, peak: %.2f GFLOP/s\n"
           "best of %zu steps, median %.4f ms; a kernel's time is that of one thread divided by the threads\n\n",
           model->name, model->target, bench->batch, bench->threads, bench->peak * 1e-9, bench->steps,
           bench->step[bench->steps / 2] * 1e3);
    printf("%-*s %12s %10s %10s %13s\n", width, "", "ms", "GFLOP/s", "of peak", "predicted ms");
    print_row(bench, width, "step", bench->step[0], step_flops(bench));
    putchar('\n');
    for (size_t i = 0; i < model->training->kernel_count; i++) {
        const struct ae_kernel *kernel = &model->training->kernels[i];
        print_row(bench, width, kernel->name, kernel_seconds(bench, i), bench_flops(kernel, bench->batch));
        printf(" %13.4f\n", bench_predict(kernel, bench->batch, model->training->lanes, bench->peak));
    }
    print_row(bench, width, "outside of kernels", bench->outside / (double)bench->threads, 0);
    putchar('\n');
}

int command_bench(const struct ae_model *model, const struct line *line) {
    struct bench bench = {.model = model};
    int code = settings_resolve(model, line, &bench.settings);
    if (code != EXIT_OK) {
        settings_free(&bench.settings);
        return code;
    }
    bench.threads = line_threads(line);
    open_bench(&bench);
    code = measure(&bench);
    values_sort(bench.step, bench.steps);
    if (code == EXIT_OK && line_has(line, "json"))
        print_json(&bench);
    else if (code == EXIT_OK)
        print_table(&bench);
    close_bench(&bench);
    return code;
}
