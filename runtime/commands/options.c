#include "runtime/commands/options.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/nearest.h"
#include "base/text.h"

enum { LONG_FIRST = 256, HELP_COLUMN = 32, NAME_LENGTH = 32 };    // getopt's long options begin above every letter

typedef char spelling[NAME_LENGTH];

static const char *spell(char *text, const char *name) {
    size_t i = 0;
    for (; name[i] && i + 1 < NAME_LENGTH; i++)
        text[i] = name[i] == '_' ? '-' : name[i];
    text[i] = 0;
    return text;
}

static struct option *long_options(const struct command *command, spelling *names) {
    struct option *options = memory_allocate(command->option_count + 2, sizeof *options);
    for (size_t i = 0; i < command->option_count; i++)
        options[i] =
            (struct option){spell(names[i], command->options[i].name),
                            command->options[i].argument ? required_argument : no_argument, NULL, LONG_FIRST + (int)i};
    options[command->option_count] = (struct option){"help", no_argument, NULL, 'h'};
    return options;
}

static char *short_options(const struct command *command) {
    char *letters = memory_allocate(2 * command->option_count + 3, 1), *end = letters;
    *end++ = ':';
    *end++ = 'h';
    for (size_t i = 0; i < command->option_count; i++) {
        if (!command->options[i].letter) continue;
        *end++ = command->options[i].letter;
        if (command->options[i].argument) *end++ = ':';
    }
    return letters;
}

static const struct option_row *find_option(const struct command *command, int code) {
    if (code >= LONG_FIRST) return &command->options[code - LONG_FIRST];
    size_t i = 0;
    while (command->options[i].letter != code)
        i++;
    return &command->options[i];
}

// `word` is the element of the line that getopt stumbled over, `code` what it made of it (0: nothing).
static int refuse_unknown(const struct command *command, const char *word, int code, const spelling *spellings) {
    if (code >= LONG_FIRST || (code == 'h' && word[1] == '-'))
        return message_error(EXIT_USAGE, "%s: option '%s' takes no value", command->name, word);
    if (strncmp(word, "--", 2) != 0) return message_error(EXIT_USAGE, "%s: unknown option '-%c'", command->name, code);
    size_t length = strcspn(word + 2, "="), begun = 0;
    char *name = text_copy(word + 2);
    name[length] = 0;
    const char **names = memory_allocate(command->option_count + 1, sizeof *names);
    for (size_t i = 0; i < command->option_count; i++) {
        names[i] = spellings[i];
        begun += strncmp(names[i], name, length) == 0;
    }
    names[command->option_count] = "help";
    const char *nearest = nearest_name(name, names, command->option_count + 1);
    if (begun > 1)
        message_error(EXIT_USAGE, "%s: '--%s' is the beginning of several options", command->name, name);
    else if (nearest)
        message_error(EXIT_USAGE, "%s: unknown option '--%s'; did you mean '--%s'?", command->name, name, nearest);
    else
        message_error(EXIT_USAGE, "%s: unknown option '--%s'; '%s --help' lists them", command->name, name,
                      command->name);
    free(names);
    free(name);
    return EXIT_USAGE;
}

