#include "driver/trainers/prepare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "compiler/spec.h"
#include "driver/trainers/build.h"
#include "driver/trainers/sets.h"
#include "runtime/api/build.h"
#include "runtime/api/command_rows.h"
#include "runtime/commands/checks.h"

static bool stderr_has_colour(void) {
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_colour && *no_colour) && !(kind && strcmp(kind, "dumb") == 0);
}

int compile_options_read(struct arena *arena, const struct line *line, const char *spec,
                         struct compile_options *options) {
    *options = (struct compile_options){.path = spec, .colour = stderr_has_colour()};
    options->set_count = line_values(arena, line, "set", &options->sets);
    options->target = (enum target)line_choice(line, "target", TARGET_SCALAR);
    options->real = (enum real)line_choice(line, "real", REAL_FLOAT);
    if (options->real != REAL_DOUBLE || options->target == TARGET_SCALAR) return EXIT_OK;
    return line_refuse(line, EXIT_USAGE, "--real=double requires --target=scalar, found --target=%s",
                       line_value(line, "target"));
}

void target_choose(const struct line *line, struct compile_options *options) {
    if (!line_has(line, "target") && options->real == REAL_FLOAT) options->target = target_of_host();
}

static void put_sets_before(struct arena *arena, const struct run_folder *run, struct compile_options *options) {
    const char **all = ARENA_ARRAY(arena, const char *, run->set_count + options->set_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < run->set_count; i++)
        all[count++] = run->sets[i];
    for (size_t i = 0; i < options->set_count; i++)
        all[count++] = options->sets[i];
    options->sets = all;
    options->set_count = count;
}

static int read_operand(struct arena *arena, const struct line *line, struct prepared *prepared) {
    const char *operand = line->operands[0];
    int code = folder_exists(operand) ? run_folder_read(arena, operand, &prepared->run) : EXIT_OK;
    const struct run_folder *run = &prepared->run;
    struct compile_options *options = &prepared->options;
    if (code == EXIT_OK) code = compile_options_read(arena, line, run->path ? run->spec : operand, options);
    if (code != EXIT_OK) return code;
    if (!line_has(line, "real")) options->real = run->real;
    target_choose(line, options);
    put_sets_before(arena, run, options);
    return compilation_open(options, &prepared->compilation);
}

static bool is_command(const struct line *line, enum command_name name) {
    return line->command == &line->table->commands[name];
}

static int check_path(const struct line *line, const char *path) {
    if (access(path, R_OK) == 0) return EXIT_OK;
    return line_refuse(line, EXIT_FILE, "cannot read %s: %s", path, error_text(errno));
}

int inputs_check(const struct line *line, const struct compilation *compilation) {
    int code = EXIT_OK;
    for (size_t i = 0; i < line->given_count && code == EXIT_OK; i++) {
        enum value_kind kind = line->given[i].option->value.kind;
        if (kind == VALUE_INPUT || kind == VALUE_TABLE) code = check_path(line, line->given[i].value);
    }
    const struct option_row *data = option_find(line->table, line->command, "data");
    if (code != EXIT_OK || !data || line_has(line, "data")) return code;
    if (is_command(line, COMMAND_report)) return EXIT_OK;    // it uses the data of the run
    const struct spec *spec = compilation_spec(compilation);
    if (spec->source) return check_path(line, spec->source);
    return line_refuse(line, EXIT_USAGE, "--data is missing, and the spec of %s has no source", spec->model);
}

// Checks the weights that the command reads: those of --weights or of the run. figures and report take only a run.
static int check_weights(struct arena *arena, const struct line *line, const struct run_folder *run) {
    const struct option_row *weights = option_find(line->table, line->command, "weights");
    if (!weights && !is_command(line, COMMAND_figures) && !is_command(line, COMMAND_report)) return EXIT_OK;
    if (line_has(line, "weights")) return EXIT_OK;
    if (!run->path) return line_require(line, weights);
    if (file_exists(arena_print(arena, "%s/weights.safetensors", run->path))) return EXIT_OK;
    return line_refuse(line, EXIT_FILE, "%s is not a run directory: weights.safetensors is missing", run->path);
}

static int check_model(const struct line *line, const struct prepared *prepared) {
    const struct spec *spec = compilation_spec(prepared->compilation);
    struct model_facts facts = {.latent_name = spec->latent.name.text,
                                .latent_is_gaussian = spec->latent.kind == LATENT_gaussian,
                                .latent_count = shape_count(spec->latent.shape),
                                .input = spec->input.size,
                                .input_rank = (size_t)spec->input.rank};
    return line_check_model(line, &facts);
}

// The folder of a new run must not contain a run.
static int check_out(struct arena *arena, const struct line *line, const struct prepared *prepared) {
    if (!is_command(line, COMMAND_train)) return EXIT_OK;
    const char *out = line_value(line, "out");
    if (!out) out = arena_print(arena, "runs/%s", compilation_spec(prepared->compilation)->model);
    if (!file_exists(arena_print(arena, "%s/run.json", out))) return EXIT_OK;
    return line_refuse(line, EXIT_USAGE, "%s already contains a run (run.json); choose another folder with --out", out);
}

static void pass_options(struct arena *arena, const struct line *line, struct words *words) {
    for (size_t i = 0; i < line->given_count; i++) {
        const struct option_row *option = line->given[i].option;
        if (option->reader != OPTION_BOTH) continue;
        words_add(arena, words, arena_print(arena, "--%s", option_spelling(arena, option->name)));
        if (line->given[i].value) words_add(arena, words, line->given[i].value);
    }
}

static void write_words(struct arena *arena, const struct line *line, const char *trainer, const struct sets *run_time,
                        struct prepared *prepared) {
    struct words *words = &prepared->words;
    words_program(arena, words, trainer, AESPEC_NAME);
    words_add(arena, words, line->command->name);
    for (size_t i = 0; i < run_time->count; i++) {
        words_add(arena, words, "--set");
        words_add(arena, words, run_time->set[i]);
    }
    pass_options(arena, line, words);
    if (prepared->run.path && option_find(line->table, line->command, "weights") && !line_has(line, "weights")) {
        words_add(arena, words, "--weights");
        words_add(arena, words, prepared->run.path);
    }
}

int trainer_prepare(struct arena *arena, const struct line *line, struct prepared *prepared) {
    *prepared = (struct prepared){0};
    struct sets run_time = {0};
    const char *trainer;
    int code = read_operand(arena, line, prepared);
    if (code == EXIT_OK) code = check_model(line, prepared);
    if (code == EXIT_OK) code = check_weights(arena, line, &prepared->run);
    if (code == EXIT_OK) code = inputs_check(line, prepared->compilation);
    if (code == EXIT_OK) code = check_out(arena, line, prepared);
    // Only train takes --set at run time; for the other commands all sets are compiled in.
    if (code == EXIT_OK && is_command(line, COMMAND_train))
        code = sets_split(arena, &prepared->options, &prepared->compilation, &run_time);
    if (code == EXIT_OK) code = trainer_build(arena, &prepared->options, prepared->compilation, &trainer);
    if (code == EXIT_OK) write_words(arena, line, trainer, &run_time, prepared);
    return code;
}

void prepared_close(struct prepared *prepared) {
    compilation_close(prepared->compilation);
}
