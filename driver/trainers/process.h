// Other programs: started without a shell, waited for, interrupted together with this one.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

// A list of words for exec; ends in NULL. Words and list are the arena's or the caller's.
struct words {
    const char **word;
    size_t count, room;
    const char *file;    // the program where it is not word[0]
};

void words_add(struct arena *arena, struct words *words, const char *word);
// Begins a command line with the program at `file`, which is told `name` as its own.
void words_program(struct arena *arena, struct words *words, const char *file, const char *name);
// The program: a path, or a name to be found along PATH.
const char *words_file(const struct words *words);
// Adds the parts of `text` between blanks.
void words_split(struct arena *arena, struct words *words, const char *text);

enum process_output {
    PROCESS_INHERIT,     // as our own
    PROCESS_TO_STDERR    // both of its outputs go to stderr
};

// Runs the program and returns its exit code; signals that we get are passed on to it. When a signal
// ended it: 130 for SIGINT, SIGTERM and SIGHUP, 70 for others, which are told. -1 with errno when it cannot be started.
int process_run(const struct words *words, enum process_output output);
// The same with its stdout appended to `out` and its stderr thrown away.
int process_read(const struct words *words, struct buffer *out);
// The same with `in` as its stdin.
int process_filter(const struct words *words, const struct buffer *in, struct buffer *out);
// Becomes the program; returns only when that fails, with errno.
void process_become(const struct words *words);

#endif
