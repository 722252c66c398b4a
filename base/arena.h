// Memory that is freed as a whole: a compilation allocates from one arena and frees nothing individually.
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *blocks;
};

// Zeroed memory for `count` elements of `size` bytes, aligned for any type. Never NULL: if memory is exhausted, the
// program prints a message and exits with EXIT_FILE.
void *arena_allocate(struct arena *arena, size_t count, size_t size);
// A copy of `length` bytes and a terminating 0.
char *arena_copy(struct arena *arena, const char *text, size_t length);
// The formatted text, as printf formats it.
char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_allocate((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_allocate((arena), (count), sizeof(type)))

#endif
