// aespec: reads a command line and runs the command it names.
#include <stdio.h>
#include <string.h>

#include "base/file/interrupt.h"
#include "base/file/start.h"
#include "base/message.h"
#include "driver/commands/commands.h"
#include "driver/commands/program.h"
#include "driver/trainers/version.h"
#include "runtime/api/build.h"
#include "runtime/api/command_rows.h"

static int (*const functions[COMMANDS])(struct arena *, const struct line *) = {
#define FUNCTION_DRIVER(name) command_##name
#define FUNCTION_BOTH(name) command_##name
#define FUNCTION_TRAINER(name) command_trainer
#define COMMAND(name, runner, operands, fewest, most, summary, description) FUNCTION_##runner(name),
#include "language/commands.def"
};

static void print_overview(const struct option_table *table, FILE *out) {
    fprintf(out, "usage: aespec COMMAND SPEC|RUN [options]\n\n%s\n\ncommands:\n", program_summary);
    for (size_t i = 0; i < table->command_count; i++)
        fprintf(out, "  %-12s %s\n", table->commands[i].name, table->commands[i].summary);
    fputs("\n'aespec COMMAND --help' shows the options and examples of a command; --version the version\n", out);
}

static int run_command(struct arena *arena, const struct option_table *table, int argc, char **argv) {
    const struct command_row *command = command_find(table, argv[0]);
    struct line line;
    int code = command ? line_parse(arena, table, command, argc, argv, &line) : EXIT_USAGE;
    if (code != EXIT_OK) return code;
    if (!line.help) return functions[command - table->commands](arena, &line);
    struct buffer help = {0};
    command_help(table, command, &help);
    fputs(help.text, stdout);
    buffer_free(&help);
    return EXIT_OK;
}

static int dispatch(struct arena *arena, int argc, char **argv) {
    const struct option_table table = command_table(OPTION_DRIVER, AESPEC_NAME);
    if (argc < 2) {
        print_overview(&table, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_overview(&table, stdout);
        return EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("aespec " AESPEC_VERSION);
        return EXIT_OK;
    }
    return run_command(arena, &table, argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    program_start(AESPEC_NAME);
    interrupts_catch();
    int code = dispatch(&arena, argc, argv);
    arena_free(&arena);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == EXIT_OK) {
        code = message_error(EXIT_FILE, "cannot write to stdout");
    }
    return code;
}
