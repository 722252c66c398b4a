#include "driver/sweep/sweep_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/json/json.h"
#include "base/memory.h"
#include "base/message.h"
#include "driver/trainers/build.h"
#include "driver/trainers/process.h"
#include "driver/trainers/sets.h"
#include "runtime/api/build.h"

enum { ESTIMATE_STEPS = 4 };
static const double between_looks = 0.05, between_drawings = 1;    // seconds

static volatile sig_atomic_t stopped;

static void remember(int number) {
    stopped = number;
}

const char *sweep_run_folder(struct arena *arena, const struct sweep_run *run, size_t training) {
    return arena_print(arena, "%s/runs/%s", run->folder, run->plan->training[training].name);
}

bool sweep_run_done(struct arena *arena, const struct sweep_run *run, size_t training) {
    return path_is_taken(sweep_run_folder(arena, run, training));
}

// A running training.
struct job {
    pid_t process;    // 0 if it has ended
    size_t training;
    const char *part, *log;    // the folder of its run until the run is complete; the file of its messages
    double begun;
};

struct work {
    struct arena *arena;
    const struct sweep_run *run;
    size_t *queue;    // [count] incomplete trainings, longest first
    size_t count, started, ended;
    struct job *job;    // [running]
    size_t running;
    double begun, drawn, total, done;    // seconds, seconds, FLOPs per sample of the queue, and of ended trainings
    bool terminal, line;                 // line: the line is on the terminal
    int code;
};

static struct work *unfinished;

static void job_remove(const struct job *job) {
    folder_remove(job->part);
    remove(job->log);
}

// If the sweep exits early because memory is exhausted, ends its trainings and removes their folders.
static void abandon_jobs(void) {
    for (size_t i = 0; unfinished && i < unfinished->running; i++) {
        const struct job *job = &unfinished->job[i];
        if (job->process > 0 && kill(job->process, SIGKILL) == 0) waitpid(job->process, NULL, 0);
        job_remove(job);
    }
}

// Builds the trainer of a training and its command line. `out` is the folder of the run.
static int training_words(struct arena *arena, const struct sweep_run *run, size_t training, const char *out,
                          struct words *words) {
    const struct sweep_training *own = &run->plan->training[training];
    struct compile_options options = *run->options;
    options.sets = own->sets;
    options.set_count = own->set_count;
    struct sets run_time;
    const char *trainer;
    struct compilation *compilation;
    int code = compilation_open(&options, &compilation);
    if (code == EXIT_OK) code = sets_split(arena, &options, &compilation, &run_time);
    if (code == EXIT_OK) code = trainer_build(arena, &options, compilation, &trainer);
    compilation_close(compilation);
    if (code != EXIT_OK) return code;
    words_program(arena, words, trainer, AESPEC_NAME);
    words_split(arena, words, "train --quiet --out");
    words_add(arena, words, out);
    words_add(arena, words, "--threads");
    words_add(arena, words, arena_print(arena, "%zu", run->threads));
    for (size_t i = 0; i < run_time.count; i++) {
        words_add(arena, words, "--set");
        words_add(arena, words, run_time.set[i]);
    }
    const char *given[][2] = {{"--data", run->data}, {"--limit", run->limit}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (!given[i][1]) continue;
        words_add(arena, words, given[i][0]);
        words_add(arena, words, given[i][1]);
    }
    return EXIT_OK;
}

// Runs in the child process. Output goes to the log, and the child ends if the sweep is killed.
static void become_training(const struct words *words, const char *log, pid_t parent) {
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(EXIT_BUG);
    int file = open(log, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0) _exit(EXIT_FILE);
    execv(words_file(words), (char *const *)words->word);
    _exit(EXIT_FILE);
}

static int training_start(struct work *work) {
    size_t training = work->queue[work->started];
    const char *folder = sweep_run_folder(work->arena, work->run, training);
    const char *part = arena_print(work->arena, "%s.part", folder), *log = arena_print(work->arena, "%s.log", folder);
    if (!folder_remove(part)) return message_error(EXIT_FILE, "cannot remove %s: %s", part, error_text(errno));
    unlink(log);
    struct words words = {0};
    int code = training_words(work->arena, work->run, training, part, &words);
    if (code != EXIT_OK) return code;
    pid_t parent = getpid(), process = fork();
    if (process == 0) become_training(&words, log, parent);
    if (process < 0) return message_error(EXIT_FILE, "cannot run %s: %s", words_file(&words), error_text(errno));
    work->job[work->running++] = (struct job){process, training, part, log, clock_seconds()};
    work->started++;
    return EXIT_OK;
}

// The number of complete lines in a run's metrics.csv after the header.
static size_t epochs_done(struct arena *arena, const char *folder) {
    struct buffer text = {0};
    size_t lines = 0;
    if (file_try_read(arena_print(arena, "%s/metrics.csv", folder), &text))
        for (size_t i = 0; i < text.length; i++)
            lines += text.text[i] == '\n';
    buffer_free(&text);
    return lines > 0 ? lines - 1 : 0;
}

