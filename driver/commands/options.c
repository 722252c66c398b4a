#include "driver/commands/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/nearest.h"
#include "compiler/compiler.h"

enum { LONG_FIRST = 256, HELP_COLUMN = 30 };    // getopt's values of long options begin above every letter

const struct option_row option_help_row = {"help", 'h', NULL, "this page", OPTION_DRIVER};

const char *option_spelling(struct arena *arena, const char *name) {
    char *spelling = arena_copy(arena, name, strlen(name));
    for (char *c = spelling; *c; c++)
        if (*c == '_') *c = '-';
    return spelling;
}

const struct option_row *command_option(const struct command *command, const char *name) {
    for (size_t i = 0; i < command->option_count; i++)
        if (strcmp(command->options[i].name, name) == 0) return &command->options[i];
    return NULL;
}

static struct option *long_options(struct arena *arena, const struct command *command) {
    struct option *options = ARENA_ARRAY(arena, struct option, command->option_count + 2);
    for (size_t i = 0; i < command->option_count; i++)
        options[i] =
            (struct option){option_spelling(arena, command->options[i].name),
                            command->options[i].argument ? required_argument : no_argument, NULL, LONG_FIRST + (int)i};
    options[command->option_count] = (struct option){"help", no_argument, NULL, 'h'};
    return options;
}

static const char *short_options(struct arena *arena, const struct command *command) {
    char *letters = ARENA_ARRAY(arena, char, 2 * command->option_count + 3);
    char *end = letters;
    *end++ = ':';
    *end++ = 'h';
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].letter) {
            *end++ = command->options[i].letter;
            if (command->options[i].argument) *end++ = ':';
        }
    return letters;
}

static size_t find_option(const struct command *command, int code) {
    if (code >= LONG_FIRST) return (size_t)(code - LONG_FIRST);
    size_t i = 0;
    while (command->options[i].letter != code)
        i++;
    return i;
}

// What getopt stumbled over: `word` is the element of the line, `code` what getopt made of it (0: nothing).
static int refuse_unknown(struct arena *arena, const struct command *command, const char *word, int code) {
    if (code >= LONG_FIRST || code == 'h')
        return message_error(EXIT_USAGE, "%s: option '%s' takes no value", command->name, word);
    if (strncmp(word, "--", 2) != 0) return message_error(EXIT_USAGE, "%s: unknown option '-%c'", command->name, code);
    size_t length = strcspn(word + 2, "=");
    char *name = arena_copy(arena, word + 2, length);
    const char **names = ARENA_ARRAY(arena, const char *, command->option_count + 1);
    int begun = 0;
    for (size_t i = 0; i < command->option_count; i++) {
        names[i] = option_spelling(arena, command->options[i].name);
        begun += strncmp(names[i], name, length) == 0;
    }
    names[command->option_count] = "help";
    const char *nearest = nearest_name(name, names, command->option_count + 1);
    if (begun > 1)
        return message_error(EXIT_USAGE, "%s: '--%s' is the beginning of several options", command->name, name);
    if (nearest)
        return message_error(EXIT_USAGE, "%s: unknown option '--%s'; did you mean '--%s'?", command->name, name,
                             nearest);
    return message_error(EXIT_USAGE, "%s: unknown option '--%s'; 'aespec %s --help' lists them", command->name, name,
                         command->name);
}

size_t argument_split(struct arena *arena, const char *argument, const char *const **parts) {
    const char **found = ARENA_ARRAY(arena, const char *, strlen(argument) + 1);
    size_t count = 0;
    for (const char *part = argument; *part; part += strspn(part, "|")) {
        size_t length = strcspn(part, "|");
        found[count++] = arena_copy(arena, part, length);
        part += length;
    }
    *parts = found;
    return count;
}

bool argument_is_word(const char *part) {
    return *part >= 'a' && *part <= 'z';
}

static int find_word(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0) return (int)i;
    return -1;
}

