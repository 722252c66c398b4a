// Command lines: each command is a row with a table of options; getopt_long reads them, help prints them.
// Functions return an exit code and have told on stderr what is wrong.
#ifndef AE_OPTIONS_H
#define AE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct option_row {
    const char *name;        // "learning_rate" is --learning-rate on the line
    char letter;             // 'o' for -o, 0 for none
    const char *argument;    // "FILE", NULL when the option takes none
    const char *help;
    bool later;    // known, but its feature is still to come: exit 2
};

struct ae_model;
struct line;

struct command {
    const char *name;
    const char *summary;     // one line
    const char *required;    // options that must be given, as usage shows them
    const char *examples;    // what follows the program's name, lines that end in '\n'
    const struct option_row *options;
    size_t option_count;
    int (*run)(const struct ae_model *model, const struct line *line);    // NULL: still to come
};

struct given {
    const struct option_row *option;
    const char *value;    // NULL for an option without an argument
};

struct line {
    const struct command *command;
    struct given *given;    // [given_count] in the order of the line
    size_t given_count;
    bool help;    // --help stood on it; nothing else was checked
};

// argv [argc], argv[0] being the command's name. line->given is the caller's to free().
int line_parse(const struct command *command, int argc, char **argv, struct line *line);
// The last value of an option ("" for one without an argument), NULL when it is not on the line.
const char *line_value(const struct line *line, const char *name);
bool line_has(const struct line *line, const char *name);
// As line_value, but EXIT_USAGE when it is not there.
int line_require(const struct line *line, const char *name, const char **value);
// The value, when given, as a whole number of at least `minimum` and at most `maximum`; else *value stays.
int line_whole(const struct line *line, const char *name, uint64_t minimum, uint64_t maximum, uint64_t *value);
// Usage, options and examples on stdout.
void command_help(const char *program, const struct command *command);

// A text that is one decimal number and nothing else.
bool number_parse(const char *text, double *value);
// A text that is one whole number from minimum to maximum, both at most 2^53, told exactly ("1e3" and "7.0" are whole).
bool number_parse_whole(const char *text, double minimum, double maximum, double *value);

#endif
