#include "command_table.h"

#include <stdint.h>

#include "commands.h"

#define HERE(name, argument, help) \
    { name, 0, argument, help, OPTION_DRIVER }
#define PASSED(name, argument, help) \
    { name, 0, argument, help, OPTION_TRAINER }
#define LATER(name, argument, help) \
    { name, 0, argument, help, OPTION_LATER }

#define SET HERE("set", "NAME=EXPR", "rebind a const or a train setting; repeatable")
#define TARGET HERE("target", "T", "scalar, avx2, avx512 or neon")
#define REAL HERE("real", "R", "float or double")
#define BUILDING SET, TARGET, REAL
#define OUTPUT(argument, help) \
    { "output", 'o', argument, help, OPTION_DRIVER }
#define RESULT(argument, help) \
    { "output", 'o', argument, help, OPTION_TRAINER }
#define JSON HERE("json", NULL, "as JSON")
#define WEIGHTS PASSED("weights", "W", "a safetensors file, or a RUN; a RUN as operand fills it in")
#define DATA PASSED("data", "PATH", "a folder of IDX files, or one; the spec's source if not given")
#define SPLIT PASSED("split", "NAME", "test or train (test)")
#define THREADS PASSED("threads", "N", "threads (the processors)")
#define QUIET PASSED("quiet", NULL, "no progress on stderr")

static const struct option_row check_options[] = {SET, HERE("ids", NULL, "end each message with its id in brackets")};
static const struct option_row show_options[] = {SET, JSON};
static const struct option_row emit_options[] = {
    OUTPUT("FILE.c", "write there instead of stdout"),
    SET,
    TARGET,
    REAL,
    HERE("dump", "PASS", "instead of C what a pass made: ast, shapes, graph or plan"),
};
static const struct option_row build_options[] = {OUTPUT("BIN", "the trainer; the model's name if not given"),
                                                  BUILDING};

#define ARGUMENT_REAL "X"
#define ARGUMENT_POSITIVE "X"
#define ARGUMENT_FRACTION "X"
#define ARGUMENT_WHOLE "N"
#define ARGUMENT_OPTIMIZER "NAME"
#define ARGUMENT_REDUCTION "NAME"
static const struct option_row train_options[] = {
    DATA,
    PASSED("out", "RUN", "folder of the run (runs/MODEL)"),
#define SETTING(id, kind, default_value, minimum, maximum, doc) PASSED(#id, ARGUMENT_##kind, doc),
#include "../runtime/settings.def"
#undef SETTING
    BUILDING,
    THREADS,
    PASSED("steps", "N", "end after so many steps"),
    PASSED("limit", "N", "only the first N samples of each split"),
    PASSED("init", "FILE", "initial weights, safetensors"),
    PASSED("no_shuffle", NULL, "samples in the order of the file"),
    PASSED("trace", "FILE.csv", "write the loss of every step there"),
    QUIET,
    LATER("resume", NULL, "go on with an interrupted run"),
    LATER("checkpoint_seconds", "S", "time between checkpoints"),
    LATER("deadline", "SECONDS", "stop with a checkpoint after this time"),
};
static const struct option_row evaluate_options[] = {WEIGHTS, DATA,    SPLIT, PASSED("json", NULL, "as JSON"),
                                                     THREADS, BUILDING};
static const struct option_row encode_options[] = {WEIGHTS, DATA,    SPLIT, RESULT("FILE", "codes, .csv or .npy"),
                                                   THREADS, BUILDING};
static const struct option_row decode_options[] = {WEIGHTS, PASSED("latent", "FILE", "codes, .csv or .npy"),
                                                   RESULT("FILE", "outputs, .npy or .png"), THREADS, BUILDING};
static const struct option_row reconstruct_options[] = {
    WEIGHTS, DATA,    SPLIT, PASSED("count", "N", "samples (10)"), RESULT("FILE", "inputs and outputs, .png or .npy"),
    THREADS, BUILDING};
static const struct option_row sample_options[] = {WEIGHTS,
                                                   PASSED("count", "N", "samples (100)"),
                                                   PASSED("seed", "N", "seed of the samples (1)"),
                                                   RESULT("FILE", "outputs, .png or .npy"),
                                                   THREADS,
                                                   BUILDING};
static const struct option_row grid_options[] = {
    WEIGHTS,
    PASSED("cells", "N", "cells along each side (12)"),
    PASSED("from", "X,Y", "the corner below left"),
    PASSED("to", "X,Y", "the corner above right"),
    RESULT("FILE", "the plane, .png or .npy"),
    THREADS,
    BUILDING,
};
static const struct option_row measure_options[] = {WEIGHTS, DATA, PASSED("json", NULL, "as JSON"), THREADS, BUILDING};
static const struct option_row info_options[] = {PASSED("json", NULL, "as JSON"), BUILDING};
static const struct option_row bench_options[] = {PASSED("batch", "N", "samples in a step (the spec's)"), THREADS,
                                                  PASSED("json", NULL, "as JSON"), BUILDING};

static const struct option_row new_options[] = {HERE("template", "NAME", "ae, conv or vae"),
                                                OUTPUT("FILE", "write there instead of stdout")};
static const struct option_row graph_options[] = {SET, OUTPUT("FILE", "the picture, .svg or .png")};
static const struct option_row fmt_options[] = {{"in_place", 'i', NULL, "rewrite the files", OPTION_DRIVER},
                                                HERE("check", NULL, "only tell which files would change")};
static const struct option_row sweep_options[] = {SET, HERE("out", "DIR", "folder of the sweep"),
                                                  HERE("jobs", "N", "runs at the same time"),
                                                  HERE("dry_run", NULL, "list the runs, train none")};
