// Command lines, parsed by getopt_long from rows of commands and options. The same rows make the help and the manual.
// One table serves two programs: a driver, which people call, and a trainer, which the driver calls. Each row says
// which of the two reads it.
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
    OPTION_FROM_RUN,    // required, but the driver can take it from its operand, a RUN
    OPTION_LATER        // known, but not supported yet
};

enum value_kind {
    VALUE_FLAG,          // no value
    VALUE_WHOLE,         // a whole number, minimum <= n <= maximum, both at most 2^53
    VALUE_REAL,          // minimum <= x <= maximum
    VALUE_POSITIVE,      // minimum < x <= maximum
    VALUE_FRACTION,      // minimum <= x < maximum
    VALUE_PAIR,          // "X,Y", two numbers
    VALUE_WORD,          // one of the words in `shown`: "adam|sgd"
    VALUE_FORMAT,        // a file that is written, with one of the endings in `shown`: "FILE.csv|.npy"
    VALUE_FILE,          // a file that is written
    VALUE_FOLDER,        // a folder that is written
    VALUE_INPUT,         // a file or folder that must exist
    VALUE_TABLE,         // an input with one of the endings in `shown`
    VALUE_ASSIGNMENT,    // "NAME=VALUE"
    VALUE_SETTING        // the same as another row of the same name
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
    uint64_t commands;    // bit i: command i of the table has this option
    const char *help;
};

struct command_row {
    const char *name;
    enum option_reader reader;    // the program that runs it
    const char *operands;         // of the driver, as usage shows them: "SPEC..."; a trainer takes none
    size_t fewest, most;          // operands
    const char *summary;          // one line
    const char *description;      // lines that end in '\n', with an empty line between paragraphs
};

struct example_row {
    size_t command;
    enum option_reader reader;
    const char *operand, *rest;    // the driver's line is "PROGRAM COMMAND OPERAND REST"
};

// The rows and the program that reads them.
struct option_table {
    enum option_reader reader;    // OPTION_DRIVER or OPTION_TRAINER
    const char *program;          // the name with which the user calls it
    const struct command_row *commands;
    const struct option_row *options;
    const struct example_row *examples;
    size_t command_count, option_count, example_count;
};

struct given {
    const struct option_row *option;
    const char *value;    // NULL for a flag
};

// A parsed command line. Its memory is in the arena or in argv.
struct line {
    const struct option_table *table;
    const struct command_row *command;
    struct given *given;    // [given_count] in the order of the command line
    size_t given_count;
    const char *const *operands;
    size_t operand_count;
    bool help;    // --help was given; nothing else was checked
};

// Finds the command of the program by its name. Prints an error and returns NULL if the command does not exist.
const struct command_row *command_find(const struct option_table *table, const char *name);
// Parses argv [argc], where argv[0] is the command's name, and checks every value. EXIT_OK, or EXIT_USAGE with an error
// on stderr.
int line_parse(struct arena *arena, const struct option_table *table, const struct command_row *command, int argc,
               char **argv, struct line *line);

// Reports an error, prefixed with the command's name, and returns `code`.
int line_refuse(const struct line *line, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The last value of an option ("" for a flag); NULL if the option was not given.
const char *line_value(const struct line *line, const char *name);
bool line_has(const struct line *line, const char *name);
// All values of an option in order: returns the count and sets *values, in the arena.
size_t line_values(struct arena *arena, const struct line *line, const char *name, const char *const **values);
// The value as a whole number; `otherwise` if the option was not given.
uint64_t line_whole(const struct line *line, const char *name, uint64_t otherwise);
// The index of the value among the words of its row; `otherwise` if the option was not given.
int line_choice(const struct line *line, const char *name, int otherwise);
// EXIT_USAGE, with the command's usage on stderr, if the option was not given.
int line_require(const struct line *line, const struct option_row *option);

// The next option of a command that the program reads, in the order of the help. Start with NULL; NULL after the last
// one.
const struct option_row *option_next(const struct option_table *table, const struct command_row *command,
                                     const struct option_row *before);
// The option of this name; NULL if the command has none.
const struct option_row *option_find(const struct option_table *table, const struct command_row *command,
                                     const char *name);
// The values that an option takes; VALUE_SETTING is replaced by the values of the row that it refers to.
const struct option_value *option_takes(const struct option_table *table, const struct option_row *option);
// --help, an option of every command.
extern const struct option_row option_help_row;
// The name as spelled on a command line, without the leading dashes.
const char *option_spelling(struct arena *arena, const char *name);
// Splits a text at '|': returns the count and sets *parts, in the arena.
size_t option_split(struct arena *arena, const char *shown, const char *const **parts);

// "usage: aespec grid SPEC|RUN -o FILE.png|.npy [options]"
void usage_print(const struct option_table *table, const struct command_row *command, struct buffer *out);
// One line for each example, indented by two blanks.
void examples_print(const struct option_table *table, const struct command_row *command, struct buffer *out);
// Usage, options and examples.
void command_help(const struct option_table *table, const struct command_row *command, struct buffer *out);

enum { VALUE_TEXT = 256 };
// Describes what a value must be: "a whole number from 1 to 10". Returns text [VALUE_TEXT].
const char *value_describe(const struct option_value *value, char *text);
// Whether `text` is such a value. Files are not opened.
bool value_check(const struct option_value *value, const char *text);
// Whether a number is in the range of VALUE_WHOLE, VALUE_REAL, VALUE_POSITIVE or VALUE_FRACTION.
bool value_holds(const struct option_value *value, double number);
// The index of a word among those of VALUE_WORD; -1 if it is not one of them.
int value_word(const struct option_value *value, const char *word);
// The word of VALUE_WORD nearest to a misspelled one; NULL if none is near.
const char *value_nearest(struct arena *arena, const struct option_value *value, const char *text);

#endif
