// The C compiler and the library for building trainers, found from the environment and the installation.
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include "base/arena.h"
#include "compiler/compiler.h"
#include "driver/trainers/process.h"

struct toolchain {
    struct words compiler;    // CC, split at blanks: "ccache", "gcc"
    const char *identity;     // first line of the output of --version
    struct words flags;       // CFLAGS or -O2 -march=native, those of the target, those for exact results
    const char *include;      // folder of model.h
    const char *library;      // folder of libaespec_runtime.a and libaespec_runtime_double.a
    const char *machine;      // the processor, for -march=native
};

// Returns an exit code, with an error on stderr: EXIT_USAGE for flags that would change results, EXIT_COMPILER if there
// is no C compiler, EXIT_FILE if the runtime library is not found.
int toolchain_find(struct arena *arena, enum target target, struct toolchain *toolchain);
// The flags as one string.
const char *toolchain_flags(struct arena *arena, const struct toolchain *toolchain);

#endif
