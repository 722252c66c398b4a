// A RUN, the folder that training leaves: what is needed to build the same trainer again.
#ifndef RUN_FOLDER_H
#define RUN_FOLDER_H

#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"

struct run_folder {
    const char *path;
    const char *spec;           // RUN/spec.aespec
    const char *const *sets;    // [set_count] NAME=EXPR, as run.json remembers them
    size_t set_count;
    enum real real;    // of its numbers
};

// An exit code: EXIT_FILE when run.json is missing, EXIT_CONTENT when it is not what a trainer writes; told on stderr.
// Texts are the arena's.
int run_folder_read(struct arena *arena, const char *path, struct run_folder *run);

#endif
