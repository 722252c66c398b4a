// Builds trainers: from a spec to C, and from C to a binary. Trainers are cached by content.
#ifndef BUILD_H
#define BUILD_H

#include <stdbool.h>

#include "base/arena.h"
#include "compiler/compiler.h"

// Builds the trainer of a spec with the options, unless it is in the cache. *path is its file in the cache, in the
// arena. Returns an exit code; errors are reported on stderr.
int trainer_build(struct arena *arena, const struct compile_options *options, struct compilation *compilation,
                  const char **path);
// Copies a trainer to `destination`. It may replace a trainer, but no other file. Returns an exit code.
int trainer_install(const char *trainer, const char *destination);
// EXIT_OK if the path is free or a trainer.
int trainer_may_replace(const char *path);
// The best target for this machine.
enum target target_of_host(void);

#endif
