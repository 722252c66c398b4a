// Symmetric matrices [size][size] in double. Sums add the elements in order.
#ifndef AE_MATRIX_H
#define AE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

// Cholesky factorisation; pivots [size] out: the squares of the factor's diagonal. False if the matrix is singular: a
// pivot is at most size * 2^-52 times its diagonal element.
bool matrix_factor(const double *matrix, size_t size, double *pivots);

#endif
