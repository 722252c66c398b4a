#include "runtime/numbers/matrix.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static double inner(const double *a, const double *b, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

bool matrix_factor(const double *matrix, size_t size, double *pivots) {
    double *factor = memory_allocate(size * size, sizeof *factor);
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
