#include "runtime/data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/destination.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

static volatile sig_atomic_t interrupted, deferred;
static const char *volatile unfinished;    // temporary file that a signal removes

static void handle_signal(int number) {
    (void)number;
    interrupted = 1;
    if (deferred) return;
    if (unfinished) unlink(unfinished);
    _exit(EXIT_INTERRUPTED);
}

void files_catch_signals(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before, action = {.sa_handler = handle_signal, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        // nohup asks that SIGHUP be ignored
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
    signal(SIGXFSZ, SIG_IGN);    // a write beyond the limit of sizes fails like one to a full disk
}

void files_defer_signals(void) {
    deferred = 1;
}

bool files_interrupted(void) {
    return interrupted;
}

bool file_is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

char *file_join(const char *folder, const char *name) {
    size_t length = strlen(folder);
    char *with_slash = text_join(folder, length && folder[length - 1] == '/' ? "" : "/");
    char *path = text_join(with_slash, name);
    free(with_slash);
    return path;
}

int file_load(const char *path, struct bytes *content) {
    *content = (struct bytes){0};
    FILE *stream = fopen(path, "rb");
    struct stat status;
    if (!stream || fstat(fileno(stream), &status) != 0) {
        if (stream) fclose(stream);
        return message_error(EXIT_FILE, "cannot read %s: %s", path, strerror(errno));
    }
    if (S_ISDIR(status.st_mode)) {
        fclose(stream);
        return message_error(EXIT_FILE, "cannot read %s: it is a folder, expected a file", path);
    }
    size_t capacity = S_ISREG(status.st_mode) ? (size_t)status.st_size + 1 : 65536, got;
    content->data = memory_allocate(capacity, 1);
    while ((got = fread(content->data + content->size, 1, capacity - content->size, stream)) > 0) {
        content->size += got;
        if (content->size < capacity) continue;
        capacity *= 2;
        content->data = memory_resize(content->data, capacity, 1);
    }
    bool failed = ferror(stream);
    fclose(stream);
    if (failed) {
        free(content->data);
        *content = (struct bytes){0};
        return message_error(EXIT_FILE, "cannot read %s: %s", path, strerror(errno));
    }
    content->data[content->size] = 0;
    return EXIT_OK;
}

int file_make_folder(const char *path) {
    char *part = text_copy(path);
    int code = EXIT_OK;
    for (char *end = part + 1; code == EXIT_OK; end++) {
        if (*end && *end != '/') continue;
        char kept = *end;
        *end = 0;
        if (mkdir(part, 0777) != 0) {
            int reason = errno;
            if (!file_is_folder(part))
                code = message_error(EXIT_FILE, "cannot make the folder %s: %s", part, strerror(reason));
        }
        *end = kept;
        if (!kept) break;
    }
    free(part);
    return code;
}

int file_make_folder_inside(const char *path) {
    struct stat status;
    int code = file_make_folder(path);
    if (code == EXIT_OK && (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode)))
        code = message_error(EXIT_FILE, "cannot write to %s: it is a symbolic link", path);
    return code;
}

static void close_writer(struct file_writer *writer) {
    unfinished = NULL;
    free(writer->path);
    free(writer->target);
    free(writer->temporary);
    *writer = (struct file_writer){0};
}

static void open_beside(struct file_writer *writer) {
    writer->temporary = text_join(writer->target, ".XXXXXX");
    int descriptor = mkstemp(writer->temporary);
    if (descriptor < 0) return;
    unfinished = writer->temporary;
    mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
    writer->stream = fdopen(descriptor, "wb");
}

// `to` NULL: there is no destination, errno says why.
static int begin(struct file_writer *writer, const char *path, const char *to, bool replaced) {
    *writer = (struct file_writer){.path = text_copy(path), .target = to ? text_copy(to) : NULL};
    if (to && replaced)
        open_beside(writer);
    else if (to)
        writer->stream = fopen(to, "wb");
    if (writer->stream) return EXIT_OK;
    int code = message_error(EXIT_FILE, "cannot write %s: %s", path, strerror(errno));
    close_writer(writer);
    return code;
}

int file_begin(struct file_writer *writer, const char *path) {
    struct destination to = {.replaced = false};
    bool found = destination_find(path, &to);
    return begin(writer, path, found ? to.path : NULL, to.replaced);
}

int file_begin_inside(struct file_writer *writer, const char *path) {
    return begin(writer, path, path, true);
}

static void sync_folder_of(const char *path) {
    char *folder = text_copy(path), *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = 0;
    int descriptor = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(folder);
}

int file_end(struct file_writer *writer) {
    errno = 0;
    bool fine = fflush(writer->stream) == 0 && !ferror(writer->stream);
    if (fine && writer->temporary) fine = fsync(fileno(writer->stream)) == 0;
    int reason = errno;
    if (fclose(writer->stream) != 0 && fine) {
        fine = false;
        reason = errno;
    }
    if (fine && writer->temporary && rename(writer->temporary, writer->target) != 0) {
        fine = false;
        reason = errno;
    }
    int code = EXIT_OK;
    if (!fine) {
        if (writer->temporary) unlink(writer->temporary);
        code = message_error(EXIT_FILE, "cannot write %s: %s", writer->path, strerror(reason ? reason : EIO));
    } else if (writer->temporary) {
        sync_folder_of(writer->target);
    }
    close_writer(writer);
    return code;
}

void file_abandon(struct file_writer *writer) {
    if (writer->stream) fclose(writer->stream);
    if (writer->temporary) unlink(writer->temporary);
    close_writer(writer);
}

int file_store(const char *path, const void *data, size_t size) {
    struct file_writer writer;
    int code = file_begin_inside(&writer, path);
    if (code != EXIT_OK) return code;
    fwrite(data, 1, size, writer.stream);
    return file_end(&writer);
}
