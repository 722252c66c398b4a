#include "base/option/option.h"
#include "base/number.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/nearest.h"

enum { LONG_FIRST = 256 };    // codes of long options are above those of letters

const struct option_row option_help_row = {.name = "help", .letter = 'h', .help = "this page"};

int line_refuse(const struct line *line, int code, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_vprint(&text, format, arguments);
    va_end(arguments);
    message_error(code, "%s: %s", line->command->name, text.text);
    buffer_free(&text);
    return code;
}

const char *option_spelling(struct arena *arena, const char *name) {
    char *spelling = arena_copy(arena, name, strlen(name));
    for (char *c = spelling; *c; c++)
        if (*c == '_') *c = '-';
    return spelling;
}

const struct option_row *option_next(const struct option_table *table, const struct command_row *command,
                                     const struct option_row *before) {
    uint64_t bit = (uint64_t)1 << (command - table->commands);
    for (size_t i = before ? (size_t)(before - table->options) + 1 : 0; i < table->option_count; i++)
        if ((table->options[i].commands & bit) && (table->options[i].reader & table->reader)) return &table->options[i];
    return NULL;
}

const struct option_row *option_find(const struct option_table *table, const struct command_row *command,
                                     const char *name) {
    const struct option_row *option = NULL;
    while ((option = option_next(table, command, option)) && strcmp(option->name, name) != 0) {
    }
    return option;
}

const struct option_value *option_takes(const struct option_table *table, const struct option_row *option) {
    if (option->value.kind != VALUE_SETTING) return &option->value;
    const struct option_row *other = table->options;
    while (other->value.kind == VALUE_SETTING || strcmp(other->name, option->name) != 0)
        other++;
    return &other->value;
}

static bool takes_value(const struct option_row *option) {
    return option->value.kind != VALUE_FLAG;
}

// A command's options in the form that getopt_long requires.
struct reading {
    const struct option_row **rows;    // [count]
    struct option *options;            // [count + 2] then --help and the terminator
    const char **names;                // [count + 1] as spelled on the command line, then "help"
    char *letters;
    size_t count;
};

static void reading_prepare(struct arena *arena, const struct option_table *table, const struct command_row *command,
                            struct reading *reading) {
    size_t most = table->option_count + 2;
    *reading = (struct reading){.rows = ARENA_ARRAY(arena, const struct option_row *, most),
                                .options = ARENA_ARRAY(arena, struct option, most),
                                .names = ARENA_ARRAY(arena, const char *, most),
                                .letters = ARENA_ARRAY(arena, char, 2 * most + 2)};
    char *end = reading->letters;
    *end++ = ':';
    *end++ = 'h';
    for (const struct option_row *row = NULL; (row = option_next(table, command, row));) {
        size_t i = reading->count++;
        reading->rows[i] = row;
        reading->names[i] = option_spelling(arena, row->name);
        reading->options[i] = (struct option){reading->names[i], takes_value(row) ? required_argument : no_argument,
                                              NULL, LONG_FIRST + (int)i};
        if (row->letter) *end++ = row->letter;
        if (row->letter && takes_value(row)) *end++ = ':';
    }
    reading->names[reading->count] = "help";
    reading->options[reading->count] = (struct option){"help", no_argument, NULL, 'h'};
}

static const struct option_row *row_of(const struct reading *reading, int code) {
    size_t i = code >= LONG_FIRST ? (size_t)(code - LONG_FIRST) : 0;
    while (code < LONG_FIRST && reading->rows[i]->letter != code)
        i++;
    return reading->rows[i];
}

// Reports `word`, which getopt rejected with `code` (0: an unknown long option).
static int refuse_unknown(struct arena *arena, const struct line *line, const struct reading *reading, const char *word,
                          int code) {
    if (code >= LONG_FIRST || (code == 'h' && word[1] == '-'))
        return line_refuse(line, EXIT_USAGE, "option '%s' does not take a value", word);
    if (strncmp(word, "--", 2) != 0) return line_refuse(line, EXIT_USAGE, "unknown option '-%c'", code);
    size_t length = strcspn(word + 2, "="), begun = 0;
    const char *name = arena_copy(arena, word + 2, length);
    for (size_t i = 0; i < reading->count; i++)
        begun += strncmp(reading->names[i], name, length) == 0;
    const char *nearest = nearest_name(name, reading->names, reading->count + 1);
    if (begun > 1) return line_refuse(line, EXIT_USAGE, "'--%s' is ambiguous: several options begin with it", name);
    if (nearest) return line_refuse(line, EXIT_USAGE, "unknown option '--%s'; did you mean '--%s'?", name, nearest);
    return line_refuse(line, EXIT_USAGE, "unknown option '--%s'; '%s %s --help' lists them", name, line->table->program,
                       line->command->name);
}

static int read_options(struct arena *arena, struct line *line, const struct reading *reading, int argc, char **argv) {
    int code;
    opterr = 0;
    optind = 0;    // makes getopt scan a new command line
    while ((code = getopt_long(argc, argv, reading->letters, reading->options, NULL)) != -1) {
        if (code == 'h') {
            line->help = true;
            return EXIT_OK;
        }
        if (code == ':') return line_refuse(line, EXIT_USAGE, "option '%s' requires a value", argv[optind - 1]);
        if (code == '?') return refuse_unknown(arena, line, reading, argv[optind - 1], optopt);
        line->given[line->given_count++] = (struct given){row_of(reading, code), optarg};
    }
    line->operands = (const char *const *)(argv + optind);
    line->operand_count = (size_t)(argc - optind);
    return EXIT_OK;
}

