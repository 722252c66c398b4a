// From a spec to a trainer: C from the compiler, a binary from the C compiler, both kept in the cache by content.
#ifndef BUILD_H
#define BUILD_H

#include <stdbool.h>

#include "base/arena.h"
#include "compiler/compiler.h"

// Builds the trainer of a spec, compiled under the options, unless the cache has it. `*path` is its file in the cache, the arena's. An exit code;
// what is wrong was told on stderr.
int trainer_build(struct arena *arena, const struct compile_options *options, struct compilation *compilation,
                  const char **path);
// Copies a trainer to `destination`, which may be a trainer already but no other file. An exit code.
int trainer_install(const char *trainer, const char *destination);
// EXIT_OK when nothing, or a trainer, is at the path.
int trainer_may_replace(const char *path);
// The target that is best on this machine.
enum target target_of_host(void);

#endif
