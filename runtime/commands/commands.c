#include "runtime/commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/message.h"
#include "base/nearest.h"
#include "base/start.h"
#include "runtime/api/build.h"
#include "runtime/api/processor.h"
#include "runtime/commands/bench.h"
#include "runtime/commands/export.h"
#include "runtime/commands/figures.h"
#include "runtime/commands/info.h"
#include "runtime/commands/measure.h"
#include "runtime/commands/options.h"
#include "runtime/train/train.h"

#define WEIGHTS \
    { "weights", 0, "FILE|RUN", "a safetensors file, or a RUN", false }
#define DATA \
    { "data", 0, "PATH", "a folder of IDX files, or one; the spec's source if not given", false }
#define SPLIT \
    { "split", 0, "NAME", "test or train (test)", false }
#define THREADS \
    { "threads", 0, "N", "threads (the processors)", false }
#define JSON \
    { "json", 0, NULL, "as JSON", false }
#define RESULT(argument, help) \
    { "output", 'o', argument, help, false }

#define ARGUMENT_REAL "X"
#define ARGUMENT_POSITIVE "X"
#define ARGUMENT_FRACTION "X"
#define ARGUMENT_WHOLE "N"
#define CHOICE(kind, what, first, second) static const char ARGUMENT_##kind[] = #first "|" #second;
#include "language/settings.def"
static const struct option_row train_options[] = {
    DATA,
    {"out", 0, "RUN", "folder of the run (runs/MODEL)", false},
#define SETTING(id, kind, default_value, minimum, maximum, doc) {#id, 0, ARGUMENT_##kind, doc, false},
#include "language/settings.def"
    {"set", 0, "NAME=NUMBER", "rebind a run-time const or a train setting; repeatable", false},
    THREADS,
    {"steps", 0, "N", "end after so many steps", false},
    {"limit", 0, "N", "only the first N samples of each split", false},
    {"init", 0, "FILE", "initial weights, safetensors", false},
    {"no_shuffle", 0, NULL, "samples in the order of the file", false},
    {"trace", 0, "FILE.csv", "write the loss of every step there", false},
    {"quiet", 0, NULL, "no progress on stderr", false},
    {"resume", 0, NULL, "go on with an interrupted run", true},
    {"checkpoint_seconds", 0, "S", "time between checkpoints", true},
    {"deadline", 0, "SECONDS", "stop with a checkpoint after this time", true},
};
static const struct option_row evaluate_options[] = {WEIGHTS, DATA, SPLIT, JSON, THREADS};
static const struct option_row encode_options[] = {WEIGHTS, DATA, SPLIT, RESULT("FILE", "codes, .csv or .npy"),
                                                   THREADS};
static const struct option_row decode_options[] = {
    WEIGHTS, {"latent", 0, "FILE", "codes, .csv or .npy", false}, RESULT("FILE", "outputs, .npy or .png"), THREADS};
static const struct option_row reconstruct_options[] = {
    WEIGHTS, DATA, SPLIT, {"count", 0, "N", "samples (10)", false}, RESULT("FILE", "inputs and outputs, .png or .npy"),
    THREADS};
static const struct option_row sample_options[] = {WEIGHTS,
                                                   {"count", 0, "N", "samples (100)", false},
                                                   {"seed", 0, "N", "seed of the samples (1)", false},
                                                   RESULT("FILE", "outputs, .png or .npy"),
                                                   THREADS};
static const struct option_row grid_options[] = {WEIGHTS,
                                                 {"cells", 0, "N", "cells along each side (12)", false},
                                                 {"from", 0, "X,Y", "the corner below left", false},
                                                 {"to", 0, "X,Y", "the corner above right", false},
                                                 RESULT("FILE", "the plane, .png or .npy"),
                                                 THREADS};
static const struct option_row figures_options[] = {WEIGHTS, DATA, SPLIT, RESULT("FOLDER", "where they go"), THREADS};
static const struct option_row measure_options[] = {
    WEIGHTS, DATA, {"parts", 0, "N", "knn of each of N equal parts of the units, too", false}, JSON, THREADS};
static const struct option_row info_options[] = {JSON};
static const struct option_row bench_options[] = {
    {"batch", 0, "N", "samples in a step (the spec's)", false}, THREADS, JSON};

#define OPTIONS(table) .options = table##_options, .option_count = sizeof table##_options / sizeof *table##_options

