#include "runtime/api/command_rows.h"

#define COMMAND(name, runner, operands, fewest, most, summary, description) \
    {#name, OPTION_##runner, operands, fewest, most, summary, description},
static const struct command_row commands[] = {
#include "language/commands.def"
};
_Static_assert(COMMANDS <= 64, "a command is a bit of struct option_row");

#define EXAMPLE(command, runner, operand, rest) {COMMAND_##command, OPTION_##runner, operand, rest},
static const struct example_row examples[] = {
#include "language/commands.def"
};

// The words of a choice, each after a '|'.
static const char optimizers[] =
#define OPTIMIZER(word, states, reads) "|" #word
#include "language/settings.def"
    ;
static const char reductions[] =
#define REDUCTION(word) "|" #word
#include "language/settings.def"
    ;
// The value of a setting as an option: the words of a choice, or the range of a number.
#define RANGE(kind, shown, least, most) \
    { VALUE_##kind, shown, least, most }
#define SETTING_WHOLE(least, most) RANGE(WHOLE, "N", least, most)
#define SETTING_REAL(least, most) RANGE(REAL, "X", least, most)
#define SETTING_POSITIVE(least, most) RANGE(POSITIVE, "X", least, most)
#define SETTING_FRACTION(least, most) RANGE(FRACTION, "X", least, most)
#define SETTING_OPTIMIZER(least, most) RANGE(WORD, optimizers + 1, least, most)
#define SETTING_REDUCTION(least, most) RANGE(WORD, reductions + 1, least, most)

const struct option_value setting_values[AE_SETTING_COUNT] = {
#define SETTING(id, kind, initial, least, most, doc) SETTING_##kind(least, most),
#include "language/settings.def"
};

#define FOR(name) | (uint64_t)1 << COMMAND_##name
#define OPTION_VALUE(kind, shown, least, most) RANGE(kind, shown, least, most)
static const struct option_row options[] = {
#define OPTION(name, letter, reader, need, value, commands, help) \
    {#name, letter, OPTION_##reader, OPTION_##need, OPTION_VALUE value, 0 commands, help},
#include "language/commands.def"
#define SETTING(id, kind, initial, least, most, doc) \
    {#id, 0, OPTION_BOTH, OPTION_OPTIONAL, SETTING_##kind(least, most), 0 FOR(train), doc},
#include "language/settings.def"
};

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

struct option_table command_table(enum option_reader reader, const char *program) {
    return (struct option_table){.reader = reader,
                                 .program = program,
                                 .commands = commands,
                                 .options = options,
                                 .examples = examples,
                                 .command_count = COMMANDS,
                                 .option_count = COUNT(options),
                                 .example_count = COUNT(examples)};
}
