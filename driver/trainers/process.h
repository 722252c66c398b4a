// Runs other programs without a shell. Signals that interrupt this process interrupt them, too.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

// A list of words for exec, ending with NULL. Words and list are in the arena or owned by the caller.
struct words {
    const char **word;
    size_t count, room;
    const char *file;    // the program, if it is not word[0]
};

void words_add(struct arena *arena, struct words *words, const char *word);
// Begins a command line with the program at `file`, which gets `name` as argv[0].
void words_program(struct arena *arena, struct words *words, const char *file, const char *name);
// The program: a path, or a name that is searched in PATH.
const char *words_file(const struct words *words);
// Splits `text` at blanks and adds the parts.
void words_split(struct arena *arena, struct words *words, const char *text);

enum process_output {
    PROCESS_INHERIT,     // the same as those of this process
    PROCESS_TO_STDERR    // both of its outputs go to stderr
};

// Runs the program and returns its exit code. Signals that this process receives are passed on to it. If a signal ended
// the program: 130 for SIGINT, SIGTERM and SIGHUP, 70 with an error on stderr for others. -1 with errno set if it
// cannot be started.
int process_run(const struct words *words, enum process_output output);
// The same, with stdout appended to `out` and stderr discarded.
int process_read(const struct words *words, struct buffer *out);
// The same, with `in` as stdin.
int process_filter(const struct words *words, const struct buffer *in, struct buffer *out);
// Replaces this process by the program; returns only on failure, with errno set.
void process_become(const struct words *words);

#endif