static const struct command commands[] = {
    {.name = "train",
     .summary = "train; the run goes to runs/MODEL",
     .required = "",
     .examples = "train --epochs 4\ntrain --data data/mnist --optimizer sgd --learning-rate 0.1 --out runs/sgd\n"
                 "train --steps 100 --trace steps.csv --out runs/short\n",
     .run = command_train,
     OPTIONS(train)},
    {.name = "evaluate",
     .summary = "the loss on the test data",
     .required = "--weights W",
     .examples = "evaluate --weights runs/first\nevaluate --weights w.safetensors --split train --json\n",
     .run = command_evaluate,
     OPTIONS(evaluate)},
    {.name = "encode",
     .summary = "the codes of the data",
     .required = "--weights W -o FILE",
     .examples = "encode --weights runs/first -o codes.csv\nencode --weights runs/first --split train -o codes.npy\n",
     .run = command_encode,
     OPTIONS(encode)},
    {.name = "decode",
     .summary = "outputs for codes",
     .required = "--weights W --latent FILE -o FILE",
     .examples = "decode --weights runs/first --latent codes.csv -o outputs.npy\n",
     .run = command_decode,
     OPTIONS(decode)},
    {.name = "reconstruct",
     .summary = "inputs and what becomes of them",
     .required = "--weights W -o FILE",
     .examples = "reconstruct --weights runs/first --count 20 -o pairs.png\n",
     .run = command_reconstruct,
     OPTIONS(reconstruct)},
    {.name = "sample",
     .summary = "outputs for codes drawn from the prior (gaussian latents)",
     .required = "--weights W -o FILE",
     .examples = "sample --weights runs/first --count 64 --seed 7 -o samples.png\n",
     .run = command_sample,
     OPTIONS(sample)},
    {.name = "grid",
     .summary = "the plane of two latent units, decoded",
     .required = "--weights W -o FILE",
     .examples = "grid --weights runs/first --cells 20 -o plane.png\n"
                 "grid --weights runs/first --from -1,-1 --to 1,1 -o middle.png\n",
     .run = command_grid,
     OPTIONS(grid)},
    {.name = "figures",
     .summary = "pictures, and the numbers that plots are drawn from",
     .required = "--weights W -o FOLDER",
     .examples = "figures --weights runs/first -o runs/first/figures\n",
     .run = command_figures,
     OPTIONS(figures)},
    {.name = "measure",
     .summary = "measures of the latent space",
     .required = "--weights W",
     .examples = "measure --weights runs/first\nmeasure --weights w.safetensors --data data/mnist --json\n",
     .run = command_measure,
     OPTIONS(measure)},
    {.name = "info",
     .summary = "what this trainer knows of its model",
     .required = "",
     .examples = "info\ninfo --json\n",
     .run = command_info,
     OPTIONS(info)},
    {.name = "bench",
     .summary = "the time of a step and its kernels, beside the processor's peak",
     .required = "",
     .examples = "bench --batch 128\nbench --threads 1 --json\n",
     .run = command_bench,
     OPTIONS(bench)},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(const struct ae_model *model, const char *program) {
    printf("usage: %s COMMAND [options]\n\nThe trainer of the model %s (%s), made by aespec %s.\n\ncommands:\n",
           program, model->name, model->file, ae_build.version);
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-14s%s%s\n", commands[i].name, commands[i].summary, commands[i].run ? "" : " (not supported yet)");
    printf("\n'%s COMMAND --help' shows a command's options and examples, for example:\n"
           "  %s train --epochs 1 --out runs/first\n  %s evaluate --weights runs/first\n",
           program, program, program);
}

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int refuse_command(const char *name) {
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *nearest = nearest_name(name, names, COMMANDS);
    if (nearest) return message_error(EXIT_USAGE, "unknown command '%s'; did you mean '%s'?", name, nearest);
    return message_error(EXIT_USAGE, "unknown command '%s'; --help lists them", name);
}

static int run_command(const struct ae_model *model, const char *program, const struct command *command, int argc,
                       char **argv) {
    struct line line;
    int code = line_parse(command, argc, argv, &line);
    if (code == EXIT_OK && line.help)
        command_help(program, command);
    else if (code == EXIT_OK && !command->run)
        code = message_error(EXIT_USAGE, "%s is not supported yet", command->name);
    else if (code == EXIT_OK)
        code = command->run(model, &line);
    free(line.given);
    if (fflush(stdout) != 0 && code == EXIT_OK) code = message_error(EXIT_FILE, "cannot write to stdout");
    return code;
}

// The user of `aespec train` sees one program.
static const char *program_name(const struct ae_model *model, const char *started_as) {
    return started_as && strcmp(started_as, AESPEC_NAME) == 0 ? started_as : model->name;
}

int trainer_run(const struct ae_model *model, int argc, char **argv) {
    program_start(program_name(model, argv[0]));
    const char *missing = ae_features_missing(model->features);
    if (missing)
        return message_error(EXIT_FILE, "this trainer requires %s, which this processor does not support", missing);
    interrupts_catch();
    if (argc < 2) return message_error(EXIT_USAGE, "a command is missing; --help lists them");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(model, argv[0]);
        return fflush(stdout) == 0 ? EXIT_OK : message_error(EXIT_FILE, "cannot write to stdout");
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("aespec %s\n", ae_build.version);
        return EXIT_OK;
    }
    const struct command *command = find_command(argv[1]);
    if (!command) return refuse_command(argv[1]);
    return run_command(model, argv[0], command, argc - 1, argv + 1);
}
