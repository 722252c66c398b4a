#include "matrix.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "vectors.h"

static double inner(const double *a, const double *b, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

bool matrix_factor(const double *matrix, size_t size, double *pivots) {
    double *factor = allocate(size * size, sizeof *factor);
    memcpy(factor, matrix, size * size * sizeof *factor);
    bool regular = true;
    for (size_t i = 0; i < size && regular; i++) {
        double *row = factor + i * size, own = row[i];
        for (size_t j = 0; j < i; j++)
            row[j] = (row[j] - inner(row, factor + j * size, j)) / factor[j * size + j];
        pivots[i] = own - inner(row, row, i);
        row[i] = sqrt(pivots[i]);
        regular = pivots[i] > (double)size * DBL_EPSILON * own;
    }
    free(factor);
    return regular;
}

// Householder's reduction to a tridiagonal matrix, its eigenvalues by bisection, its eigenvectors by inverse iteration,
// and the reflections undone: the cost does not depend on how close the eigenvalues lie. Golub and Van Loan, Matrix
// Computations, 8.3.1 and 8.4.1.
struct tridiagonal {
    size_t size;
    double *diagonal;    // [size]
    double *beside;      // [size], the last one 0
    double *scale;       // [size] of the reflections 1 - scale v v', v in the row of the reduced matrix
    double *upper;       // [3][size] scratch memory
    double tiny;         // what counts as 0 beside the largest entries
};

// x is overwritten by v with (1 - scale v v') x = (result, 0, 0, ...).
static double reflection(double *x, size_t count, double *scale) {
    double rest = inner(x + 1, x + 1, count - 1), first = x[0];
    *scale = 0;
    if (rest == 0) return first;
    double norm = sqrt(first * first + rest), result = first > 0 ? -norm : norm;
    x[0] = first - result;
    *scale = 2 / (x[0] * x[0] + rest);
    return result;
}

// matrix - v w' - w v', of [count][count] with rows `stride` apart; w is made of p = scale * matrix * v, which is
// summed row after row.
AE_EACH_WIDTH static void reflect(double *restrict matrix, size_t stride, size_t count, const double *restrict v,
                                  double scale, double *restrict w) {
    memset(w, 0, count * sizeof *w);
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < count; i++)
            w[i] += v[row] * matrix[row * stride + i];
    for (size_t i = 0; i < count; i++)
        w[i] *= scale;
    double half = scale / 2 * inner(w, v, count);
    for (size_t i = 0; i < count; i++)
        w[i] -= half * v[i];
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < count; i++)
            matrix[row * stride + i] -= v[row] * w[i] + w[row] * v[i];
}

// Row k of the matrix keeps v of reflection k from its element k + 1 on.
static void reduce(double *matrix, struct tridiagonal *t) {
    size_t size = t->size;
    double *w = allocate(size, sizeof *w), largest = 0;
    for (size_t k = 0; k + 1 < size; k++) {
        double *v = matrix + k * size + k + 1;
        size_t count = size - k - 1;
        t->diagonal[k] = matrix[k * size + k];
        t->beside[k] = reflection(v, count, &t->scale[k]);
        if (t->scale[k] != 0) reflect(matrix + (k + 1) * size + k + 1, size, count, v, t->scale[k], w);
    }
    t->diagonal[size - 1] = matrix[size * size - 1];
    for (size_t i = 0; i < size; i++)
        largest = fmax(largest, fabs(t->diagonal[i]) + 2 * fabs(t->beside[i]));
    t->tiny = DBL_EPSILON * largest;
    free(w);
}

// Eigenvalues below x: the negative pivots of T - x.
static size_t count_below(const struct tridiagonal *t, double x) {
    size_t count = 0;
    double pivot = 1, square = 0;
    for (size_t i = 0; i < t->size; i++) {
        pivot = t->diagonal[i] - x - square / pivot;
        if (fabs(pivot) < t->tiny) pivot = -t->tiny;
        count += pivot < 0;
        square = t->beside[i] * t->beside[i];
    }
    return count;
}

