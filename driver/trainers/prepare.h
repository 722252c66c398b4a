// From a command line to a trainer in the cache and the words that run it. What can be wrong with the line, the spec or
// the run is refused before anything is compiled.
#ifndef PREPARE_H
#define PREPARE_H

#include "base/arena.h"
#include "base/option/option.h"
#include "compiler/compiler.h"
#include "driver/trainers/process.h"
#include "driver/trainers/run_folder.h"

struct prepared {
    struct run_folder run;              // path NULL: the operand is a SPEC
    struct compile_options options;     // those that the trainer was built with
    struct compilation *compilation;    // of them
    struct words words;                 // the trainer's command line
};

// Reads --set, --target and --real into `options` for a spec; EXIT_USAGE, reported on stderr, when they do not fit.
int compile_options_read(struct arena *arena, const struct line *line, const char *spec,
                         struct compile_options *options);
// What is built without --target is for this machine, and in plain C for --real=double.
void target_choose(const struct line *line, struct compile_options *options);
// The files that a trainer would read are there: those of the line, and the spec's data where the line names none. An exit
// code, reported on stderr.
int inputs_check(const struct line *line, const struct compilation *compilation);
// Builds the trainer of the line's SPEC or RUN. An exit code, reported on stderr; prepared_close afterwards in any case.
int trainer_prepare(struct arena *arena, const struct line *line, struct prepared *prepared);
void prepared_close(struct prepared *prepared);

#endif
