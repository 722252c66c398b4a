// Memory that is there or ends the program: a compiler has no use for a half-made tree.
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

// `size` bytes, the caller's to free; exits with EXIT_FILE and a message when the system has none.
void *memory_allocate(size_t size);
// As realloc; the old pointer is no longer valid.
void *memory_resize(void *old, size_t size);
_Noreturn void memory_exhausted(void);

#endif
