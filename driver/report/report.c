// report: collects the files of a run and the results and figures of its trainer for one page.
#include "driver/report/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "driver/trainers/prepare.h"
#include "runtime/api/build.h"

// Reads the files of a RUN. All of them must exist.
static int read_run(struct report *report) {
    struct arena *arena = report->arena;
    struct buffer text = {0};
    int code = file_read(arena_print(arena, "%s/run.json", report->run.path), &text);
    if (code != EXIT_OK) return code;
    report->facts = json_loadb(text.text, text.length, 0, NULL);
    buffer_free(&text);
    const char *data = json_string_value(json_object_get(json_object_get(report->facts, "data"), "path"));
    report->own_data = !report->data;
    if (report->own_data) report->data = data;
    code = metrics_read(arena, report->run.path, &report->metrics);
    return code == EXIT_OK ? run_table_read(arena, report->run.path, "timing.csv", &report->timing) : code;
}

// Gets the compiler's views of the spec.
static int read_spec(struct report *report, struct compilation *compilation) {
    report->spec = compilation_spec(compilation);
    compile_highlight(compilation, &report->source);
    compile_graph(compilation, &report->topology);
    return compile_costs(compilation, &report->costs);
}

struct trainer {
    const char *path;
    const struct line *line;
};

static void add_option(struct arena *arena, struct words *words, const char *name, const char *value) {
    if (!value) return;
    words_add(arena, words, arena_print(arena, "--%s", name));
    words_add(arena, words, value);
}

static void trainer_words(const struct report *report, const struct trainer *trainer, const char *command,
                          struct words *words) {
    struct arena *arena = report->arena;
    words_program(arena, words, trainer->path, AESPEC_NAME);
    words_add(arena, words, command);
    add_option(arena, words, "weights", report->run.path);
    add_option(arena, words, "data", report->data);
    add_option(arena, words, "threads", line_value(trainer->line, "threads"));
    if (strcmp(command, "measure") != 0) add_option(arena, words, "split", report->split);
}

// Reads the figures that exist.
static void read_figures(struct report *report, const char *folder) {
    struct {
        const char *name;
        struct table *table;
        struct buffer *picture;
    } figures[] = {{"latent.csv", &report->latent, NULL},
                   {"histogram.csv", &report->histogram, NULL},
                   {"losses.csv", &report->losses, NULL},
                   {"plane.png", NULL, &report->plane},
                   {"reconstructions.png", NULL, &report->reconstructions},
                   {"best.png", NULL, &report->best},
                   {"worst.png", NULL, &report->worst}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        const char *path = arena_print(report->arena, "%s/%s", folder, figures[i].name);
        if (figures[i].table)
            table_read(report->arena, path, figures[i].table);
        else
            file_try_read(path, figures[i].picture);
    }
}

// In a temporary folder, because the figures of the RUN may be of other data or edited by hand. Errors in weights or
// data are reported here, and the output of the later commands is discarded.
static int make_figures(struct report *report, const struct trainer *trainer) {
    const char *given = getenv("TMPDIR"), *above = given && *given ? given : "/tmp";
    const char *folder;
    int code = folder_make_temporary(report->arena, above, "aespec", &folder);
    if (code != EXIT_OK) return code;
    struct words words = {0};
    trainer_words(report, trainer, "figures", &words);
    add_option(report->arena, &words, "output", folder);
    code = process_run(&words, PROCESS_TO_STDERR);
    if (code < 0) code = message_error(EXIT_FILE, "cannot run %s: %s", trainer->path, error_text(errno));
    if (code == EXIT_OK) read_figures(report, folder);
    folder_remove(folder);
    return code;
}

// NULL if the command failed; `code` is its exit code.
static json_t *ask(const struct report *report, const struct trainer *trainer, const char *command, int *code) {
    struct words words = {0};
    trainer_words(report, trainer, command, &words);
    words_add(report->arena, &words, "--json");
    struct buffer answer = {0};
    *code = process_read(&words, &answer);
    json_t *root = *code == 0 ? json_loadb(answer.text, answer.length, 0, NULL) : NULL;
    buffer_free(&answer);
    return root;
}

// Only the measures require training data, so they may be missing.
static int ask_trainer(struct report *report, const struct trainer *trainer) {
    int code;
    report->evaluated = ask(report, trainer, "evaluate", &code);
    if (!report->evaluated) {
        message_error(EXIT_FILE, "cannot evaluate %s", report->run.path);
        return code > 0 ? code : EXIT_FILE;
    }
    report->measured = ask(report, trainer, "measure", &code);
    return code == EXIT_INTERRUPTED ? code : EXIT_OK;
}

static int gather(struct report *report, const struct line *line, struct prepared *prepared) {
    int code = run_folder_read(report->arena, line->operands[0], &report->run);
    if (code == EXIT_OK) code = read_run(report);
    if (code == EXIT_OK) code = trainer_prepare(report->arena, line, prepared);
    if (code != EXIT_OK) return code;
    struct trainer trainer = {words_file(&prepared->words), line};
    code = read_spec(report, prepared->compilation);
    if (code == EXIT_OK) code = make_figures(report, &trainer);
    return code == EXIT_OK ? ask_trainer(report, &trainer) : code;
}

static void report_free(struct report *report) {
    json_decref(report->facts);
    json_decref(report->evaluated);
    json_decref(report->measured);
    buffer_free(&report->source);
    buffer_free(&report->topology);
    buffer_free(&report->plane);
    buffer_free(&report->reconstructions);
    buffer_free(&report->best);
    buffer_free(&report->worst);
}

// `output` is the value of -o; without it the page is written to the run.
static int write_page(const struct report *report, const char *output, const char *path) {
    struct buffer page = {0};
    report_page(report, &page);
    int code = (output ? file_write : file_write_inside)(path, page.text, page.length);
    buffer_free(&page);
    if (code == EXIT_OK) message_note("the report is %s", path);
    return code;
}

int command_report(struct arena *arena, const struct line *line) {
    const char *run = line->operands[0], *output = line_value(line, "output");
    const char *path = output ? output : arena_print(arena, "%s/report.html", run);
    if (!folder_exists(run)) return line_refuse(line, EXIT_FILE, "%s is not a run directory", run);
    struct prepared prepared = {0};
    struct report report = {.arena = arena, .data = line_value(line, "data"), .split = line_value(line, "split")};
    int code = gather(&report, line, &prepared);
    if (code == EXIT_OK) code = write_page(&report, output, path);
    report_free(&report);
    prepared_close(&prepared);
    return code;
}
