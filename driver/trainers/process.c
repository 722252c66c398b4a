#include "driver/trainers/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "compiler/compiler.h"

extern char **environ;

void words_add(struct arena *arena, struct words *words, const char *word) {
    if (words->count + 2 > words->room) {
        const char **old = words->word;
        words->room = words->room ? 2 * words->room : 32;
        words->word = ARENA_ARRAY(arena, const char *, words->room);
        if (old) memcpy(words->word, old, words->count * sizeof *old);
    }
    words->word[words->count++] = word;
    words->word[words->count] = NULL;
}

void words_program(struct arena *arena, struct words *words, const char *file, const char *name) {
    words->file = file;
    words_add(arena, words, name);
}

const char *words_file(const struct words *words) {
    return words->file ? words->file : words->word[0];
}

void words_split(struct arena *arena, struct words *words, const char *text) {
    static const char blanks[] = " \t\n";
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);
        words_add(arena, words, arena_copy(arena, text, length));
        text += length;
    }
}

static volatile sig_atomic_t child;

// Passes a signal on to the child, unless the terminal sent it, which sends it to the child, too.
static void pass_on(int number, siginfo_t *information, void *context) {
    (void)context;
    int error = errno;
    if (child > 0 && (information->si_code == SI_USER || information->si_code == SI_QUEUE)) kill((pid_t)child, number);
    errno = error;
}

static const int passed[] = {SIGINT, SIGTERM, SIGHUP};
enum { PASSED_COUNT = sizeof passed / sizeof *passed };

static int exit_code_of(int status, const char *name) {
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    for (size_t i = 0; i < PASSED_COUNT; i++)
        if (WTERMSIG(status) == passed[i]) return EXIT_INTERRUPTED;
    return message_error(EXIT_BUG, "%s was terminated by signal %d (%s)", name, WTERMSIG(status),
                         strsignal(WTERMSIG(status)));
}

// Preparing a child process can only fail because memory is exhausted.
static void require(int error) {
    if (error) memory_exhausted();
}

// The child starts with the signal mask `mask`, the one before run() blocked signals.
static int spawn(pid_t *started, const struct words *words, const posix_spawn_file_actions_t *actions,
                 const sigset_t *mask) {
    posix_spawnattr_t attributes;
    require(posix_spawnattr_init(&attributes));
    require(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK));
    require(posix_spawnattr_setsigmask(&attributes, mask));
    int error = posix_spawnp(started, words_file(words), actions, &attributes, (char *const *)words->word, environ);
    posix_spawnattr_destroy(&attributes);
    if (error == ENOMEM) memory_exhausted();
    return error;
}

static int wait_for(pid_t started, const char *name) {
    int status;
    while (waitpid(started, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return exit_code_of(status, name);
}

static int run(const struct words *words, const posix_spawn_file_actions_t *actions) {
    struct sigaction handler = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART}, before[PASSED_COUNT];
    sigset_t set, mask;
    sigemptyset(&handler.sa_mask);
    sigemptyset(&set);
    for (size_t i = 0; i < PASSED_COUNT; i++)
        sigaddset(&set, passed[i]);
    sigprocmask(SIG_BLOCK, &set, &mask);    // so that no signal is lost before the child's process id is known
    pid_t started = 0;
    int error = spawn(&started, words, actions, &mask);
    for (size_t i = 0; i < PASSED_COUNT; i++) {
        sigaction(passed[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) sigaction(passed[i], &handler, NULL);
    }
    child = error ? 0 : started;
    sigprocmask(SIG_SETMASK, &mask, NULL);
    int code = error ? -1 : wait_for(started, words_file(words));
    child = 0;
    for (size_t i = 0; i < PASSED_COUNT; i++)
        sigaction(passed[i], &before[i], NULL);
    if (error) errno = error;
    return code;
}

int process_run(const struct words *words, enum process_output output) {
    posix_spawn_file_actions_t actions;
    require(posix_spawn_file_actions_init(&actions));
    if (output == PROCESS_TO_STDERR) require(posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO));
    int code = run(words, &actions);
    int error = errno;
    posix_spawn_file_actions_destroy(&actions);
    errno = error;
    return code;
}

static void read_all(int file, struct buffer *out) {
    char block[4096];
    ssize_t length;
    while ((length = read(file, block, sizeof block)) > 0)
        buffer_add(out, block, (size_t)length);
}

// `in` is a file descriptor, or -1 for the stdin of this process.
static int read_from(const struct words *words, int in, struct buffer *out) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    posix_spawn_file_actions_t actions;
    require(posix_spawn_file_actions_init(&actions));
    if (in >= 0) require(posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO));
    require(posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO));
    require(posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0));
    require(posix_spawn_file_actions_addclose(&actions, ends[0]));
    require(posix_spawn_file_actions_addclose(&actions, ends[1]));
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    pid_t started;
    int error = spawn(&started, words, &actions, &mask);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (!error) read_all(ends[0], out);
    close(ends[0]);
    errno = error;
    return error ? -1 : wait_for(started, words_file(words));
}

int process_read(const struct words *words, struct buffer *out) {
    return read_from(words, -1, out);
}

// Uses an unnamed temporary file for the input, so that neither process can block and no file is left.
int process_filter(const struct words *words, const struct buffer *in, struct buffer *out) {
    FILE *file = tmpfile();
    if (!file) return -1;
    bool written = fwrite(in->text, 1, in->length, file) == in->length && fflush(file) == 0;
    int code = -1;
    if (written) {
        rewind(file);
        code = read_from(words, fileno(file), out);
    }
    int error = errno;
    fclose(file);
    errno = error;
    return code;
}

void process_become(const struct words *words) {
    execvp(words_file(words), (char *const *)words->word);
}
