// A RUN, the folder that training creates: the values needed to build the same trainer again.
#ifndef RUN_FOLDER_H
#define RUN_FOLDER_H

#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"

struct run_folder {
    const char *path;
    const char *spec;           // RUN/spec.aespec
    const char *const *sets;    // [set_count] NAME=EXPR, from run.json
    size_t set_count;
    enum real real;    // of its numbers
};

// Returns EXIT_FILE if run.json is missing, EXIT_CONTENT if it is malformed, with an error on stderr. Strings are in
// the arena.
int run_folder_read(struct arena *arena, const char *path, struct run_folder *run);

#endif