// EXIT_USAGE when the option takes one of some words and this is none of them.
static int check_value(struct arena *arena, const struct command *command, const struct given *given) {
    const char *const *words;
    size_t count = given->value ? argument_split(arena, given->option->argument, &words) : 0;
    if (count == 0 || !argument_is_word(words[0]) || find_word(given->value, words, count) >= 0) return EXIT_OK;
    const char *name = option_spelling(arena, given->option->name), *nearest = nearest_name(given->value, words, count);
    if (nearest)
        return message_error(EXIT_USAGE, "%s: --%s knows no '%s'; did you mean '%s'?", command->name, name,
                             given->value, nearest);
    const char *all = words[0];
    for (size_t i = 1; i < count; i++)
        all = arena_print(arena, "%s%s%s", all, i + 1 < count ? ", " : " or ", words[i]);
    return message_error(EXIT_USAGE, "%s: --%s is %s, found '%s'", command->name, name, all, given->value);
}

static int check_line(struct arena *arena, const struct line *line) {
    const struct command *command = line->command;
    for (size_t i = 0; i < line->given_count; i++) {
        if (line->given[i].option->use == OPTION_LATER)
            return message_error(EXIT_USAGE, "%s: '--%s' is not supported yet", command->name,
                                 line->given[i].option->name);
        if (check_value(arena, command, &line->given[i]) != EXIT_OK) return EXIT_USAGE;
    }
    if (line->operand_count < command->operands_min)
        return message_error(EXIT_USAGE, "%s: %s is missing; 'aespec %s --help' shows the usage", command->name,
                             command->operands, command->name);
    if (line->operand_count > command->operands_max)
        return message_error(EXIT_USAGE, "%s: '%s' is one too many", command->name,
                             line->operands[command->operands_max]);
    return EXIT_OK;
}

int line_parse(struct arena *arena, const struct command *command, int argc, char **argv, struct line *line) {
    const struct option *options = long_options(arena, command);
    const char *letters = short_options(arena, command);
    struct given *given = ARENA_ARRAY(arena, struct given, (size_t)argc + 1);
    size_t count = 0;
    *line = (struct line){.command = command, .given = given};
    opterr = 0;
    int code;
    while ((code = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        if (code == 'h') {
            line->help = true;
            return EXIT_OK;
        }
        if (code == ':')
            return message_error(EXIT_USAGE, "%s: option '%s' needs a value", command->name, argv[optind - 1]);
        if (code == '?') return refuse_unknown(arena, command, argv[optind - 1], optopt);
        given[count++] = (struct given){&command->options[find_option(command, code)], optarg};
    }
    line->given_count = count;
    line->operands = (const char *const *)(argv + optind);
    line->operand_count = (size_t)(argc - optind);
    return check_line(arena, line);
}

const char *line_value(const struct line *line, const char *name) {
    for (size_t i = line->given_count; i-- > 0;)
        if (strcmp(line->given[i].option->name, name) == 0) return line->given[i].value ? line->given[i].value : "";
    return NULL;
}

size_t line_values(struct arena *arena, const struct line *line, const char *name, const char *const **values) {
    const char **found = ARENA_ARRAY(arena, const char *, line->given_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].option->name, name) == 0) found[count++] = line->given[i].value;
    *values = found;
    return count;
}

int line_choice(struct arena *arena, const struct line *line, const char *name, int otherwise) {
    const char *value = line_value(line, name), *const * words;
    if (!value) return otherwise;
    size_t count = argument_split(arena, command_option(line->command, name)->argument, &words);
    return find_word(value, words, count);
}

static void option_help(struct arena *arena, const struct option_row *option) {
    char letter[] = "    ";
    if (option->letter) {
        letter[0] = '-';
        letter[1] = option->letter;
        letter[2] = ',';
    }
    int width = printf("  %s--%s%s%s", letter, option_spelling(arena, option->name), option->argument ? " " : "",
                       option->argument ? option->argument : "");
    if (width >= HELP_COLUMN) {
        putchar('\n');
        width = 0;
    }
    printf("%*s%s%s\n", HELP_COLUMN - width, "", option->help,
           option->use == OPTION_LATER ? " (not supported yet)" : "");
}

void command_help(struct arena *arena, const struct command *command) {
    printf("usage: aespec %s%s%s [options]\n\n%s%s\n", command->name, *command->operands ? " " : "", command->operands,
           command->summary, command->run ? "" : " (not supported yet)");
    if (command->description) printf("\n%s", command->description);
    printf("\noptions:\n");
    for (size_t i = 0; i < command->option_count; i++)
        option_help(arena, &command->options[i]);
    option_help(arena, &option_help_row);
    printf("\nexamples:\n%s", command->examples);
}
