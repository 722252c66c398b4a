#include "bench.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "model.h"
#include "parameters.h"
#include "progress.h"
#include "say.h"
#include "step.h"
#include "weights.h"

static const double least_seconds = 1.5, peak_seconds = 0.02;
enum { LEAST_STEPS = 5, MOST_STEPS = 2000, KERNEL_STEPS = 5 };

// Times of the kernels of one step, told by marks.
struct kernel_clock {
    double *seconds;    // [kernel_count + 1] the last is what lies between kernels
    double last;
    size_t current;
};

struct bench {
    struct settings settings;
    struct split split;
    struct pool *pool, *one;    // all threads, and one
    struct stepper stepper;
    uint32_t *order;    // [samples]
    size_t samples;
    double *steps;    // [step_count] seconds
    size_t step_count;
    double peak, peak_one;    // FLOP/s of all threads together, of one
    double *kernels;          // [kernel_count] seconds of one thread, best of several steps
};

static void mark_time(void *context, size_t kernel) {
    struct kernel_clock *clock = context;
    double now = progress_seconds();
    clock->seconds[clock->current] += now - clock->last;
    clock->current = kernel;
    clock->last = now;
}

struct peak_job {
    size_t rounds;
    double flops;    // of one task
};

static void peak_task(void *context, size_t task, size_t thread) {
    struct peak_job *job = context;
    double flops = ae_model.peak(job->rounds);
    (void)thread;
    if (task == 0) job->flops = flops;
}

// FLOP/s of one try, in many tasks, so that a thread that comes late costs little.
static double peak_try(struct pool *pool, size_t rounds) {
    enum { TASKS = 20 };
    struct peak_job job = {.rounds = rounds / TASKS};
    size_t tasks = TASKS * pool_threads(pool);
    double begun = progress_seconds();
    pool_run(pool, tasks, peak_task, &job);
    return job.flops * (double)tasks / (progress_seconds() - begun);
}

// Rounds that take about peak_seconds.
static size_t peak_rounds(void) {
    size_t rounds = 1000;
    for (;;) {
        double begun = progress_seconds();
        ae_model.peak(rounds);
        if (progress_seconds() - begun >= peak_seconds / 2) return rounds;
        rounds *= 2;
    }
}

static int run_step(struct bench *bench, double *seconds) {
    double begun = progress_seconds();
    bool fine = stepper_run(&bench->stepper, 1, bench->order, bench->samples);
    *seconds = progress_seconds() - begun;
    return fine ? AE_OK : AE_DIVERGED;
}

// Steps and the peak in turn, so that both see the same machine.
static int measure_steps(struct bench *bench) {
    size_t rounds = peak_rounds();
    double begun = progress_seconds(), warm, peak_at = 0;
    int code = run_step(bench, &warm);
    bench->steps = allocate(MOST_STEPS, sizeof *bench->steps);
    while (code == AE_OK && bench->step_count < MOST_STEPS) {
        double now = progress_seconds();
        if (bench->step_count >= LEAST_STEPS && now - begun > least_seconds) break;
        if (now - peak_at > 5 * peak_seconds) {
            double all = peak_try(bench->pool, rounds), one = peak_try(bench->one, rounds);
            if (all > bench->peak) bench->peak = all;
            if (one > bench->peak_one) bench->peak_one = one;
            peak_at = now;
        }
        code = run_step(bench, &bench->steps[bench->step_count++]);
    }
    return code;
}

// The same step on one thread, each kernel timed.
static int measure_kernels(struct bench *bench) {
    struct kernel_clock clock = {.seconds = allocate(ae_model.kernel_count + 1, sizeof *clock.seconds)};
    double seconds;
    int code = AE_OK;
    bench->kernels = allocate(ae_model.kernel_count, sizeof *bench->kernels);
    bench->stepper.pool = bench->one;
    bench->stepper.mark = mark_time;
    bench->stepper.mark_context = &clock;
    for (int i = 0; i < KERNEL_STEPS && code == AE_OK; i++) {
        memset(clock.seconds, 0, (ae_model.kernel_count + 1) * sizeof *clock.seconds);
        clock.current = ae_model.kernel_count;
        clock.last = progress_seconds();
        code = run_step(bench, &seconds);
        for (size_t j = 0; j < ae_model.kernel_count; j++)
            if (i == 0 || clock.seconds[j] < bench->kernels[j]) bench->kernels[j] = clock.seconds[j];
    }
    bench->stepper.pool = bench->pool;
    bench->stepper.mark = NULL;
    free(clock.seconds);
    return code;
}

static double of_step(const struct bench *bench, const struct ae_kernel *kernel, double value) {
    return kernel->once ? value : value * (double)bench->samples;
}

static double step_flops(const struct bench *bench) {
    double flops = 0;
    for (size_t i = 0; i < ae_model.kernel_count; i++)
        flops += of_step(bench, &ae_model.kernels[i], ae_model.kernels[i].flops);
    return flops;
}

static double predicted_seconds(const struct bench *bench, const struct ae_kernel *kernel) {
    return of_step(bench, kernel, kernel->slots) * 2 * ae_model.lanes / bench->peak_one;
}