static const struct option_row report_options[] = {SET, OUTPUT("FILE.html", "the page")};

#define OPTIONS(table) .options = table##_options, .option_count = sizeof table##_options / sizeof *table##_options
#define SPEC_OR_RUN .operands = "SPEC|RUN", .operands_min = 1, .operands_max = 1
#define ONE(what) .operands = what, .operands_min = 1, .operands_max = 1
#define SEVERAL(what) .operands = what, .operands_min = 1, .operands_max = SIZE_MAX

const struct command commands[] = {
    {.name = "check",
     SEVERAL("SPEC..."),
     .summary = "check specs; silent when they are fine",
     .run = command_check,
     .examples = "  aespec check specs/*.aespec\n  aespec check --set p=0.1 specs/ael.aespec\n",
     OPTIONS(check)},
    {.name = "show",
     ONE("SPEC"),
     .summary = "the layers, their shapes, parameters and FLOPs",
     .run = command_show,
     .examples = "  aespec show specs/aec.aespec\n  aespec show --json specs/vae.aespec\n",
     OPTIONS(show)},
    {.name = "emit",
     ONE("SPEC"),
     .summary = "the C that a spec becomes",
     .run = command_emit,
     .examples = "  aespec emit specs/aec.aespec -o aec.c\n  aespec emit --dump=plan specs/aec.aespec\n",
     OPTIONS(emit)},
    {.name = "build",
     ONE("SPEC"),
     .summary = "a stand-alone trainer",
     .run = command_build,
     .examples = "  aespec build specs/vae.aespec && ./vae train --help\n"
                 "  CC=clang aespec build specs/ael.aespec --set p=0.1 -o ael-dropout\n",
     OPTIONS(build)},
    {.name = "train",
     SPEC_OR_RUN,
     .summary = "train; the run goes to runs/MODEL",
     .run = command_train,
     .examples = "  aespec train specs/vae.aespec\n"
                 "  aespec train specs/ael.aespec --set p=0.1 --epochs 4 --out runs/dropout\n",
     OPTIONS(train)},
    {.name = "evaluate",
     SPEC_OR_RUN,
     .summary = "the loss on the test data",
     .run = command_trainer,
     .examples = "  aespec evaluate runs/vae\n  aespec evaluate runs/vae --split train --json\n",
     OPTIONS(evaluate)},
    {.name = "encode",
     SPEC_OR_RUN,
     .summary = "the codes of the data",
     .run = command_trainer,
     .examples = "  aespec encode runs/vae -o codes.csv\n",
     OPTIONS(encode)},
    {.name = "decode",
     SPEC_OR_RUN,
     .summary = "outputs for codes",
     .run = command_trainer,
     .examples = "  aespec decode runs/vae --latent codes.csv -o pictures.npy\n",
     OPTIONS(decode)},
    {.name = "reconstruct",
     SPEC_OR_RUN,
     .summary = "inputs and what becomes of them",
     .run = command_trainer,
     .examples = "  aespec reconstruct runs/vae --count 20 -o pairs.png\n",
     OPTIONS(reconstruct)},
    {.name = "sample",
     SPEC_OR_RUN,
     .summary = "outputs for codes drawn from the prior",
     .run = command_trainer,
     .examples = "  aespec sample runs/vae --count 64 --seed 7 -o samples.png\n",
     OPTIONS(sample)},
    {.name = "grid",
     SPEC_OR_RUN,
     .summary = "the plane of two latent units, decoded",
     .run = command_trainer,
     .examples = "  aespec grid runs/vae --cells 20 -o plane.png\n"
                 "  aespec grid runs/vae --from -1,-1 --to 1,1 -o middle.png\n",
     OPTIONS(grid)},
    {.name = "measure",
     SPEC_OR_RUN,
     .summary = "measures of the latent space",
     .run = command_trainer,
     .examples = "  aespec measure runs/vae\n  aespec measure runs/vae --json\n",
     OPTIONS(measure)},
    {.name = "info",
     SPEC_OR_RUN,
     .summary = "what a trainer knows of its model",
     .run = command_trainer,
     .examples = "  aespec info specs/vae.aespec --json\n",
     OPTIONS(info)},
    {.name = "bench",
     SPEC_OR_RUN,
     .summary = "the time of a step and its kernels, beside the processor's peak",
     .run = command_trainer,
     .examples = "  aespec bench specs/aec.aespec --batch 128\n  aespec bench specs/vae.aespec --threads 1 --json\n",
     OPTIONS(bench)},
    {.name = "new",
     .operands = "",
     .summary = "a commented spec to start from",
     .examples = "  aespec new --template vae -o mine.aespec\n",
     OPTIONS(new)},
    {.name = "graph",
     ONE("SPEC"),
     .summary = "a picture of the topology",
     .examples = "  aespec graph specs/aec.aespec -o aec.svg\n",
     OPTIONS(graph)},
    {.name = "fmt",
     SEVERAL("SPEC..."),
     .summary = "specs in their one canonical form",
     .examples = "  aespec fmt -i specs/*.aespec\n",
     OPTIONS(fmt)},
    {.name = "sweep",
     ONE("SPEC"),
     .summary = "train every point of the spec's sweep",
     .examples = "  aespec sweep specs/aec.aespec --jobs 2\n",
     OPTIONS(sweep)},
    {.name = "report",
     ONE("RUN"),
     .summary = "a run on one page",
     .examples = "  aespec report runs/vae -o vae.html\n",
     OPTIONS(report)},
};
const size_t command_count = sizeof commands / sizeof *commands;
