// Memory that is there or ends the program: exit 3 with a line that tells how much was wanted.
#ifndef AE_ALLOCATE_H
#define AE_ALLOCATE_H

#include <stddef.h>

#include "runtime/api/real_type.h"

// `count` elements of `size` bytes, zero; the caller's, to free().
void *allocate(size_t count, size_t size);
// As realloc, for `count` elements of `size` bytes.
void *allocate_again(void *memory, size_t count, size_t size);
// `count` reals, zero, aligned to AE_ALIGNMENT bytes; the caller's, to free().
ae_real *allocate_reals(size_t count);
// A copy of a text, the caller's.
char *allocate_text(const char *text);
// Two texts as one, the caller's.
char *allocate_joined(const char *first, const char *second);

#endif
