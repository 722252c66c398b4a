// Arrays in NumPy's format .npy: written in version 1.0, little endian, C order, with the width of ae_real; read in
// versions 1 and 2, float32 or float64. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#ifndef AE_NPY_H
#define AE_NPY_H

#include <stddef.h>
#include <stdio.h>

#include "runtime/api/real_type.h"

enum { NPY_RANK_MAX = 8 };

struct npy {
    size_t rank;
    size_t size[NPY_RANK_MAX];
    size_t count;     // product of the sizes
    double *value;    // [count], to free()
};

// Writes the header of an array. The caller then writes the elements as ae_real.
void npy_write_header(FILE *stream, size_t rank, const size_t *size);
// Returns EXIT_OK, or EXIT_FILE or EXIT_CONTENT with an error on stderr. The caller must free npy->value.
int npy_load(const char *path, struct npy *npy);

#endif
