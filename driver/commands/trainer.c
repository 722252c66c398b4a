// train, evaluate and their like: from SPEC or RUN to a trainer in the cache, and its command line.
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/buffer.h"
#include "base/folder.h"
#include "base/message.h"
#include "base/number.h"
#include "driver/commands/commands.h"
#include "driver/plots/figures.h"
#include "driver/trainers/build.h"
#include "driver/trainers/process.h"
#include "driver/trainers/run_folder.h"
#include "driver/trainers/sets.h"
#include "runtime/api/build.h"

static void add_set(struct sets *sets, const char *set) {
    sets->set[sets->count++] = set;
}

const char *sets_assignment(struct arena *arena, const char *name, const json_t *value) {
    const char *text = json_is_string(value) ? json_string_value(value) : number_text(arena, json_number_value(value));
    return arena_print(arena, "%s=%s", name, text);
}

// NAME=VALUE when the const or setting can change without compiling, else NULL. `shown` is `show --json`.
static const char *run_time_value(struct arena *arena, const json_t *shown, const char *name) {
    const json_t *setting = json_object_get(json_object_get(shown, "train"), name);
    if (setting) return sets_assignment(arena, name, setting);
    const json_t *consts = json_object_get(shown, "consts");
    for (size_t i = 0; i < json_array_size(consts); i++) {
        const json_t *row = json_array_get(consts, i);
        const char *row_name = json_string_value(json_object_get(row, "name"));
        if (row_name && strcmp(row_name, name) == 0 && json_is_true(json_object_get(row, "run_time")))
            return sets_assignment(arena, name, json_object_get(row, "value"));
    }
    return NULL;
}

static bool set_again(const struct compile_options *options, size_t place, const char *name) {
    size_t length = strlen(name);
    for (size_t i = place + 1; i < options->set_count; i++)
        if (strncmp(options->sets[i], name, length) == 0 && options->sets[i][length] == '=') return true;
    return false;
}

int sets_split(struct arena *arena, struct compile_options *options, struct sets *run_time) {
    *run_time = (struct sets){ARENA_ARRAY(arena, const char *, options->set_count + 1), 0};
    if (options->set_count == 0) return EXIT_OK;
    struct buffer text = {0};
    int code = compile_show(options, true, &text);
    if (code != EXIT_OK) return code;
    json_t *shown = json_loadb(text.text, text.length, 0, NULL);
    buffer_free(&text);
    struct sets compiled = {ARENA_ARRAY(arena, const char *, options->set_count + 1), 0};
    for (size_t i = 0; i < options->set_count; i++) {
        const char *name = arena_copy(arena, options->sets[i], strcspn(options->sets[i], "="));
        const char *value = run_time_value(arena, shown, name);
        if (!value)
            add_set(&compiled, options->sets[i]);
        else if (!set_again(options, i, name))
            add_set(run_time, value);
    }
    json_decref(shown);
    options->sets = compiled.set;
    options->set_count = compiled.count;
    return EXIT_OK;
}

static void put_sets_before(struct arena *arena, const struct run_folder *run, struct compile_options *options) {
    struct sets all = {ARENA_ARRAY(arena, const char *, run->set_count + options->set_count + 1), 0};
    for (size_t i = 0; i < run->set_count; i++)
        add_set(&all, run->sets[i]);
    for (size_t i = 0; i < options->set_count; i++)
        add_set(&all, options->sets[i]);
    options->sets = all.set;
    options->set_count = all.count;
}

static void forward(struct arena *arena, const struct line *line, struct words *words) {
    for (size_t i = 0; i < line->given_count; i++) {
        const struct option_row *option = line->given[i].option;
        if (option->use != OPTION_TRAINER) continue;
        words_add(arena, words,
                  option->letter ? arena_print(arena, "-%c", option->letter)
                                 : arena_print(arena, "--%s", option_spelling(arena, option->name)));
        if (option->argument) words_add(arena, words, line->given[i].value);
    }
}

int trainer_prepare(struct arena *arena, const struct line *line, struct words *words) {
    const char *operand = line->operands[0], *trainer;
    struct run_folder run = {0};
    int code = folder_exists(operand) ? run_folder_read(arena, operand, &run) : EXIT_OK;
    struct compile_options options;
    if (code == EXIT_OK) code = compile_options_read(arena, line, run.path ? run.spec : operand, &options);
    if (code != EXIT_OK) return code;
    if (!line_value(line, "real")) options.real = run.real;
    target_choose(line, &options);
    put_sets_before(arena, &run, &options);
    struct sets run_time = {0};
    bool trains = line->command->run == command_train;
    if (trains) code = sets_split(arena, &options, &run_time);
    if (code == EXIT_OK) code = trainer_build(arena, &options, &trainer);
    if (code != EXIT_OK) return code;
    words_program(arena, words, trainer, AESPEC_NAME);
    words_add(arena, words, line->command->name);
    for (size_t i = 0; i < run_time.count; i++) {
        words_add(arena, words, "--set");
        words_add(arena, words, run_time.set[i]);
    }
    forward(arena, line, words);
    if (run.path && command_option(line->command, "weights") && !line_value(line, "weights")) {
        words_add(arena, words, "--weights");
        words_add(arena, words, run.path);
    }
    return EXIT_OK;
}

int command_trainer(struct arena *arena, const struct line *line) {
    struct words words = {0};
    int code = trainer_prepare(arena, line, &words);
    if (code != EXIT_OK) return code;
    process_become(&words);
    return message_error(EXIT_FILE, "cannot run %s: %s", words_file(&words), strerror(errno));
}

int command_train(struct arena *arena, const struct line *line) {
    struct words words = {0};
    int code = trainer_prepare(arena, line, &words);
    if (code != EXIT_OK) return code;
    code = process_run(&words, PROCESS_INHERIT);
    if (code < 0) return message_error(EXIT_FILE, "cannot run %s: %s", words_file(&words), strerror(errno));
    // A run is none the worse for figures that cannot be made.
    if (code == EXIT_OK)
        figures_make(arena, &(struct figures){.trainer = words_file(&words),
                                              .run = line_value(line, "out"),
                                              .data = line_value(line, "data"),
                                              .quiet = line_value(line, "quiet") != NULL});
    return code;
}

int command_figures(struct arena *arena, const struct line *line) {
    if (!folder_exists(line->operands[0]))
        return message_error(EXIT_FILE, "figures: %s is no RUN, the folder that training leaves", line->operands[0]);
    struct words words = {0};
    int code = trainer_prepare(arena, line, &words);
    if (code != EXIT_OK) return code;
    return figures_make(arena, &(struct figures){.trainer = words_file(&words),
                                                 .run = line->operands[0],
                                                 .data = line_value(line, "data"),
                                                 .split = line_value(line, "split")});
}
