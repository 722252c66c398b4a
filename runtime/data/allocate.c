#include "runtime/data/allocate.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "runtime/api/model.h"

static _Noreturn void give_up(size_t count, size_t size) {
    message_error(EXIT_FILE, "out of memory: %zu elements of %zu bytes were wanted", count, size);
    exit(EXIT_FILE);
}

void *allocate(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory) give_up(count, size);
    return memory;
}

void *allocate_again(void *memory, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) give_up(count, size);
    size_t bytes = count * size;
    void *larger = realloc(memory, bytes > 0 ? bytes : 1);
    if (!larger) give_up(count, size);
    return larger;
}

ae_real *allocate_reals(size_t count) {
    if (count > (SIZE_MAX - AE_ALIGNMENT) / sizeof(ae_real)) give_up(count, sizeof(ae_real));
    size_t bytes = (count * sizeof(ae_real) + AE_ALIGNMENT) / AE_ALIGNMENT * AE_ALIGNMENT;
    ae_real *memory = aligned_alloc(AE_ALIGNMENT, bytes);
    if (!memory) give_up(count, sizeof(ae_real));
    return memset(memory, 0, bytes);
}

char *allocate_text(const char *text) {
    return allocate_joined(text, "");
}

char *allocate_joined(const char *first, const char *second) {
    size_t room = strlen(first) + strlen(second) + 1;
    char *text = allocate(room, 1);
    snprintf(text, room, "%s%s", first, second);
    return text;
}
