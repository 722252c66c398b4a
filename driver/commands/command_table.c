#include "driver/commands/command_table.h"

#include <stdint.h>

#include "driver/commands/commands.h"

#define HERE(name, argument, help) \
    { name, 0, argument, help, OPTION_DRIVER }
#define PASSED(name, argument, help) \
    { name, 0, argument, help, OPTION_TRAINER }
#define LATER(name, argument, help) \
    { name, 0, argument, help, OPTION_LATER }

#define SET HERE("set", "NAME=EXPR", "rebind a const or a train setting; repeatable")
// The words of a choice stand in the order of their enum in compiler.h.
#define TARGET HERE("target", "scalar|avx2|avx512|neon", "the instructions it is made of")
#define REAL HERE("real", "float|double", "the type of its numbers; double is for scalar alone")
#define BUILDING SET, TARGET, REAL
#define OUTPUT(argument, help) \
    { "output", 'o', argument, help, OPTION_DRIVER }
#define RESULT(argument, help) \
    { "output", 'o', argument, help, OPTION_TRAINER }
#define JSON HERE("json", NULL, "as JSON")
#define WEIGHTS PASSED("weights", "FILE|RUN", "a safetensors file, or a RUN; a RUN as operand fills it in")
#define DATA PASSED("data", "PATH", "a folder of IDX files, or one; the spec's source if not given")
#define RUN_DATA PASSED("data", "PATH", "a folder of IDX files, or one; those of the run if not given")
#define SPLIT PASSED("split", "test|train", "which samples (test)")
#define THREADS PASSED("threads", "N", "threads (the processors)")
#define QUIET PASSED("quiet", NULL, "no progress on stderr")

static const struct option_row check_options[] = {SET, HERE("ids", NULL, "end each message with its id in brackets")};
static const struct option_row show_options[] = {SET, JSON};
static const struct option_row emit_options[] = {
    OUTPUT("FILE.c", "write there instead of stdout"),
    SET,
    TARGET,
    REAL,
    HERE("dump", "ast|shapes|graph|plan", "instead of C what this pass made"),
};
static const struct option_row build_options[] = {OUTPUT("BIN", "the trainer; the model's name if not given"),
                                                  BUILDING};

#define ARGUMENT_REAL "X"
#define ARGUMENT_POSITIVE "X"
#define ARGUMENT_FRACTION "X"
#define ARGUMENT_WHOLE "N"
// The words of a choice, each with '|' in front.
static const char optimizers[] =
#define OPTIMIZER(word, states, reads) "|" #word
#include "language/settings.def"
    ;
static const char reductions[] =
#define REDUCTION(word) "|" #word
#include "language/settings.def"
    ;
#define ARGUMENT_OPTIMIZER (optimizers + 1)
#define ARGUMENT_REDUCTION (reductions + 1)
static const struct option_row train_options[] = {
    DATA,
    PASSED("out", "RUN", "folder of the run (runs/MODEL)"),
#define SETTING(id, kind, default_value, minimum, maximum, doc) PASSED(#id, ARGUMENT_##kind, doc),
#include "language/settings.def"
    BUILDING,
    THREADS,
    PASSED("steps", "N", "end after so many steps"),
    PASSED("limit", "N", "only the first N samples of each split"),
    PASSED("init", "FILE.safetensors", "initial weights"),
    PASSED("no_shuffle", NULL, "samples in the order of the file"),
    PASSED("trace", "FILE.csv", "write the loss of every step there"),
    QUIET,
    LATER("resume", NULL, "go on with an interrupted run"),
    LATER("checkpoint_seconds", "S", "time between checkpoints"),
    LATER("deadline", "SECONDS", "stop with a checkpoint after this time"),
};
static const struct option_row evaluate_options[] = {WEIGHTS, DATA,    SPLIT, PASSED("json", NULL, "as JSON"),
                                                     THREADS, BUILDING};
static const struct option_row encode_options[] = {WEIGHTS, DATA,    SPLIT, RESULT("FILE.csv|.npy", "codes"),
                                                   THREADS, BUILDING};
static const struct option_row decode_options[] = {WEIGHTS, PASSED("latent", "FILE.csv|.npy", "codes"),
                                                   RESULT("FILE.npy|.png", "outputs"), THREADS, BUILDING};
