#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

enum { RESERVE = 256 * 1024 };

static void *reserve;

void memory_prepare(void) {
    reserve = malloc(RESERVE);
    if (!reserve) memory_exhausted();
}

_Noreturn void memory_exhausted(void) {
    free(reserve);
    reserve = NULL;
    exit(message_error(EXIT_FILE, "out of memory"));
}

// At least one byte, so that NULL always means failure.
static size_t bytes_of(size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) memory_exhausted();
    return count && size ? count * size : 1;
}

void *memory_allocate(size_t count, size_t size) {
    void *memory = calloc(bytes_of(count, size), 1);
    if (!memory) memory_exhausted();
    return memory;
}

void *memory_allocate_aligned(size_t alignment, size_t count, size_t size) {
    size_t bytes = (bytes_of(count, size) + alignment) / alignment * alignment;
    void *memory = aligned_alloc(alignment, bytes);
    if (!memory) memory_exhausted();
    return memset(memory, 0, bytes);
}

void *memory_resize(void *old, size_t count, size_t size) {
    void *memory = realloc(old, bytes_of(count, size));
    if (!memory) memory_exhausted();
    return memory;
}
