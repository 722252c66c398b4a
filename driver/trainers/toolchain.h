// The C compiler and the library that a trainer is made with, as the environment and the installation tell.
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include "base/arena.h"
#include "compiler/compiler.h"
#include "driver/trainers/process.h"

struct toolchain {
    struct words compiler;    // CC, split at blanks: "ccache", "gcc"
    const char *identity;     // what the compiler says of itself, first line
    struct words flags;       // CFLAGS or -O2 -march=native, then the target's, then what exactness needs
    const char *include;      // folder of model.h
    const char *library;      // folder of libaespec_runtime.a and libaespec_runtime_double.a
    const char *machine;      // the processor, for -march=native
};

// An exit code: EXIT_USAGE for flags that would change numbers, EXIT_COMPILER when there is no C compiler, EXIT_FILE
// when the runtime library is not found; told on stderr.
int toolchain_find(struct arena *arena, enum target target, struct toolchain *toolchain);
// The flags as one text.
const char *toolchain_flags(struct arena *arena, const struct toolchain *toolchain);

#endif
