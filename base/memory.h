// Allocation that ends the program on failure.
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

// Each function returns memory that the caller must free(), never NULL. If memory is exhausted, the program prints "out
// of memory" and exits with EXIT_FILE.

// Zeroed memory for `count` elements of `size` bytes.
void *memory_allocate(size_t count, size_t size);
// The same, aligned to `alignment` bytes, a power of 2.
void *memory_allocate_aligned(size_t alignment, size_t count, size_t size);
// As realloc(), to `count` elements of `size` bytes. New bytes are not zeroed; `old` is no longer valid.
void *memory_resize(void *old, size_t count, size_t size);
_Noreturn void memory_exhausted(void);
// Reserves some memory, which memory_exhausted() releases: removing temporary folders needs it.
void memory_prepare(void);

#endif