static int refuse_value(struct arena *arena, const struct line *line, const struct option_row *option,
                        const char *text) {
    const struct option_value *value = option_takes(line->table, option);
    char what[VALUE_TEXT];
    const char *name = option_spelling(arena, option->name), *nearest = value_nearest(arena, value, text);
    const char *dashed = option->letter ? arena_print(arena, "-%c", option->letter) : arena_print(arena, "--%s", name);
    return line_refuse(line, EXIT_USAGE, "%s must be %s, found '%s'%s%s%s", dashed, value_describe(value, what), text,
                       nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

static int check_values(struct arena *arena, const struct line *line) {
    for (size_t i = 0; i < line->given_count; i++) {
        const struct option_row *option = line->given[i].option;
        if (option->need == OPTION_LATER)
            return line_refuse(line, EXIT_USAGE, "'--%s' is not supported yet", option_spelling(arena, option->name));
        if (takes_value(option) && !value_check(option_takes(line->table, option), line->given[i].value))
            return refuse_value(arena, line, option, line->given[i].value);
    }
    return EXIT_OK;
}

static int refuse_usage(const struct line *line, const char *what) {
    struct buffer usage = {0};
    usage_print(line->table, line->command, &usage);
    line_refuse(line, EXIT_USAGE, "%s; %s", what, usage.text);
    buffer_free(&usage);
    return EXIT_USAGE;
}

int line_require(const struct line *line, const struct option_row *option) {
    if (line_has(line, option->name)) return EXIT_OK;
    struct arena arena = {0};
    const char *letter = option->letter ? arena_print(&arena, "-%c or ", option->letter) : "";
    bool from_run = option->need == OPTION_FROM_RUN && line->table->reader == OPTION_DRIVER;
    refuse_usage(line, arena_print(&arena, "%s--%s is missing%s", letter, option_spelling(&arena, option->name),
                                   from_run ? ": it is required unless a RUN is given" : ""));
    arena_free(&arena);
    return EXIT_USAGE;
}

static int check_operands(struct arena *arena, const struct line *line) {
    bool trainer = line->table->reader == OPTION_TRAINER;
    size_t fewest = trainer ? 0 : line->command->fewest, most = trainer ? 0 : line->command->most;
    if (line->operand_count < fewest)
        return refuse_usage(line, arena_print(arena, "%s is missing", line->command->operands));
    if (line->operand_count > most)
        return refuse_usage(line, arena_print(arena, "unexpected argument '%s'", line->operands[most]));
    return EXIT_OK;
}

static int check_required(const struct line *line) {
    bool trainer = line->table->reader == OPTION_TRAINER;
    int code = EXIT_OK;
    for (const struct option_row *row = NULL; code == EXIT_OK && (row = option_next(line->table, line->command, row));)
        if (row->need == OPTION_REQUIRED || (row->need == OPTION_FROM_RUN && trainer)) code = line_require(line, row);
    return code;
}

int line_parse(struct arena *arena, const struct option_table *table, const struct command_row *command, int argc,
               char **argv, struct line *line) {
    struct reading reading;
    reading_prepare(arena, table, command, &reading);
    *line =
        (struct line){.table = table, .command = command, .given = ARENA_ARRAY(arena, struct given, (size_t)argc + 1)};
    int code = read_options(arena, line, &reading, argc, argv);
    if (line->help) return code;
    if (code == EXIT_OK) code = check_values(arena, line);
    if (code == EXIT_OK) code = check_operands(arena, line);
    return code == EXIT_OK ? check_required(line) : code;
}

const struct command_row *command_find(const struct option_table *table, const char *name) {
    struct arena arena = {0};
    const char **names = ARENA_ARRAY(&arena, const char *, table->command_count);
    size_t count = 0;
    const struct command_row *found = NULL;
    for (size_t i = 0; i < table->command_count; i++) {
        const struct command_row *command = &table->commands[i];
        // The driver has every command; it passes the trainer's commands on.
        if (table->reader == OPTION_TRAINER && !(command->reader & OPTION_TRAINER)) continue;
        names[count++] = command->name;
        if (strcmp(command->name, name) == 0) found = command;
    }
    const char *nearest = found ? NULL : nearest_name(name, names, count);
    if (nearest)
        message_error(EXIT_USAGE, "unknown command '%s'; did you mean '%s'?", name, nearest);
    else if (!found)
        message_error(EXIT_USAGE, "unknown command '%s'; '%s --help' lists them", name, table->program);
    arena_free(&arena);
    return found;
}

const char *line_value(const struct line *line, const char *name) {
    for (size_t i = line->given_count; i-- > 0;)
        if (strcmp(line->given[i].option->name, name) == 0) return line->given[i].value ? line->given[i].value : "";
    return NULL;
}

bool line_has(const struct line *line, const char *name) {
    return line_value(line, name) != NULL;
}

size_t line_values(struct arena *arena, const struct line *line, const char *name, const char *const **values) {
    const char **found = ARENA_ARRAY(arena, const char *, line->given_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].option->name, name) == 0) found[count++] = line->given[i].value;
    *values = found;
    return count;
}

uint64_t line_whole(const struct line *line, const char *name, uint64_t otherwise) {
    const char *text = line_value(line, name);
    double number;
    return text && number_parse(text, &number) ? (uint64_t)number : otherwise;
}

int line_choice(const struct line *line, const char *name, int otherwise) {
    const char *value = line_value(line, name);
    if (!value) return otherwise;
    const struct option_row *option = option_find(line->table, line->command, name);
    return value_word(option_takes(line->table, option), value);
}
