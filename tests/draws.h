// What programs that test generated C share: random numbers and memory.
#ifndef DRAWS_H
#define DRAWS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/model.h"

static uint64_t random_state = 1;

// splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014); uniform in [0, 1)
static inline double draw(void) {
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

// Allocates zeroed memory with the alignment that generated C requires. Exits with 3 when memory is exhausted.
static inline void *reserve(size_t count, size_t size) {
    size_t bytes = (count * size / AE_ALIGNMENT + 1) * AE_ALIGNMENT;
    void *memory = aligned_alloc(AE_ALIGNMENT, bytes);
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(3);
    }
    return memset(memory, 0, bytes);
}

#endif
