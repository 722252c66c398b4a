#include "runtime/commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/file/file.h"
#include "base/file/interrupt.h"
#include "base/file/start.h"
#include "base/message.h"
#include "runtime/api/build.h"
#include "runtime/api/command_rows.h"
#include "runtime/api/processor.h"
#include "runtime/commands/checks.h"

// NULL for commands of aespec only.
static int (*const functions[COMMANDS])(const struct ae_model *, const struct line *) = {
#define FUNCTION_DRIVER(name) NULL
#define FUNCTION_BOTH(name) command_##name
#define FUNCTION_TRAINER(name) command_##name
#define COMMAND(name, runner, operands, fewest, most, summary, description) FUNCTION_##runner(name),
#include "language/commands.def"
};

static void print_overview(const struct ae_model *model, const struct option_table *table) {
    printf("usage: %s COMMAND [options]\n\nThe trainer of the model %s (%s), built by aespec %s.\n\ncommands:\n",
           table->program, model->name, model->file, ae_build.version);
    for (size_t i = 0; i < table->command_count; i++)
        if (functions[i]) printf("  %-14s%s\n", table->commands[i].name, table->commands[i].summary);
    printf("\n'%s COMMAND --help' shows a command's options and examples, for example:\n"
           "  %s train --epochs 1 --out runs/first\n  %s evaluate --weights runs/first\n",
           table->program, table->program, table->program);
}

static void print_help(const struct line *line) {
    struct buffer help = {0};
    command_help(line->table, line->command, &help);
    fputs(help.text, stdout);
    buffer_free(&help);
}

static int run_command(const struct ae_model *model, struct arena *arena, const struct option_table *table, int argc,
                       char **argv) {
    const struct command_row *command = command_find(table, argv[0]);
    struct line line;
    int code = command ? line_parse(arena, table, command, argc, argv, &line) : EXIT_USAGE;
    if (code != EXIT_OK) return code;
    if (line.help) {
        print_help(&line);
        return EXIT_OK;
    }
    const struct model_facts facts = {.latent_name = model_latent(model)->name,
                                      .latent_is_gaussian = model_latent(model)->kind == AE_LATENT_GAUSSIAN,
                                      .latent_count = model->latent_count,
                                      .input = model_input(model)->shape.size,
                                      .input_rank = (size_t)model_input(model)->shape.rank};
    code = line_check_model(&line, &facts);
    return code == EXIT_OK ? functions[command - table->commands](model, &line) : code;
}

static int dispatch(const struct ae_model *model, struct arena *arena, int argc, char **argv) {
    const struct option_table table = command_table(OPTION_TRAINER, argv[0]);
    if (argc < 2) return message_error(EXIT_USAGE, "a command is missing; '%s --help' lists them", argv[0]);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_overview(model, &table);
        return EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("aespec %s\n", ae_build.version);
        return EXIT_OK;
    }
    return run_command(model, arena, &table, argc - 1, argv + 1);
}

// For a user of `aespec train`, aespec and the trainer are one program with one name.
static const char *program_name(const struct ae_model *model, const char *started_as) {
    return started_as && strcmp(started_as, AESPEC_NAME) == 0 ? started_as : model->name;
}

int trainer_run(const struct ae_model *model, int argc, char **argv) {
    struct arena arena = {0};
    program_start(program_name(model, argv[0]));
    const char *missing = ae_features_missing(model->features);
    if (missing)
        return message_error(EXIT_FILE, "this trainer requires %s, which this processor does not support", missing);
    const char *fault = ae_arithmetic_fault();
    if (fault)
        return message_error(EXIT_FILE,
                             "the processor is set to %s, which would change results; a linked or loaded library "
                             "(perhaps one compiled with -ffast-math) must have done this",
                             fault);
    interrupts_catch();
    int code = dispatch(model, &arena, argc, argv);
    arena_free(&arena);
    return fflush(stdout) != 0 && code == EXIT_OK ? message_error(EXIT_FILE, "cannot write to stdout") : code;
}
