// Symmetric matrices [size][size] in double; sums are single chains in the order of the elements.
#ifndef AE_MATRIX_H
#define AE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

// pivots [size] out: the squares of the diagonal of Cholesky's factor. False where the matrix is singular: a pivot is
// not above size * 2^-52 of its element of the diagonal.
bool matrix_factor(const double *matrix, size_t size, double *pivots);

#endif
