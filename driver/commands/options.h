// Command lines: each command is a row with a table of options; getopt_long reads them, help prints them.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum option_use {
    OPTION_DRIVER,     // for aespec itself
    OPTION_TRAINER,    // handed to the trainer as it is
    OPTION_LATER       // known, but its feature is still to come: exit 2
};

struct option_row {
    const char *name;    // "learning_rate" is --learning-rate on the line
    char letter;         // 'o' for -o, 0 for none
    // NULL when the option takes none, else what it can be, separated by '|': "adam|sgd" in small letters are words, all
    // others being refused; "FILE.csv|.npy" are files by their endings; "RUN" and "DIR" are folders; the rest is told by
    // the command. Help, completion and the manual read it too.
    const char *argument;
    const char *help;
    enum option_use use;
};

struct line;

struct command {
    const char *name;
    const char *operands;       // as usage shows them: "SPEC..."
    const char *summary;        // one line
    const char *description;    // more about it, lines that end in '\n', an empty one between paragraphs; NULL: no more
    const char *examples;       // lines, each ending in '\n'
    size_t operands_min, operands_max;
    const struct option_row *options;
    size_t option_count;
    int (*run)(struct arena *arena, const struct line *line);    // NULL: still to come
};

struct given {
    const struct option_row *option;
    const char *value;    // NULL for an option without an argument
};

// A command line as it was read; all memory is the arena's or argv's.
struct line {
    const struct command *command;
    const struct given *given;    // in the order of the line
    size_t given_count;
    const char *const *operands;
    size_t operand_count;
    bool help;    // --help stood on it; nothing else was checked
};

// Reads argv [argc], argv[0] being the command's name. EXIT_OK, or EXIT_USAGE when it has said on stderr what is wrong.
int line_parse(struct arena *arena, const struct command *command, int argc, char **argv, struct line *line);
// The last value of an option, NULL when it is not on the line.
const char *line_value(const struct line *line, const char *name);
// All values of an option in order: the count, and the values in the arena's `*values`.
size_t line_values(struct arena *arena, const struct line *line, const char *name, const char *const **values);
// The place of the option's last value among the words of its row, or `otherwise` when it is not on the line.
int line_choice(struct arena *arena, const struct line *line, const char *name, int otherwise);
// What an argument or an operand can be, cut at each '|': the count, and the parts in the arena's `*parts`.
size_t argument_split(struct arena *arena, const char *argument, const char *const **parts);
// Whether a part is a word that is meant as it stands.
bool argument_is_word(const char *part);
// The row of an option, NULL when the command has none of this name.
const struct option_row *command_option(const struct command *command, const char *name);
// The name as a command line shows it, without dashes in front.
const char *option_spelling(struct arena *arena, const char *name);
// --help, which every command has.
extern const struct option_row option_help_row;
// Usage, options and examples on stdout.
void command_help(struct arena *arena, const struct command *command);

#endif
