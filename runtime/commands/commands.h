// A trainer's command line.
#ifndef AE_COMMANDS_H
#define AE_COMMANDS_H

#include "base/option/option.h"
#include "runtime/api/model.h"

// command_NAME for each row that a trainer runs. Returns an exit code; errors are reported on stderr.
#define DECLARE_DRIVER(name)
#define DECLARE_BOTH(name) int command_##name(const struct ae_model *model, const struct line *line);
#define DECLARE_TRAINER(name) DECLARE_BOTH(name)
#define COMMAND(name, runner, operands, fewest, most, summary, description) DECLARE_##runner(name)
#include "language/commands.def"

// Runs the command named by argv[1] on the model; argv [argc] is the program's command line. Returns the exit code.
int trainer_run(const struct ae_model *model, int argc, char **argv);

#endif
