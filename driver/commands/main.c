// aespec: reads a command line and runs the command it names.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/message.h"
#include "base/nearest.h"
#include "base/start.h"
#include "compiler/compiler.h"
#include "driver/commands/command_table.h"
#include "driver/commands/commands.h"
#include "driver/trainers/version.h"
#include "runtime/api/build.h"

static void print_overview(FILE *out) {
    fprintf(out, "usage: aespec COMMAND SPEC|RUN [options]\n\n%s\n\ncommands:\n", program_summary);
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-12s %s%s\n", commands[i].name, commands[i].summary,
                commands[i].run ? "" : " (not supported yet)");
    fputs("\n'aespec COMMAND --help' shows the options and examples of one; --version the version\n", out);
}

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int unknown_command(struct arena *arena, const char *name) {
    const char **names = ARENA_ARRAY(arena, const char *, command_count);
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    const char *nearest = nearest_name(name, names, command_count);
    if (nearest) return message_error(EXIT_USAGE, "unknown command '%s'; did you mean '%s'?", name, nearest);
    return message_error(EXIT_USAGE, "unknown command '%s'; 'aespec --help' lists them", name);
}

static int run_command(struct arena *arena, const struct command *command, int argc, char **argv) {
    struct line line;
    int code = line_parse(arena, command, argc, argv, &line);
    if (code != EXIT_OK) return code;
    if (line.help) {
        command_help(arena, command);
        return EXIT_OK;
    }
    if (!command->run) return message_error(EXIT_USAGE, "%s is not supported yet", command->name);
    return command->run(arena, &line);
}

static int dispatch(struct arena *arena, int argc, char **argv) {
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_overview(stdout);
        return EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("aespec " AESPEC_VERSION);
        return EXIT_OK;
    }
    const struct command *command = find_command(argv[1]);
    return command ? run_command(arena, command, argc - 1, argv + 1) : unknown_command(arena, argv[1]);
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