static const struct option_row reconstruct_options[] = {
    WEIGHTS, DATA,    SPLIT, PASSED("count", "N", "samples (10)"), RESULT("FILE.png|.npy", "inputs and outputs"),
    THREADS, BUILDING};
static const struct option_row sample_options[] = {WEIGHTS,
                                                   PASSED("count", "N", "samples (100)"),
                                                   PASSED("seed", "N", "seed of the samples (1)"),
                                                   RESULT("FILE.png|.npy", "outputs"),
                                                   THREADS,
                                                   BUILDING};
static const struct option_row grid_options[] = {
    WEIGHTS,
    PASSED("cells", "N", "cells along each side (12)"),
    PASSED("from", "X,Y", "the corner below left"),
    PASSED("to", "X,Y", "the corner above right"),
    RESULT("FILE.png|.npy", "the plane"),
    THREADS,
    BUILDING,
};
static const struct option_row figures_options[] = {DATA, SPLIT, BUILDING};
static const struct option_row measure_options[] = {
    WEIGHTS,
    DATA,
    PASSED("parts", "N", "knn of each of N equal parts of the units, too"),
    PASSED("json", NULL, "as JSON"),
    THREADS,
    BUILDING};
static const struct option_row info_options[] = {PASSED("json", NULL, "as JSON"), BUILDING};
static const struct option_row bench_options[] = {PASSED("batch", "N", "samples in a step (the spec's)"), THREADS,
                                                  PASSED("json", NULL, "as JSON"), BUILDING};

static const struct option_row new_options[] = {HERE("template", "ae|conv|vae", "what to start from (ae)"),
                                                OUTPUT("FILE.aespec", "write there instead of stdout")};
static const struct option_row graph_options[] = {SET, OUTPUT("FILE.svg|.png", "the picture")};
static const struct option_row fmt_options[] = {
    {"in_place", 'i', NULL, "rewrite the files that are not in it", OPTION_DRIVER},
    HERE("check", NULL, "list the files that are not in it; exit 1 if there is one")};
static const struct option_row sweep_options[] = {
    HERE("data", "PATH", "a folder of IDX files, or one; the spec's source if not given"),
    HERE("out", "DIR", "folder of the sweep (runs/MODEL-sweep)"),
    HERE("jobs", "N", "trainings at the same time (the processors)"),
    HERE("dry_run", NULL, "list the trainings and the time they will take, train none"),
    HERE("limit", "N", "only the first N samples of each split"),
    HERE("quiet", NULL, "no progress on stderr"),
    BUILDING,
};
static const struct option_row report_options[] = {OUTPUT("FILE.html", "the page (RUN/report.html)"), RUN_DATA, SPLIT,
                                                   THREADS, TARGET};

#define OPTIONS(table) .options = table##_options, .option_count = sizeof table##_options / sizeof *table##_options
#define SPEC_OR_RUN .operands = "SPEC|RUN", .operands_min = 1, .operands_max = 1
#define ONE(what) .operands = what, .operands_min = 1, .operands_max = 1
#define SEVERAL(what) .operands = what, .operands_min = 1, .operands_max = SIZE_MAX

