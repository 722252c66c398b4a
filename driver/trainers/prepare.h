// From a command line to a trainer in the cache and the command line that runs it. Errors of the command line, the spec
// and the run are reported before anything is compiled.
#ifndef PREPARE_H
#define PREPARE_H

#include "base/arena.h"
#include "base/option/option.h"
#include "compiler/compiler.h"
#include "driver/trainers/process.h"
#include "driver/trainers/run_folder.h"

struct prepared {
    struct run_folder run;              // path NULL: the operand is a SPEC
    struct compile_options options;     // the options with which the trainer was built
    struct compilation *compilation;    // the compilation with these options
    struct words words;                 // the trainer's command line
};

// Reads --set, --target and --real into `options` for a spec; EXIT_USAGE, with an error on stderr, if they do not fit.
int compile_options_read(struct arena *arena, const struct line *line, const char *spec,
                         struct compile_options *options);
// Chooses the target if --target is not given: the best for this machine, or scalar for --real=double.
void target_choose(const struct line *line, struct compile_options *options);
// Checks that the files exist that a trainer would read: those of the command line, or the spec's data. Returns an exit
// code; errors are reported on stderr.
int inputs_check(const struct line *line, const struct compilation *compilation);
// Builds the trainer of the SPEC or RUN of a command line. Returns an exit code; errors are reported on stderr. The
// caller must call prepared_close in any case.
int trainer_prepare(struct arena *arena, const struct line *line, struct prepared *prepared);
void prepared_close(struct prepared *prepared);

#endif
