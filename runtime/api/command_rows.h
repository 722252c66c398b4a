// The rows of language/commands.def and language/settings.def in the form that aespec and its trainers read.
#ifndef AE_COMMAND_ROWS_H
#define AE_COMMAND_ROWS_H

#include "base/option/option.h"
#include "runtime/api/model.h"

// The commands in the order of their rows.
enum command_name {
#define COMMAND(name, runner, operands, fewest, most, summary, description) COMMAND_##name,
#include "language/commands.def"
    COMMANDS
};

// The values that each train setting can take.
extern const struct option_value setting_values[AE_SETTING_COUNT];

// The table of one of the two programs; `program` is the name with which the user calls it.
struct option_table command_table(enum option_reader reader, const char *program);

#endif