static int read_options(struct line *line, int argc, char **argv, const char *letters, const struct option *options,
                        const spelling *names) {
    const char *command = line->command->name;
    int code;
    while ((code = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        if (code == 'h') {
            line->help = true;
            return EXIT_OK;
        }
        if (code == ':') return message_error(EXIT_USAGE, "%s: option '%s' needs a value", command, argv[optind - 1]);
        if (code == '?') return refuse_unknown(line->command, argv[optind - 1], optopt, names);
        line->given[line->given_count++] = (struct given){find_option(line->command, code), optarg};
    }
    if (optind < argc)
        return message_error(EXIT_USAGE, "%s: '%s' is no option; values follow one", command, argv[optind]);
    spelling text;
    for (size_t i = 0; i < line->given_count; i++)
        if (line->given[i].option->later)
            return message_error(EXIT_USAGE, "%s: '--%s' is not supported yet", command,
                                 spell(text, line->given[i].option->name));
    return EXIT_OK;
}

int line_parse(const struct command *command, int argc, char **argv, struct line *line) {
    spelling *names = memory_allocate(command->option_count, sizeof *names);
    struct option *options = long_options(command, names);
    char *letters = short_options(command);
    *line = (struct line){.command = command, .given = memory_allocate((size_t)argc + 1, sizeof *line->given)};
    opterr = 0;
    int code = read_options(line, argc, argv, letters, options, (const spelling *)names);
    free(letters);
    free(options);
    free(names);
    return code;
}

const char *line_value(const struct line *line, const char *name) {
    for (size_t i = line->given_count; i-- > 0;)
        if (strcmp(line->given[i].option->name, name) == 0) return line->given[i].value ? line->given[i].value : "";
    return NULL;
}

bool line_has(const struct line *line, const char *name) {
    return line_value(line, name) != NULL;
}

int line_require(const struct line *line, const char *name, const char **value) {
    *value = line_value(line, name);
    if (*value && **value) return EXIT_OK;
    return message_error(EXIT_USAGE, "%s: %s--%s is missing; usage: %s %s", line->command->name,
                         strcmp(name, "output") == 0 ? "-o or " : "", name, line->command->name,
                         line->command->required);
}

bool number_parse(const char *text, double *value) {
    char *end;
    if (!*text || text[strspn(text, "0123456789+-.eE")]) return false;
    *value = strtod(text, &end);
    return end != text && !*end && isfinite(*value);
}

bool number_parse_whole(const char *text, double minimum, double maximum, double *value) {
    if (!number_parse(text, value) || *value != floor(*value) || *value < minimum || *value > maximum) return false;
    // 2^53 + 1 becomes 2^53 as a double
    bool digits = !text[strspn(text, "0123456789")];
    return !digits || strtoull(text, NULL, 10) <= (unsigned long long)maximum;
}

int line_whole(const struct line *line, const char *name, uint64_t minimum, uint64_t maximum, uint64_t *value) {
    const char *text = line_value(line, name);
    if (!text) return EXIT_OK;
    double number;
    if (number_parse_whole(text, (double)minimum, (double)maximum, &number)) {
        *value = (uint64_t)number;
        return EXIT_OK;
    }
    spelling spelled;
    return message_error(EXIT_USAGE, "%s: --%s is a whole number from %llu to %llu, found '%s'", line->command->name,
                         spell(spelled, name), (unsigned long long)minimum, (unsigned long long)maximum, text);
}

static void option_help(const struct option_row *option) {
    char letter[] = "    ";
    spelling name;
    if (option->letter) {
        letter[0] = '-';
        letter[1] = option->letter;
        letter[2] = ',';
    }
    int width = printf("  %s--%s%s%s", letter, spell(name, option->name), option->argument ? " " : "",
                       option->argument ? option->argument : "");
    if (width >= HELP_COLUMN) {
        putchar('\n');
        width = 0;
    }
    printf("%*s%s%s\n", HELP_COLUMN - width, "", option->help, option->later ? " (not supported yet)" : "");
}

void command_help(const char *program, const struct command *command) {
    printf("usage: %s %s%s%s [options]\n\n%s%s\n\noptions:\n", program, command->name, *command->required ? " " : "",
           command->required, command->summary, command->run ? "" : " (not supported yet)");
    for (size_t i = 0; i < command->option_count; i++)
        option_help(&command->options[i]);
    option_help(&(struct option_row){"help", 'h', NULL, "this page", false});
    printf("\nexamples:\n");
    for (const char *example = command->examples; *example;) {
        size_t length = strcspn(example, "\n");
        printf("  %s %.*s\n", program, (int)length, example);
        example += length + (example[length] == '\n');
    }
}
