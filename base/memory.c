#include "base/memory.h"

#include <stdlib.h>

#include "base/message.h"

_Noreturn void memory_exhausted(void) {
    exit(message_error(EXIT_FILE, "out of memory"));
}

void *memory_allocate(size_t size) {
    return memory_resize(NULL, size);
}

void *memory_resize(void *old, size_t size) {
    void *memory = realloc(old, size ? size : 1);
    if (!memory) memory_exhausted();
    return memory;
}
