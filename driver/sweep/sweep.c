// sweep: trains the points of a spec's sweep block, each result once, then writes tables and plots.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "driver/sweep/sweep.h"
#include "driver/sweep/sweep_plots.h"
#include "driver/trainers/prepare.h"

static size_t processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (size_t)count : 1;
}

static void read_jobs(const struct line *line, struct sweep_run *run) {
    size_t count = processors(), jobs = (size_t)line_whole(line, "jobs", count);
    run->jobs = jobs;
    run->threads = jobs > 0 && count > jobs ? count / jobs : 1;
}

// Prints the options that affect the results. Threads, jobs and targets do not.
static void print_facts(const struct sweep_run *run, struct buffer *out) {
    buffer_print(out, "data %s\nlimit %s\nreal %s\n", run->data ? run->data : "of the spec",
                 run->limit ? run->limit : "none", run->options->real == REAL_DOUBLE ? "double" : "float");
    for (size_t i = 0; i < run->options->set_count; i++)
        buffer_print(out, "set %s\n", run->options->sets[i]);
}

// Writes a file of the folder, or checks that an existing file has the same content.
static int settle(struct arena *arena, const struct sweep_run *run, const char *name, const struct buffer *text) {
    const char *path = arena_print(arena, "%s/%s", run->folder, name);
    struct buffer there = {0};
    int code = EXIT_OK;
    if (path_is_taken(path)) {
        if (!file_try_read(path, &there) || there.length != text->length ||
            memcmp(there.text, text->text, text->length) != 0) {
            code = message_error(EXIT_USAGE, "%s contains another sweep (%s differs); choose another folder with --out",
                                 run->folder, name);
        }
    } else {
        code = file_write_inside(path, text->text, text->length);
    }
    buffer_free(&there);
    return code;
}

// Tries for two seconds to take the lock. Trainings inherit it, so it is released when the last of them ends. Trainings
// of a sweep that was just killed may still write for a moment.
static bool take_lock(int lock) {
    for (int tries = 0; tries < 100; tries++) {
        if (flock(lock, LOCK_EX | LOCK_NB) == 0) return true;
        if (errno != EWOULDBLOCK) return false;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return false;
}

// Creates or checks the folder, and locks it.
static int open_folder(struct arena *arena, const struct sweep_run *run) {
    const char *runs = arena_print(arena, "%s/runs", run->folder);
    int code = folder_make_inside(runs);
    if (code != EXIT_OK) return code;
    int lock = open(arena_print(arena, "%s/lock", run->folder), O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
    if (lock < 0 || !take_lock(lock))
        return message_error(EXIT_FILE,
                             lock >= 0 && errno == EWOULDBLOCK ? "%s is in use by another aespec sweep"
                                                               : "cannot write %s: %s",
                             run->folder, error_text(errno));
    struct buffer spec = {0}, facts = {0};
    print_facts(run, &facts);
    code = file_read(run->options->path, &spec);
    if (code == EXIT_OK) code = settle(arena, run, "spec.aespec", &spec);
    if (code == EXIT_OK) code = settle(arena, run, "made-with.txt", &facts);
    buffer_free(&spec);
    buffer_free(&facts);
    return code;
}

// Removes the folder if no training in it is complete.
static void abandon_folder(struct arena *arena, const struct sweep_run *run) {
    static const char *const names[] = {"spec.aespec", "made-with.txt", "lock"};
    if (rmdir(arena_print(arena, "%s/runs", run->folder)) != 0) return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(arena_print(arena, "%s/%s", run->folder, names[i]));
    rmdir(run->folder);
}

static int show_plan(struct arena *arena, const struct sweep_run *run) {
    struct buffer text = {0};
    sweep_plan_print(run->plan, &text);
    fwrite(text.text, 1, text.length, stdout);
    buffer_free(&text);
    double seconds = sweep_run_estimate(arena, run);
    if (seconds < 0) return EXIT_FILE;
    char duration[DURATION_TEXT];
    printf("\nestimated time: %s with %zu at a time, %zu thread%s each\n", duration_format(duration, seconds),
           run->jobs, run->threads, run->threads == 1 ? "" : "s");
    return EXIT_OK;
}

static int run_sweep(struct arena *arena, const struct sweep_run *run) {
    int code = open_folder(arena, run);
    if (code != EXIT_OK) return code;
    if (!run->quiet)
        message_note("%zu points, %zu trainings, %zu epochs; %zu at a time", run->plan->points, run->plan->trainings,
                     sweep_plan_epochs(run->plan), run->jobs);
    code = sweep_run_all(arena, run);
    if (code != EXIT_OK && code != EXIT_INTERRUPTED) abandon_folder(arena, run);
    struct sweep_results results;
    if (code == EXIT_OK) code = sweep_results_read(arena, run, &results);
    if (code == EXIT_OK) code = sweep_results_write(&results);
    if (code != EXIT_OK) return code;
    sweep_results_show(&results);
    sweep_plots_draw(&results);
    if (!run->quiet)
        message_note("the results are in %s/sweep.csv, the ranking in %s/ranking.csv", run->folder, run->folder);
    return EXIT_OK;
}

int command_sweep(struct arena *arena, const struct line *line) {
    struct compile_options options;
    struct compilation *compilation = NULL;
    struct sweep_plan plan;
    int code = compile_options_read(arena, line, line->operands[0], &options);
    if (code == EXIT_OK) target_choose(line, &options);
    if (code == EXIT_OK) code = compilation_open(&options, &compilation);
    if (code == EXIT_OK) code = sweep_plan_make(arena, &options, compilation, &plan);
    if (code == EXIT_OK) code = inputs_check(line, compilation);
    compilation_close(compilation);
    if (code != EXIT_OK) return code;
    const char *out = line_value(line, "out");
    struct sweep_run run = {.options = &options,
                            .plan = &plan,
                            .folder = out ? out : arena_print(arena, "runs/%s-sweep", plan.model),
                            .data = line_value(line, "data"),
                            .limit = line_value(line, "limit"),
                            .quiet = line_has(line, "quiet")};
    read_jobs(line, &run);
    return line_has(line, "dry_run") ? show_plan(arena, &run) : run_sweep(arena, &run);
}