// The eigenvalue that `below` others lie below.
static double eigenvalue(const struct tridiagonal *t, size_t below) {
    double high = 2 * t->tiny / DBL_EPSILON, low = -high;
    while (high - low > 4 * t->tiny) {    // neighbouring numbers are up to 2 tiny apart
        double middle = low + (high - low) / 2;
        if (count_below(t, middle) <= below)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static double away_from_zero(const struct tridiagonal *t, double pivot) {
    return fabs(pivot) < t->tiny ? t->tiny : pivot;
}

// y becomes (T - shift)^-1 y, by elimination with row exchanges.
static void solve(const struct tridiagonal *t, double shift, double *y) {
    size_t size = t->size;
    double *first = t->upper, *second = first + size, *third = second + size;
    double at = t->diagonal[0] - shift, next = t->beside[0];
    for (size_t i = 0; i + 1 < size; i++) {
        double below = t->beside[i], diagonal = t->diagonal[i + 1] - shift, beside = t->beside[i + 1], own = y[i];
        if (fabs(below) > fabs(at)) {
            double factor = at / below;
            first[i] = below, second[i] = diagonal, third[i] = beside;
            at = next - factor * diagonal, next = -factor * beside;
            y[i] = y[i + 1], y[i + 1] = own - factor * y[i];
        } else {
            first[i] = away_from_zero(t, at), second[i] = next, third[i] = 0;
            double factor = below / first[i];
            at = diagonal - factor * next, next = beside;
            y[i + 1] -= factor * own;
        }
    }
    first[size - 1] = away_from_zero(t, at);
    for (size_t i = size; i-- > 0;) {
        double rest = y[i];
        if (i + 1 < size) rest -= second[i] * y[i + 1];
        if (i + 2 < size) rest -= third[i] * y[i + 2];
        y[i] = rest / first[i];
    }
}

static void normalise(double *x, size_t count) {
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(x[i]));
    for (size_t i = 0; i < count; i++)
        x[i] /= largest;
    double norm = sqrt(inner(x, x, count));
    for (size_t i = 0; i < count; i++)
        x[i] /= norm;
}

// x less its part along the unit vector `other`
static void make_orthogonal(double *x, const double *other, size_t count) {
    double along = inner(x, other, count);
    for (size_t i = 0; i < count; i++)
        x[i] -= along * other[i];
}

// An eigenvector of T, orthogonal to `other` where that is not NULL. Starts favour no direction, and they differ, as
// both would lead to one vector where eigenvalues are equal.
static void eigenvector(const struct tridiagonal *t, double value, const double *other, double *x) {
    for (size_t i = 0; i < t->size; i++)
        x[i] = 1 + (double)(i * (other ? 23 : 37) % 64) / 64;
    for (int round = 0; round < 4; round++) {
        solve(t, value, x);
        normalise(x, t->size);
        if (!other) continue;
        make_orthogonal(x, other, t->size);
        normalise(x, t->size);
    }
}

static void undo_reflections(const struct tridiagonal *t, const double *reduced, double *x) {
    for (size_t k = t->size - 1; k-- > 0;) {
        const double *v = reduced + k * t->size + k + 1;
        double along = t->scale[k] * inner(v, x + k + 1, t->size - k - 1);
        for (size_t i = 0; t->scale[k] != 0 && i < t->size - k - 1; i++)
            x[k + 1 + i] -= along * v[i];
    }
}

static void fix_sign(double *x, size_t count) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++)
        if (fabs(x[i]) > fabs(x[largest])) largest = i;
    double sign = x[largest] < 0 ? -1 : 1;
    for (size_t i = 0; i < count; i++)
        x[i] *= sign;
}

void matrix_axes(const double *matrix, size_t size, double *axes) {
    double *reduced = allocate(size * size, sizeof *reduced), *memory = allocate(6 * size, sizeof *memory);
    struct tridiagonal t = {.size = size,
                            .diagonal = memory,
                            .beside = memory + size,
                            .scale = memory + 2 * size,
                            .upper = memory + 3 * size};
    memcpy(reduced, matrix, size * size * sizeof *reduced);
    reduce(reduced, &t);
    eigenvector(&t, eigenvalue(&t, size - 1), NULL, axes);
    eigenvector(&t, eigenvalue(&t, size - 2), axes, axes + size);
    for (size_t i = 0; i < 2; i++) {
        undo_reflections(&t, reduced, axes + i * size);
        fix_sign(axes + i * size, size);
    }
    free(reduced);
    free(memory);
}
