// Command lines: getopt_long reads them by rows of commands and options, which also make help and the manual. One table
// can serve two programs, a driver that people call and a trainer that the driver calls: each row says who reads it.
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/exit_code.h"

enum option_reader { OPTION_DRIVER = 1, OPTION_TRAINER = 2, OPTION_BOTH = 3 };

enum option_need {
    OPTION_OPTIONAL,
    OPTION_REQUIRED,
    OPTION_FROM_RUN,    // required, but the driver can take it from its operand
    OPTION_LATER        // known, but not supported yet
};

enum value_kind {
    VALUE_FLAG,          // no value
    VALUE_WHOLE,         // a whole number, minimum <= n <= maximum, both at most 2^53
    VALUE_REAL,          // minimum <= x <= maximum
    VALUE_POSITIVE,      // minimum < x <= maximum
    VALUE_FRACTION,      // minimum <= x < maximum
    VALUE_PAIR,          // "X,Y", two numbers
    VALUE_WORD,          // one of the words that are shown: "adam|sgd"
    VALUE_FORMAT,        // a file that is written, with one of the endings that are shown: "FILE.csv|.npy"
    VALUE_FILE,          // a file that is written
    VALUE_FOLDER,        // a folder that is written
    VALUE_INPUT,         // a file or folder that must be there
    VALUE_TABLE,         // an input with one of the endings that are shown
    VALUE_ASSIGNMENT,    // "NAME=VALUE"
    VALUE_SETTING        // what another row of the same name takes
};

struct option_value {
    enum value_kind kind;
    const char *shown;    // in help: "N", "adam|sgd", "FILE.csv|.npy"
    double minimum, maximum;
};

struct option_row {
    const char *name;    // "learning_rate" is --learning-rate on the line
    char letter;         // 'o' for -o, 0 for none
    enum option_reader reader;
    enum option_need need;
    struct option_value value;
    uint64_t commands;    // bit i: command i of the table has it
    const char *help;
};

struct command_row {
    const char *name;
    enum option_reader reader;    // whose function runs it
    const char *operands;         // of the driver, as usage shows them: "SPEC..."; a trainer has none
    size_t fewest, most;          // operands
    const char *summary;          // one line
    const char *description;      // lines that end in '\n', an empty one between paragraphs
};

struct example_row {
    size_t command;
    enum option_reader reader;
    const char *operand, *rest;    // the driver's line is "PROGRAM COMMAND OPERAND REST"
};

// The rows, as one of the two programs sees them.
struct option_table {
    enum option_reader reader;    // OPTION_DRIVER or OPTION_TRAINER
    const char *program;          // as the user calls it
    const struct command_row *commands;
    const struct option_row *options;
    const struct example_row *examples;
    size_t command_count, option_count, example_count;
};

struct given {
    const struct option_row *option;
    const char *value;    // NULL for a flag
};

// A command line as it was read; all memory is the arena's or argv's.
struct line {
    const struct option_table *table;
    const struct command_row *command;
    struct given *given;    // [given_count] in the order of the line
    size_t given_count;
    const char *const *operands;
    size_t operand_count;
    bool help;    // --help was on it; nothing else was checked
};

// The command of this name that the program has; NULL, reported on stderr, when there is none.
const struct command_row *command_find(const struct option_table *table, const char *name);
// Reads argv [argc], argv[0] being the command's name, and checks every value. EXIT_OK, or EXIT_USAGE, reported on stderr.
int line_parse(struct arena *arena, const struct option_table *table, const struct command_row *command, int argc,
               char **argv, struct line *line);

// Reports what is wrong after the command's name and returns `code`.
int line_refuse(const struct line *line, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The last value of an option ("" for a flag), NULL when it is not on the line.
const char *line_value(const struct line *line, const char *name);
bool line_has(const struct line *line, const char *name);
// All values of an option in order: the count, and the values in the arena's `*values`.
size_t line_values(struct arena *arena, const struct line *line, const char *name, const char *const **values);
// The value as a whole number; `otherwise` when it is not on the line.
uint64_t line_whole(const struct line *line, const char *name, uint64_t otherwise);
// The place of the value among the words of its row; `otherwise` when it is not on the line.
int line_choice(const struct line *line, const char *name, int otherwise);
// EXIT_USAGE, reported with the command's usage, when the option is not on the line.
int line_require(const struct line *line, const struct option_row *option);

// The next option of a command that the program reads, in the order of help: start with NULL; NULL after the last one.
const struct option_row *option_next(const struct option_table *table, const struct command_row *command,
                                     const struct option_row *before);
// The option of this name, NULL when the command has none.
const struct option_row *option_find(const struct option_table *table, const struct command_row *command,
                                     const char *name);
// What an option takes, VALUE_SETTING replaced by what it refers to.
const struct option_value *option_takes(const struct option_table *table, const struct option_row *option);
// --help, which every command has.
extern const struct option_row option_help_row;
// The name as a command line shows it, without the dashes in front.
const char *option_spelling(struct arena *arena, const char *name);
// The parts of a text that '|' separates: the count, and the parts in the arena's `*parts`.
size_t option_split(struct arena *arena, const char *shown, const char *const **parts);

// "usage: aespec grid SPEC|RUN -o FILE.png|.npy [options]"
void usage_print(const struct option_table *table, const struct command_row *command, struct buffer *out);
// A line each, indented by two.
void examples_print(const struct option_table *table, const struct command_row *command, struct buffer *out);
// Usage, options and examples.
void command_help(const struct option_table *table, const struct command_row *command, struct buffer *out);

enum { VALUE_TEXT = 256 };
// What a value must be, into text [VALUE_TEXT]: "a whole number from 1 to 10". Returns text.
const char *value_describe(const struct option_value *value, char *text);
// Whether `text` is such a value. Files are not looked at.
bool value_check(const struct option_value *value, const char *text);
// Whether a number is in the range of VALUE_WHOLE, VALUE_REAL, VALUE_POSITIVE or VALUE_FRACTION.
bool value_holds(const struct option_value *value, double number);
// The place of a word among those of VALUE_WORD; -1 when it is none of them.
int value_word(const struct option_value *value, const char *word);
// The word of VALUE_WORD that is nearest to a wrong one; NULL when none is.
const char *value_nearest(struct arena *arena, const struct option_value *value, const char *text);

#endif