// FLOPs per sample that are already done.
static double work_done(const struct work *work) {
    double done = work->done;
    struct arena arena = {0};
    for (size_t i = 0; i < work->running; i++) {
        const struct sweep_training *training = &work->run->plan->training[work->job[i].training];
        double epochs = (double)epochs_done(&arena, work->job[i].part);
        done += training->work * epochs / (double)training->epochs;
    }
    arena_free(&arena);
    return done;
}

static const char *time_left(struct arena *arena, const struct work *work) {
    double done = work_done(work), passed = clock_seconds() - work->begun;
    char duration[DURATION_TEXT];
    if (done <= 0) return "measuring the time";
    return arena_print(arena, "%s left", duration_format(duration, passed * (work->total - done) / done));
}

static void line_clear(struct work *work) {
    if (work->line) fputs("\r\033[K", stderr);
    work->line = false;
}

// The width of the line without the last column: a line that wraps cannot be redrawn in place.
static int terminal_room(void) {
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col - 1 : 79;
}

static void line_draw(struct work *work) {
    double now = clock_seconds();
    if (!work->terminal || work->run->quiet || now - work->drawn < between_drawings) return;
    work->drawn = now;
    struct arena arena = {0};
    size_t before = work->run->plan->trainings - work->count;
    const char *text = arena_print(&arena, "%zu of %zu trainings done, %zu running, %.0f %%, %s", before + work->ended,
                                   work->run->plan->trainings, work->running, 100 * work_done(work) / work->total,
                                   time_left(&arena, work));
    fprintf(stderr, "\r\033[K%.*s", terminal_room(), text);
    fflush(stderr);
    arena_free(&arena);
    work->line = true;
}

static void tell_end(struct work *work, const struct job *job, bool diverged) {
    if (work->run->quiet) return;
    line_clear(work);
    struct arena arena = {0};
    const struct sweep_plan *plan = work->run->plan;
    char duration[DURATION_TEXT];
    message_note("%zu/%zu %s: %s after %s, %s", plan->trainings - work->count + work->ended, plan->trainings,
                 plan->training[job->training].name, diverged ? "diverged" : "done",
                 duration_format(duration, clock_seconds() - job->begun), time_left(&arena, work));
    arena_free(&arena);
}

static void tell_failure(struct work *work, const struct job *job, int code) {
    line_clear(work);
    struct buffer log = {0};
    file_try_read(job->log, &log);
    message_error(code, "%s failed with exit code %d and this output:\n%s",
                  work->run->plan->training[job->training].name, code, log.text ? log.text : "");
    buffer_free(&log);
}

static int exit_code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : stopped ? EXIT_INTERRUPTED : EXIT_BUG;
}

static void training_end(struct work *work, const struct job *job, int status) {
    int code = exit_code_of(status);
    if (code == EXIT_OK || code == EXIT_DIVERGED) {
        const char *folder = sweep_run_folder(work->arena, work->run, job->training);
        if (rename(job->part, folder) == 0) {
            remove(job->log);
            work->ended++;
            work->done += work->run->plan->training[job->training].work;
            tell_end(work, job, code == EXIT_DIVERGED);
            return;
        }
        message_error(EXIT_FILE, "cannot write %s: %s", folder, error_text(errno));
        code = EXIT_FILE;
    } else if (!stopped)
        tell_failure(work, job, code);
    if (work->code == EXIT_OK) work->code = code;
    job_remove(job);
}

static void reap(struct work *work) {
    for (size_t i = 0; i < work->running;) {
        int status;
        if (waitpid(work->job[i].process, &status, WNOHANG) == 0) {
            i++;
            continue;
        }
        work->job[i].process = 0;
        training_end(work, &work->job[i], status);
        work->job[i] = work->job[--work->running];
    }
}

static void wait_a_little(void) {
    nanosleep(&(struct timespec){.tv_nsec = (long)(between_looks * 1e9)}, NULL);
}

static void run_queue(struct work *work) {
    bool told = false;
    while (work->running > 0 || (work->started < work->count && work->code == EXIT_OK && !stopped)) {
        while (work->running < work->run->jobs && work->started < work->count && work->code == EXIT_OK && !stopped) {
            int code = training_start(work);
            if (code != EXIT_OK) work->code = code;
        }
        if (stopped && !told)
            for (size_t i = 0; i < work->running; i++)
                kill(work->job[i].process, SIGTERM);
        told = stopped != 0;
        line_draw(work);
        wait_a_little();
        reap(work);
    }
    line_clear(work);
    // If a C compiler was running, it received the signal instead of this process.
    if (!stopped && work->code != EXIT_INTERRUPTED) return;
    work->code = EXIT_INTERRUPTED;
    message_error(EXIT_INTERRUPTED,
                  "interrupted: %zu of %zu trainings are done; the same command continues with the others",
                  work->run->plan->trainings - work->count + work->ended, work->run->plan->trainings);
}

