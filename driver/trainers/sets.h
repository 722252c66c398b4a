// The --sets of a command line: those that a trainer is made with, and those that it takes as it runs.
#ifndef SETS_H
#define SETS_H

#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"
#include "compiler/spec.h"

struct sets {
    const char **set;    // [count] NAME=VALUE
    size_t count;
};

// Moves the options' sets that need no compiling to `run_time`; the others stay. `*compilation` is one under all sets, and
// is replaced by one under those that stay. An exit code; memory is the arena's.
int sets_split(struct arena *arena, struct compile_options *options, struct compilation **compilation,
               struct sets *run_time);

// The value of a setting, -1 being a const: the word of a choice, or the number in the shortest form that reads back.
const char *sets_value(struct arena *arena, int setting, double value);

#endif
