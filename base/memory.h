// Allocation that never returns NULL: the program exits instead.
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

// `size` bytes that the caller frees. If the system is out of memory, prints a message and exits.
void *memory_allocate(size_t size);
// As realloc, which invalidates the old pointer.
void *memory_resize(void *old, size_t size);
_Noreturn void memory_exhausted(void);

#endif
