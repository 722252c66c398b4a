// The --sets of a command line: those that a trainer is made with, and those that it takes as it runs.
#ifndef SETS_H
#define SETS_H

#include <jansson.h>
#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"

struct sets {
    const char **set;    // [count] NAME=VALUE
    size_t count;
};

// Those of `options` that the trainer takes as they are need no compiling: they go to `run_time`, the others stay. An exit
// code; memory is the arena's.
int sets_split(struct arena *arena, struct compile_options *options, struct sets *run_time);
// A const's or a setting's value, a number or a word of `show --json`, as NAME=VALUE; numbers in the shortest form that
// reads back.
const char *sets_assignment(struct arena *arena, const char *name, const json_t *value);

#endif
