// Symmetric matrices [size][size] in double; sums are single chains in the order of the elements.
#ifndef AE_MATRIX_H
#define AE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

// pivots [size] out: the squares of the diagonal of Cholesky's factor. False where the matrix is singular: a pivot is
// not above size * 2^-52 of its element of the diagonal.
bool matrix_factor(const double *matrix, size_t size, double *pivots);
// axes [2][size] out: the unit eigenvectors of the two largest eigenvalues of a positive semidefinite matrix that is
// not 0, size at least 2; the entry of the largest magnitude, the first of equals, is positive. Where eigenvalues are
// equal, some two orthogonal vectors of theirs.
void matrix_axes(const double *matrix, size_t size, double *axes);

#endif
