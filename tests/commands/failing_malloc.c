// A preloaded library: allocation number FAIL_AT of the program fails, counted from 1; with FAIL_ALL=1 all later ones
// fail, too. At exit, the number of allocations is written to the file FAIL_COUNT.
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_long allocations;
static long fail_at;
static bool fail_all, counting;

static bool fails(void) {
    if (!counting) return false;
    long number = atomic_fetch_add(&allocations, 1) + 1;
    bool fault = fail_at > 0 && (number == fail_at || (fail_all && number > fail_at));
    if (fault) errno = ENOMEM;
    return fault;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    return fails() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __libc_memalign(alignment, size);
}

static void write_count(void) {
    counting = false;
    FILE *file = fopen(getenv("FAIL_COUNT"), "w");
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&allocations));
    fclose(file);
}

// Allocations of child processes do not fail.
__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("FAIL_AT"), *all = getenv("FAIL_ALL");
    unsetenv("LD_PRELOAD");
    if (getenv("FAIL_COUNT")) atexit(write_count);
    fail_at = number ? atol(number) : 0;
    fail_all = all != NULL;
    counting = true;
}
