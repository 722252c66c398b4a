// The --sets of a command line: those that are compiled in, and those that a trainer takes at run time.
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

// Moves the sets that do not require compiling from the options to `run_time`. *compilation must be a compilation with
// all sets and is replaced by one with the remaining sets. Returns an exit code; memory is in the arena.
int sets_split(struct arena *arena, struct compile_options *options, struct compilation **compilation,
               struct sets *run_time);

// The value of a setting, or of a const (-1), as text: the word of a choice, or the shortest form of a number.
const char *sets_value(struct arena *arena, int setting, double value);

#endif
