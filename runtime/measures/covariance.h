// Mean and covariance of codes, in double. Every sum adds the samples in order.
#ifndef AE_COVARIANCE_H
#define AE_COVARIANCE_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"

enum { MOMENTS_UNITS_MAX = 4096 };

struct moments {
    size_t count, units;
    double *mean;          // [units]
    double *variance;      // [units], the covariance's diagonal
    double *covariance;    // [units][units] about the mean, divided by count; NULL beyond MOMENTS_UNITS_MAX units
    double trace;          // of the covariance: the sum of the variances
};

// code [count][units], count at least 1. The caller must call moments_free.
void moments_create(struct moments *moments, struct pool *pool, const ae_real *code, size_t count, size_t units);
void moments_free(struct moments *moments);
// KL(N(mean, covariance) || N(0, deviation^2 I)); NaN if there is no covariance or it is singular (matrix_factor),
// which is always the case unless there are more samples than units.
double moments_divergence(const struct moments *moments, double deviation);

#endif