static const struct sweep_plan *sorted_plan;

static int compare_work(const void *a, const void *b) {
    size_t first = *(const size_t *)a, second = *(const size_t *)b;
    double more = sorted_plan->training[second].work - sorted_plan->training[first].work;
    return more > 0 ? 1 : more < 0 ? -1 : (first > second) - (first < second);
}

static void make_queue(struct work *work) {
    const struct sweep_plan *plan = work->run->plan;
    work->queue = ARENA_ARRAY(work->arena, size_t, plan->trainings + 1);
    for (size_t i = 0; i < plan->trainings; i++) {
        if (sweep_run_done(work->arena, work->run, i)) continue;
        work->queue[work->count++] = i;
        work->total += plan->training[i].work;
    }
    sorted_plan = plan;
    qsort(work->queue, work->count, sizeof *work->queue, compare_work);
}

int sweep_run_all(struct arena *arena, const struct sweep_run *run) {
    struct work work = {.arena = arena, .run = run, .begun = clock_seconds()};
    const char *kind = getenv("TERM");
    work.terminal = isatty(STDERR_FILENO) && !(kind && strcmp(kind, "dumb") == 0);
    work.job = ARENA_ARRAY(arena, struct job, run->jobs);
    make_queue(&work);
    struct sigaction handler = {.sa_handler = remember};
    sigemptyset(&handler.sa_mask);
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction before;
        sigaction(signals[i], NULL, &before);
        if (before.sa_handler != SIG_IGN) sigaction(signals[i], &handler, NULL);
    }
    unfinished = &work;
    if (atexit(abandon_jobs) != 0) memory_exhausted();
    run_queue(&work);
    unfinished = NULL;
    return work.code;
}

// Samples of a split, from run.json.
static double samples_of(const json_t *facts, const char *split) {
    return json_number_value(json_object_get(json_object_get(json_object_get(facts, "data"), split), "samples"));
}

// Estimates the seconds of an epoch with its test from a shortened run: a step costs about three passes through the
// network, a test one.
static double epoch_seconds(struct arena *arena, const char *folder) {
    struct buffer timing = {0}, text = {0};
    double seconds = -1;
    if (file_try_read(arena_print(arena, "%s/timing.csv", folder), &timing) &&
        file_try_read(arena_print(arena, "%s/run.json", folder), &text)) {
        const char *last = strrchr(timing.text, ',');
        double rate = last ? strtod(last + 1, NULL) : 0;
        json_t *facts = json_loadb(text.text, text.length, 0, NULL);
        if (rate > 0) seconds = (samples_of(facts, "train") + samples_of(facts, "test") / 3) / rate;
        json_decref(facts);
    }
    buffer_free(&timing);
    buffer_free(&text);
    return seconds;
}

static double measure_epoch(struct arena *arena, const struct sweep_run *run, size_t training, const char *folder) {
    struct words words = {0};
    const char *out = arena_print(arena, "%s/run", folder);
    if (training_words(arena, run, training, out, &words) != EXIT_OK) return -1;
    words_add(arena, &words, "--steps");
    words_add(arena, &words, arena_print(arena, "%d", ESTIMATE_STEPS));
    int code = process_run(&words, PROCESS_TO_STDERR);
    double seconds = code == EXIT_OK || code == EXIT_DIVERGED ? epoch_seconds(arena, out) : -1;
    folder_remove(out);
    return seconds;
}

// Finds a measured training with the same batch and work, which takes the same time per epoch.
static size_t measured_like(const struct sweep_plan *plan, size_t training) {
    const struct sweep_training *own = &plan->training[training];
    size_t i = 0;
    while (i < training && (plan->training[i].batch != own->batch || plan->training[i].work * (double)own->epochs !=
                                                                         own->work * (double)plan->training[i].epochs))
        i++;
    return i;
}

double sweep_run_estimate(struct arena *arena, const struct sweep_run *run) {
    const struct sweep_plan *plan = run->plan;
    const char *place = getenv("TMPDIR");
    const char *folder;
    if (folder_make_temporary(arena, place && *place ? place : "/tmp", "aespec-sweep", &folder) != EXIT_OK) return -1;
    double *epoch = ARENA_ARRAY(arena, double, plan->trainings), total = 0;
    for (size_t i = 0; i < plan->trainings && total >= 0; i++) {
        size_t like = measured_like(plan, i);
        epoch[i] = like < i ? epoch[like] : measure_epoch(arena, run, i, folder);
        total = epoch[i] < 0 ? -1 : total + epoch[i] * (double)plan->training[i].epochs;
    }
    folder_remove(folder);
    return total < 0 ? total : total / (double)run->jobs;
}
