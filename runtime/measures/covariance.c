#include "runtime/measures/covariance.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/pool.h"
#include "runtime/numbers/each_width.h"
#include "runtime/numbers/logarithm.h"
#include "runtime/numbers/matrix.h"

enum { ROWS = 8, SAMPLES = 4 };    // rows of the covariance per task; samples per pass

struct job {
    struct moments *moments;
    const ae_real *code;
};

// row [units] += a[s] * from[s][units] for `samples` rows in order, at most SAMPLES. Each sum is loaded and stored once
// for all of them.
static inline void add_products(size_t begin, size_t units, size_t samples, const double *a,
                                const double *restrict from, double *restrict row) {
    if (samples == SAMPLES) {
        for (size_t i = begin; i < units; i++) {
            double sum = row[i];
            for (size_t s = 0; s < SAMPLES; s++)
                sum += a[s] * from[s * units + i];
            row[i] = sum;
        }
        return;
    }
    for (size_t s = 0; s < samples; s++)
        for (size_t i = begin; i < units; i++)
            row[i] += a[s] * from[s * units + i];
}

// Computes rows begin..end of the covariance from the diagonal on; deviation [SAMPLES][units] is scratch memory.
AE_EACH_WIDTH static void sum_rows(const struct job *job, size_t begin, size_t end, double *restrict deviation) {
    struct moments *moments = job->moments;
    size_t units = moments->units;
    for (size_t first = 0; first < moments->count; first += SAMPLES) {
        size_t samples = moments->count - first < SAMPLES ? moments->count - first : SAMPLES;
        for (size_t s = 0; s < samples; s++)
            for (size_t i = begin; i < units; i++)
                deviation[s * units + i] = (double)job->code[(first + s) * units + i] - moments->mean[i];
        for (size_t row = begin; row < end; row++) {
            double a[SAMPLES] = {0};
            for (size_t s = 0; s < samples; s++)
                a[s] = deviation[s * units + row];
            add_products(row, units, samples, a, deviation, moments->covariance + row * units);
        }
    }
}

static void sum_task(void *context, size_t task, size_t thread) {
    (void)thread;
    const struct job *job = context;
    size_t units = job->moments->units, begin = task * ROWS, end = begin + ROWS < units ? begin + ROWS : units;
    double *deviation = memory_allocate(SAMPLES * units, sizeof *deviation);
    sum_rows(job, begin, end, deviation);
    free(deviation);
}

// Computed in the same order as the diagonal of the covariance.
static double variance_of(const struct moments *moments, const ae_real *code, size_t unit) {
    double sum = 0;
    for (size_t sample = 0; sample < moments->count; sample++) {
        double deviation = (double)code[sample * moments->units + unit] - moments->mean[unit];
        sum += deviation * deviation;
    }
    return sum / (double)moments->count;
}

void moments_create(struct moments *moments, struct pool *pool, const ae_real *code, size_t count, size_t units) {
    *moments = (struct moments){.count = count,
                                .units = units,
                                .mean = memory_allocate(units, sizeof *moments->mean),
                                .variance = memory_allocate(units, sizeof *moments->variance)};
    for (size_t sample = 0; sample < count; sample++)
        for (size_t i = 0; i < units; i++)
            moments->mean[i] += code[sample * units + i];
    for (size_t i = 0; i < units; i++)
        moments->mean[i] /= (double)count;
    for (size_t i = 0; i < units; i++) {
        moments->variance[i] = variance_of(moments, code, i);
        moments->trace += moments->variance[i];
    }
    if (units > MOMENTS_UNITS_MAX) return;
    moments->covariance = memory_allocate(units * units, sizeof *moments->covariance);
    pool_run(pool, (units + ROWS - 1) / ROWS, sum_task, &(struct job){moments, code});
    for (size_t row = 0; row < units; row++)
        for (size_t i = row; i < units; i++) {
            double *covariance = &moments->covariance[row * units + i];
            *covariance /= (double)count;
            moments->covariance[i * units + row] = *covariance;
        }
}

void moments_free(struct moments *moments) {
    free(moments->mean);
    free(moments->variance);
    free(moments->covariance);
}

double moments_divergence(const struct moments *moments, double deviation) {
    size_t units = moments->units;
    double variance = deviation * deviation, total = 0, *pivots = memory_allocate(units, sizeof *pivots);
    bool regular = moments->covariance && moments->count > units && matrix_factor(moments->covariance, units, pivots);
    for (size_t i = 0; i < units && regular; i++) {
        double own = moments->covariance[i * units + i], mean = moments->mean[i];
        total += (own + mean * mean) / variance - 1 - logarithm(pivots[i] / variance);
    }
    free(pivots);
    return regular ? total / 2 : NAN;
}