const struct command commands[] = {
    {.name = "new",
     .operands = "",
     .summary = "a commented spec to start from",
     .description =
         "The spec works as it stands, on the MNIST images in data/mnist. Its model is named as its file. No file is\n"
         "written over.\n",
     .run = command_new,
     .examples = "  aespec new -o first.aespec && aespec train first.aespec\n"
                 "  aespec new --template vae -o digits.aespec\n  aespec new --template conv | less\n",
     OPTIONS(new)},
    {.name = "check",
     SEVERAL("SPEC..."),
     .summary = "check specs; silent when they are fine",
     .description =
         "A spec is checked for everything but its data: words, names, numbers, shapes. All errors that can be\n"
         "found are told at once, each with its place. Of several specs, the exit code is the first that is not 0.\n",
     .run = command_check,
     .examples = "  aespec check specs/*.aespec\n  aespec check --set p=0.1 specs/ael.aespec\n",
     OPTIONS(check)},
    {.name = "show",
     ONE("SPEC"),
     .summary = "the layers, their shapes, parameters and FLOPs",
     .description =
         "A line for each layer: its output's shape, its parameters, the FLOPs of a sample; then the loss.\n",
     .run = command_show,
     .examples = "  aespec show specs/aec.aespec\n  aespec show --json specs/vae.aespec\n",
     OPTIONS(show)},
    {.name = "graph",
     ONE("SPEC"),
     .summary = "a picture of the topology, to scale",
     .description =
         "Images are stacks of sheets to scale, vectors are bars, a kernel stands at one of its places. A PNG is made\n"
         "by rsvg-convert, an SVG needs nothing.\n",
     .run = command_graph,
     .examples = "  aespec graph specs/aec.aespec -o aec.svg\n  aespec graph --set p=0.1 specs/ael.aespec -o ael.png\n",
     OPTIONS(graph)},
    {.name = "fmt",
     SEVERAL("SPEC..."),
     .summary = "specs in their one canonical form",
     .description = "Without -i or --check, one spec in its form goes to stdout. Comments and single blank lines are "
                    "kept. Only the\n"
                    "grammar is asked for: a spec that is refused for its meaning has a form, too.\n",
     .run = command_fmt,
     .examples = "  aespec fmt mine.aespec\n  aespec fmt -i specs/*.aespec\n  aespec fmt --check specs/*.aespec\n",
     OPTIONS(fmt)},
    {.name = "emit",
     ONE("SPEC"),
     .summary = "the C that a spec becomes",
     .description = "Without --target the C is plain C11, for any processor. All targets compute the same bits.\n",
     .run = command_emit,
     .examples = "  aespec emit specs/aec.aespec -o aec.c\n  aespec emit --dump=plan specs/aec.aespec\n",
     OPTIONS(emit)},
    {.name = "build",
     ONE("SPEC"),
     .summary = "a stand-alone trainer",
     .description =
         "The trainer is one file and needs libc, libm, zlib and libpng to run. It takes the commands from train on\n"
         "without SPEC: ./vae train --epochs 4. Without --target it is for the widest vectors that this processor\n"
         "has. A file that is no trainer is not replaced.\n",
     .run = command_build,
     .examples = "  aespec build specs/vae.aespec && ./vae train --help\n"
                 "  CC=clang aespec build specs/ael.aespec --set p=0.1 -o ael-dropout\n",
     OPTIONS(build)},
    {.name = "train",
     SPEC_OR_RUN,
     .summary = "train; the run goes to runs/MODEL",
     .description =
         "Builds the trainer if the cache has none yet, trains, and draws the figures.\n"
         "An option beats --set, --set beats the spec, the spec beats the default. A const that shapes the network\n"
         "is compiled in; one that is used only in train or as a weight of the loss compiles nothing anew. The\n"
         "folder of --out may not hold a run already.\n",
     .run = command_train,
     .examples = "  aespec train specs/vae.aespec\n"
                 "  aespec train specs/ael.aespec --set p=0.1 --epochs 4 --out runs/dropout\n",
     OPTIONS(train)},
    {.name = "evaluate",
     SPEC_OR_RUN,
     .summary = "the loss on the test data",
     .description =
         "The mean over all samples of the loss and of each of its lines, the latter without their weights.\n",
     .run = command_trainer,
     .examples = "  aespec evaluate runs/vae\n  aespec evaluate runs/vae --split train --json\n",
     OPTIONS(evaluate)},
    {.name = "encode",
     SPEC_OR_RUN,
     .summary = "the codes of the data",
     .description =
         "A row for each sample. A .csv has a head line, of a gaussian latent log sigma too, and labels where the\n"
         "data have them; a .npy has the codes alone.\n",
     .run = command_trainer,
     .examples = "  aespec encode runs/vae -o codes.csv\n",
     OPTIONS(encode)},
    {.name = "decode",
     SPEC_OR_RUN,
     .summary = "outputs for codes",
     .description = "Outputs are in the data's own units. Pictures stand in a square as small as holds them.\n",
     .run = command_trainer,
     .examples = "  aespec decode runs/vae --latent codes.csv -o pictures.npy\n",
     OPTIONS(decode)},
    {.name = "reconstruct",
     SPEC_OR_RUN,
     .summary = "inputs and what becomes of them",
     .description = "Inputs above, outputs below.\n",
     .run = command_trainer,
     .examples = "  aespec reconstruct runs/vae --count 20 -o pairs.png\n",
     OPTIONS(reconstruct)},
    {.name = "sample",
     SPEC_OR_RUN,
     .summary = "outputs for codes drawn from the prior",
     .description = "Needs a gaussian latent.\n",
     .run = command_trainer,
     .examples = "  aespec sample runs/vae --count 64 --seed 7 -o samples.png\n",
     OPTIONS(sample)},
    {.name = "grid",
     SPEC_OR_RUN,
     .summary = "the plane of two latent units, decoded",
     .description =
         "The first unit grows to the right, the second upwards. Without --from and --to the corners are the 1st and\n"
         "99th percentile of the training data's codes, which the weights remember.\n",
     .run = command_trainer,
     .examples = "  aespec grid runs/vae --cells 20 -o plane.png\n"
                 "  aespec grid runs/vae --from -1,-1 --to 1,1 -o middle.png\n",
     OPTIONS(grid)},
    {.name = "figures",
     ONE("RUN"),
     .summary = "the figures of a run, made again",
     .description =
         "Loss and its terms against the epochs, the codes in a plane, the spread of each latent unit, that plane\n"
         "decoded, and some reconstructions: in RUN/figures, where train has put them the first time, each plot with\n"
         "its gnuplot script and its data. Of an interrupted run, too.\n",
     .run = command_figures,
     .examples = "  aespec figures runs/vae\n  aespec figures runs/vae --split train\n",
     OPTIONS(figures)},
    {.name = "measure",
     SPEC_OR_RUN,
     .summary = "measures of the latent space",
     .description =
         "Nearest neighbours, offset, divergence from the prior, how evenly the codes fill their region, and what the\n"
         "decoder makes of the places between them. docs/commands.md has each formula.\n",
     .run = command_trainer,
     .examples = "  aespec measure runs/vae\n  aespec measure runs/vae --json\n"
                 "  aespec measure runs/aec_latent --parts 64\n",
     OPTIONS(measure)},
    {.name = "report",
     ONE("RUN"),
     .summary = "a run on one page",
     .description = "One HTML file that needs no other and no network: spec, topology, losses, latent space, "
                    "reconstructions with\n"
                    "the best and the worst ones, the decoded plane, measures, speed, and how to repeat the run. The "
                    "same run gives\n"
                    "the same bytes.\n",
     .run = command_report,
     .examples = "  aespec report runs/vae\n  aespec report runs/vae --split train -o vae.html\n",
     OPTIONS(report)},
    {.name = "sweep",
     ONE("SPEC"),
     .summary = "train every point of the spec's sweep",
     .description =
         "Points that must end in the same numbers are trained once: a setting that the optimizer does not read makes\n"
         "no difference, and a shorter training is the beginning of a longer one. A stopped sweep goes on by the same\n"
         "command with the trainings that it lacks. DIR gets sweep.csv, ranking.csv, plots and every run.\n",
     .run = command_sweep,
     .examples =
         "  aespec sweep specs/aec.aespec --dry-run\n  aespec sweep specs/aec.aespec --jobs 2 --out runs/sweep\n",
     OPTIONS(sweep)},
    {.name = "info",
     SPEC_OR_RUN,
     .summary = "what a trainer knows of its model",
     .run = command_trainer,
     .examples = "  aespec info specs/vae.aespec --json\n",
     OPTIONS(info)},
    {.name = "bench",
     SPEC_OR_RUN,
     .summary = "the time of a step and its kernels, beside the processor's peak",
     .description =
         "Trains on random input with a learning rate of 0 and keeps nothing, so it needs no data. Steps take turns\n"
         "with bursts of multiply-adds, whose rate is the peak. A kernel's time is that of one thread divided by the\n"
         "threads; beside it stands what the compiler expected.\n",
     .run = command_trainer,
     .examples = "  aespec bench specs/aec.aespec --batch 128\n  aespec bench specs/vae.aespec --threads 1 --json\n",
     OPTIONS(bench)},
};
const size_t command_count = sizeof commands / sizeof *commands;

const char program_summary[] = "a compiler for autoencoders: a spec in, plain C out, and the trainer made of it";
const char program_description[] =
    "SPEC is an .aespec file; its language is that of aespec(5). RUN is the folder that training leaves; its spec\n"
    "and its --sets are remembered there, so a RUN may stand wherever a SPEC may, and its weights are taken where\n"
    "the command needs some.\n"
    "\n"
    "Options may stand anywhere on the line. Data goes to stdout, words go to stderr. Files are written whole or\n"
    "not at all. The same seed gives the same bytes, with any C compiler and on any number of threads.\n";