static int compare_seconds(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_json(const struct bench *bench) {
    double best = bench->steps[0], flops = step_flops(bench);
    json_t *kernels = json_array();
    for (size_t i = 0; i < ae_model.kernel_count; i++) {
        const struct ae_kernel *kernel = &ae_model.kernels[i];
        double seconds = bench->kernels[i];
        json_array_append_new(kernels,
                              json_pack("{s:s, s:f, s:f, s:f}", "name", kernel->name, "ms", seconds * 1e3, "gflops",
                                        seconds > 0 ? of_step(bench, kernel, kernel->flops) / seconds * 1e-9 : 0.0,
                                        "predicted_ms", predicted_seconds(bench, kernel) * 1e3));
    }
    json_t *root =
        json_pack("{s:s, s:I, s:I, s:f, s:{s:f, s:f, s:f, s:f, s:I}, s:o}", "target", ae_model.target, "threads",
                  (json_int_t)pool_threads(bench->pool), "batch", (json_int_t)bench->samples, "peak_gflops",
                  bench->peak * 1e-9, "step", "ms", best * 1e3, "gflops", flops / best * 1e-9, "fraction_of_peak",
                  flops / best / bench->peak, "median_ms", bench->steps[bench->step_count / 2] * 1e3, "steps",
                  (json_int_t)bench->step_count, "kernels", kernels);
    json_dumpf(root, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(root);
}

static void print_table(const struct bench *bench) {
    double best = bench->steps[0], flops = step_flops(bench), inside = 0;
    printf("%s for %s, batch %zu, %zu thread%s\n", ae_model.name, ae_model.target, bench->samples,
           pool_threads(bench->pool), pool_threads(bench->pool) == 1 ? "" : "s");
    printf("step %.3f ms, the best of %zu (median %.3f ms): %.1f GFLOP/s, %.0f %% of the peak of %.1f GFLOP/s\n\n",
           best * 1e3, bench->step_count, bench->steps[bench->step_count / 2] * 1e3, flops / best * 1e-9,
           100 * flops / best / bench->peak, bench->peak * 1e-9);
    printf("%-36s %10s %10s %10s %10s\n", "kernel, on one thread", "ms", "GFLOP/s", "of peak", "predicted");
    for (size_t i = 0; i < ae_model.kernel_count; i++) {
        const struct ae_kernel *kernel = &ae_model.kernels[i];
        double seconds = bench->kernels[i], rate = of_step(bench, kernel, kernel->flops) / seconds;
        printf("%-36s %10.3f ", kernel->name, seconds * 1e3);
        if (kernel->flops > 0)
            printf("%10.1f %8.0f %% ", rate * 1e-9, 100 * rate / bench->peak_one);
        else
            printf("%10s %10s ", "", "");
        printf("%10.3f\n", predicted_seconds(bench, kernel) * 1e3);
        inside += seconds;
    }
    printf("%-36s %10.3f\n", "all of them", inside * 1e3);
}

static int read_line(const struct line *line, struct bench *bench, uint64_t *threads) {
    uint64_t batch;
    settings_default(&bench->settings);
    batch = (uint64_t)bench->settings.value[AE_SETTING_batch];
    int code = line_threads(line, threads);
    if (code == AE_OK) code = line_whole(line, "batch", 1, (uint64_t)1 << 32, &batch);
    bench->samples = (size_t)batch;
    bench->settings.value[AE_SETTING_batch] = (double)batch;
    // Nothing is learned: the weights stay where they are, and no step can diverge.
    bench->settings.value[AE_SETTING_learning_rate] = 0;
    return code;
}

static void prepare(struct bench *bench, uint64_t threads) {
    bench->pool = pool_create((size_t)threads);
    bench->one = pool_create(1);
    split_random(&bench->split, bench->samples);
    stepper_create(&bench->stepper, bench->pool, &bench->settings, &bench->split);
    parameters_initialise((uint64_t)bench->settings.value[AE_SETTING_seed], bench->stepper.parameters);
    bench->order = allocate(bench->samples, sizeof *bench->order);
    for (size_t i = 0; i < bench->samples; i++)
        bench->order[i] = (uint32_t)i;
}

static void bench_free(struct bench *bench) {
    stepper_free(&bench->stepper);
    split_free(&bench->split);
    pool_free(bench->pool);
    pool_free(bench->one);
    settings_free(&bench->settings);
    free(bench->order);
    free(bench->steps);
    free(bench->kernels);
}

int command_bench(const struct line *line) {
    struct bench bench = {0};
    uint64_t threads;
    int code = read_line(line, &bench, &threads);
    if (code == AE_OK) {
        prepare(&bench, threads);
        code = measure_steps(&bench);
    }
    if (code == AE_OK) code = measure_kernels(&bench);
    if (code == AE_OK) {
        qsort(bench.steps, bench.step_count, sizeof *bench.steps, compare_seconds);
        if (line_has(line, "json"))
            print_json(&bench);
        else
            print_table(&bench);
    }
    bench_free(&bench);
    return code;
}
