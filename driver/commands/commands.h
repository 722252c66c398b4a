// The commands of aespec: what each does once its line was read. Each returns an exit code.
#ifndef COMMANDS_H
#define COMMANDS_H

#include "base/arena.h"
#include "compiler/compiler.h"
#include "driver/commands/options.h"
#include "driver/trainers/process.h"

int command_check(struct arena *arena, const struct line *line);
int command_show(struct arena *arena, const struct line *line);
int command_emit(struct arena *arena, const struct line *line);
// fmt: one spec to stdout, or all in place, or a list of those that would change.
int command_fmt(struct arena *arena, const struct line *line);
int command_graph(struct arena *arena, const struct line *line);
int command_build(struct arena *arena, const struct line *line);
int command_new(struct arena *arena, const struct line *line);
// train: builds the trainer, runs it to its end, then makes the figures.
int command_train(struct arena *arena, const struct line *line);
// figures: builds the trainer and makes the figures of a run again.
int command_figures(struct arena *arena, const struct line *line);
int command_sweep(struct arena *arena, const struct line *line);
// evaluate, encode, decode, reconstruct, sample, grid, info: builds the trainer and becomes it.
int command_trainer(struct arena *arena, const struct line *line);
// report: builds the trainer, asks it, and writes a run as one page.
int command_report(struct arena *arena, const struct line *line);

// Builds the trainer of the line's SPEC or RUN and writes the command line that runs it. An exit code, told on stderr.
int trainer_prepare(struct arena *arena, const struct line *line, struct words *words);
// Writes a text to the file of -o, or to stdout, which main checks at its end. An exit code, told on stderr.
int put_result(const struct line *line, const struct buffer *result);
// Reads --set, --target and --real into `options` for a spec; EXIT_USAGE when a value is wrong.
int compile_options_read(struct arena *arena, const struct line *line, const char *spec,
                         struct compile_options *options);
// What is built without --target is for this machine, and in plain C for --real=double.
void target_choose(const struct line *line, struct compile_options *options);

#endif
