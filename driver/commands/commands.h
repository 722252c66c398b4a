// The commands of aespec. Each gets the parsed command line and returns an exit code; errors are reported on stderr.
#ifndef COMMANDS_H
#define COMMANDS_H

#include "base/arena.h"
#include "base/option/option.h"

// command_NAME for each row that aespec runs itself.
#define DECLARE_DRIVER(name) int command_##name(struct arena *arena, const struct line *line);
#define DECLARE_BOTH(name) DECLARE_DRIVER(name)
#define DECLARE_TRAINER(name)
#define COMMAND(name, runner, operands, fewest, most, summary, description) DECLARE_##runner(name)
#include "language/commands.def"

// All commands of a trainer: builds the trainer and replaces this process by it.
int command_trainer(struct arena *arena, const struct line *line);

// Writes a result to the file of -o, or to stdout, which main checks for errors.
int put_result(const struct line *line, const struct buffer *result);

#endif
