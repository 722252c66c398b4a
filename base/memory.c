#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void memory_exhausted(void) {
    fputs("aespec: out of memory\n", stderr);
    exit(70);
}

void *memory_allocate(size_t size) {
    return memory_resize(NULL, size);
}

void *memory_resize(void *old, size_t size) {
    void *memory = realloc(old, size ? size : 1);
    if (!memory) memory_exhausted();
    return memory;
}
