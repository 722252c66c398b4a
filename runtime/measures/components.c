#include "runtime/measures/components.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

// Orthogonal iteration, with a few extra directions for faster convergence, followed by the eigenvectors of the small
// matrix in the space that they span (Golub and Van Loan, Matrix Computations, 8.2.4 and 8.5).
enum { SPARE = 6, ITERATIONS = 200, ROWS_MIN = 256, ELEMENTS_MAX = 1 << 22, SWEEPS = 30, LANES = 16 };
static const double settled = 1e-13;

// Sixteen partial sums joined by a tree: the same order of summation for any vector width.
static double dot(const double *a, const double *b, size_t count) {
    double sum[LANES] = {0};
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++)
            sum[lane] += a[i + lane] * b[i + lane];
    for (size_t i = whole; i < count; i++)
        sum[i - whole] += a[i] * b[i];
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++)
            sum[lane] += sum[lane + half];
    return sum[0];
}

static void add_scaled(double *to, const double *from, double factor, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] += factor * from[i];
}

static void find_mean(const ae_real *code, size_t count, struct components *components) {
    size_t units = components->units;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < units; j++)
            components->mean[j] += (double)code[i * units + j];
    for (size_t j = 0; j < units; j++)
        components->mean[j] /= (double)count;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < units; j++) {
            double distance = (double)code[i * units + j] - components->mean[j];
            components->total += distance * distance;
        }
    components->total /= (double)count;
}

// Rows of codes minus their mean [rows][units], and the current directions.
struct iteration {
    double *row;
    size_t rows, units, width;
    double *axis, *next;    // [width][units]
    double *value;          // [width]
};

static void gather(const ae_real *code, size_t count, const struct components *components, struct iteration *it) {
    for (size_t i = 0; i < it->rows; i++) {
        size_t sample = (size_t)((double)i * (double)count / (double)it->rows);
        for (size_t j = 0; j < it->units; j++)
            it->row[i * it->units + j] = (double)code[sample * it->units + j] - components->mean[j];
    }
}

// next = covariance * axis
static void multiply(struct iteration *it) {
    memset(it->next, 0, it->width * it->units * sizeof *it->next);
    for (size_t i = 0; i < it->rows; i++)
        for (size_t k = 0; k < it->width; k++) {
            const double *row = it->row + i * it->units;
            double along = dot(row, it->axis + k * it->units, it->units) / (double)it->rows;
            add_scaled(it->next + k * it->units, row, along, it->units);
        }
}

// Gram-Schmidt, twice for each direction, because once is not accurate enough in floating point. A direction that
// depends on the previous ones becomes 0.
static void straighten(struct iteration *it, double *axis) {
    for (size_t k = 0; k < it->width; k++) {
        double *own = axis + k * it->units, before = sqrt(dot(own, own, it->units));
        for (size_t time = 0; time < 2; time++)
            for (size_t j = 0; j < k; j++) {
                const double *other = axis + j * it->units;
                add_scaled(own, other, -dot(own, other, it->units), it->units);
            }
        double length = sqrt(dot(own, own, it->units));
        double scale = length > 1e-12 * before ? 1 / length : 0;
        for (size_t i = 0; i < it->units; i++)
            own[i] *= scale;
    }
}

// Jacobi rotations: makes the symmetric matrix [width][width] diagonal; the columns of vectors [width][width] become
// its eigenvectors.
static void diagonalise(double *matrix, double *vectors, size_t width) {
    for (size_t i = 0; i < width * width; i++)
        vectors[i] = i % (width + 1) == 0;
    for (size_t sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t p = 0; p + 1 < width; p++)
            for (size_t q = p + 1; q < width; q++) {
                double off = matrix[p * width + q];
                if (off == 0) continue;
                double theta = (matrix[q * width + q] - matrix[p * width + p]) / (2 * off);
                double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
                double c = 1 / sqrt(t * t + 1), s = t * c;
                for (size_t k = 0; k < width; k++) {
                    double a = matrix[k * width + p], b = matrix[k * width + q];
                    matrix[k * width + p] = c * a - s * b;
                    matrix[k * width + q] = s * a + c * b;
                }
                for (size_t k = 0; k < width; k++) {
                    double a = matrix[p * width + k], b = matrix[q * width + k];
                    matrix[p * width + k] = c * a - s * b;
                    matrix[q * width + k] = s * a + c * b;
                    a = vectors[k * width + p], b = vectors[k * width + q];
                    vectors[k * width + p] = c * a - s * b;
                    vectors[k * width + q] = s * a + c * b;
                }
            }
}

