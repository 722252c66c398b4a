// Memory that is there or ends the program: neither a compilation nor a training goes on without it.
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

// Each returns memory that the caller must free(), never NULL. When the system has none left the program says "out of
// memory" and exits with EXIT_FILE.

// `count` elements of `size` bytes, zeroed.
void *memory_allocate(size_t count, size_t size);
// The same, aligned to `alignment` bytes, a power of 2.
void *memory_allocate_aligned(size_t alignment, size_t count, size_t size);
// As realloc to `count` elements of `size` bytes; new bytes are not zeroed and `old` is no longer valid.
void *memory_resize(void *old, size_t count, size_t size);
_Noreturn void memory_exhausted(void);
// Keeps some memory aside, which memory_exhausted() gives back: removing temporary folders needs it.
void memory_prepare(void);

#endif
