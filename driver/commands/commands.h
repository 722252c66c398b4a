// The commands of aespec: what each does once its line was read. Each returns an exit code, reported on stderr.
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

// The commands of a trainer: builds it and becomes it.
int command_trainer(struct arena *arena, const struct line *line);

// Writes a text to the file of -o, or to stdout, which main checks at its end.
int put_result(const struct line *line, const struct buffer *result);

#endif