// Rotates the axes to the eigenvectors of the covariance within their span, largest first. `next` must be the
// covariance times the axes.
static void turn(struct iteration *it) {
    size_t width = it->width;
    double *matrix = memory_allocate(width * width, sizeof *matrix),
           *vectors = memory_allocate(width * width, sizeof *vectors);
    for (size_t p = 0; p < width; p++)
        for (size_t q = p; q < width; q++)
            matrix[p * width + q] = matrix[q * width + p] =
                dot(it->axis + p * it->units, it->next + q * it->units, it->units);
    diagonalise(matrix, vectors, width);
    memset(it->next, 0, width * it->units * sizeof *it->next);
    for (size_t k = 0; k < width; k++) {
        size_t best = 0;
        for (size_t j = 1; j < width; j++)
            if (matrix[j * width + j] > matrix[best * width + best]) best = j;
        it->value[k] = matrix[best * width + best];
        matrix[best * width + best] = -INFINITY;
        for (size_t j = 0; j < width; j++)
            add_scaled(it->next + k * it->units, it->axis + j * it->units, vectors[j * width + best], it->units);
    }
    memcpy(it->axis, it->next, width * it->units * sizeof *it->axis);
    free(matrix);
    free(vectors);
}

// Initial directions, unlikely to be orthogonal to any eigenvector.
static void begin(struct iteration *it) {
    for (size_t i = 0; i < it->width * it->units; i++) {
        double wave = (double)(i + 1) * 0.6180339887498949;
        it->axis[i] = wave - floor(wave) - 0.5;
    }
    straighten(it, it->axis);
}

static void iterate(struct iteration *it, size_t wanted) {
    begin(it);
    double before = -1, now = 0;
    for (size_t i = 0; i < ITERATIONS && fabs(now - before) > settled * now; i++) {
        multiply(it);
        memcpy(it->axis, it->next, it->width * it->units * sizeof *it->axis);
        straighten(it, it->axis);
        multiply(it);
        turn(it);
        before = now;
        now = 0;
        for (size_t k = 0; k < wanted; k++)
            now += it->value[k];
    }
}

static void take(const struct iteration *it, struct components *components) {
    for (size_t k = 0; k < components->count; k++) {
        const double *from = it->axis + k * it->units;
        size_t largest = 0;
        for (size_t i = 1; i < it->units; i++)
            if (fabs(from[i]) > fabs(from[largest])) largest = i;
        for (size_t i = 0; i < it->units; i++)
            components->axis[k * it->units + i] = from[largest] < 0 ? -from[i] : from[i];
        components->variance[k] = it->value[k] > 0 ? it->value[k] : 0;
    }
}

void components_find(const ae_real *code, size_t count, size_t units, size_t wanted, struct components *components) {
    if (wanted > units) wanted = units;
    *components = (struct components){.units = units,
                                      .count = wanted,
                                      .mean = memory_allocate(units, sizeof(double)),
                                      .axis = memory_allocate(wanted * units, sizeof(double)),
                                      .variance = memory_allocate(wanted, sizeof(double))};
    find_mean(code, count, components);
    size_t rows = ELEMENTS_MAX / units;
    if (rows < ROWS_MIN) rows = ROWS_MIN;
    if (rows > count) rows = count;
    size_t width = wanted + SPARE < units ? wanted + SPARE : units;
    struct iteration it = {.row = memory_allocate(rows * units, sizeof(double)),
                           .rows = rows,
                           .units = units,
                           .width = width,
                           .axis = memory_allocate(width * units, sizeof(double)),
                           .next = memory_allocate(width * units, sizeof(double)),
                           .value = memory_allocate(width, sizeof(double))};
    gather(code, count, components, &it);
    iterate(&it, wanted);
    take(&it, components);
    free(it.row);
    free(it.axis);
    free(it.next);
    free(it.value);
}

void components_project(const struct components *components, const ae_real *code, double *place) {
    for (size_t k = 0; k < components->count; k++) {
        const double *axis = components->axis + k * components->units;
        place[k] = 0;
        for (size_t i = 0; i < components->units; i++)
            place[k] += axis[i] * ((double)code[i] - components->mean[i]);
    }
}

void components_restore(const struct components *components, const double *place, ae_real *z) {
    for (size_t i = 0; i < components->units; i++) {
        double value = components->mean[i];
        for (size_t k = 0; k < components->count; k++)
            value += place[k] * components->axis[k * components->units + i];
        z[i] = (ae_real)value;
    }
}

void components_free(struct components *components) {
    free(components->mean);
    free(components->axis);
    free(components->variance);
    *components = (struct components){0};
}
