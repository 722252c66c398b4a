#include "base/file/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

enum { UNFINISHED_MAX = 16, LINKS_MAX = 40, BLOCK = 1 << 16 };

static const char *volatile unfinished[UNFINISHED_MAX];    // temporary files

void files_remove_unfinished(void) {
    for (size_t i = 0; i < UNFINISHED_MAX; i++)
        if (unfinished[i]) unlink(unfinished[i]);
}

static void remember_temporary(const char *path) {
    static bool registered;
    if (!registered && atexit(files_remove_unfinished) != 0) memory_exhausted();
    registered = true;
    for (size_t i = 0; i < UNFINISHED_MAX; i++)
        if (!unfinished[i]) {
            unfinished[i] = path;
            return;
        }
}

static void forget_temporary(const char *path) {
    for (size_t i = 0; i < UNFINISHED_MAX; i++)
        if (unfinished[i] == path) unfinished[i] = NULL;
}

bool file_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

bool path_is_taken(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

// The size of a regular file plus one byte to detect its end, so that memory is allocated once.
static size_t bytes_expected(int file) {
    struct stat status;
    bool known = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= BLOCK;
    return known ? (size_t)status.st_size + 1 : BLOCK;
}

static bool read_all(int file, size_t most, struct buffer *content) {
    size_t wanted = bytes_expected(file), begin = content->length;
    ssize_t length = 1;
    while (length != 0 && content->length - begin <= most) {
        char *end = buffer_reserve(content, wanted);
        length = read(file, end, wanted);
        if (length < 0 && errno != EINTR) return false;
        if (length <= 0) continue;
        content->length += (size_t)length;
        wanted = wanted > (size_t)length ? wanted - (size_t)length : BLOCK;
    }
    buffer_add(content, "", 0);
    return true;
}

bool file_try_read_most(const char *path, size_t most, struct buffer *content) {
    int file = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (file < 0) return false;
    bool done = read_all(file, most, content);
    int error = errno;
    close(file);
    errno = error;
    return done;
}

bool file_try_read(const char *path, struct buffer *content) {
    return file_try_read_most(path, SIZE_MAX, content);
}

int file_read(const char *path, struct buffer *content) {
    if (file_try_read(path, content)) return EXIT_OK;
    return message_error(EXIT_FILE, "cannot read %s: %s", path, error_text(errno));
}

// The place where a file named by the user is written.
struct destination {
    char path[PATH_MAX];    // the path, with a symbolic link at its end resolved
    bool replaced;          // the path is free or a regular file: rename a new file to it; else open and write
};

// Replaces to->path, a symbolic link, by the link's target.
static bool destination_follow(struct destination *to) {
    char link[PATH_MAX];
    ssize_t length = readlink(to->path, link, sizeof link);
    if (length < 0) return false;
    const char *slash = strrchr(to->path, '/');
    size_t folder = slash && link[0] != '/' ? (size_t)(slash + 1 - to->path) : 0;
    if (folder + (size_t)length >= sizeof to->path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(to->path + folder, link, (size_t)length);
    to->path[folder + (size_t)length] = 0;
    return true;
}

// On failure false, with errno set (EISDIR for a folder). The target of a link need not exist. A link in /proc, such as
// the target of /dev/stdout, is an open file: it is opened and written, because other processes may write to it, too.
static bool destination_find(const char *path, struct destination *to) {
    struct stat status, processes = {0};
    size_t length = strlen(path);
    bool exists = stat(path, &status) == 0, folder = exists && S_ISDIR(status.st_mode);
    if (folder || length >= sizeof to->path) {
        errno = folder ? EISDIR : ENAMETOOLONG;
        return false;
    }
    memcpy(to->path, path, length + 1);
    to->replaced = !exists || S_ISREG(status.st_mode);
    stat("/proc", &processes);
    for (int links = 0; to->replaced && lstat(to->path, &status) == 0 && S_ISLNK(status.st_mode); links++) {
        if (status.st_dev == processes.st_dev) {
            to->replaced = false;
        } else if (links == LINKS_MAX) {
            errno = ELOOP;
            return false;
        } else if (!destination_follow(to)) {
            return false;
        }
    }
    return true;
}

static void close_writer(struct file_writer *writer) {
    forget_temporary(writer->temporary);
    free(writer->path);
    free(writer->target);
    free(writer->temporary);
    *writer = (struct file_writer){0};
}

// Reports why the file cannot be written and removes what was written.
static int writer_fail(struct file_writer *writer, int error) {
    if (writer->stream) fclose(writer->stream);
    if (writer->temporary) unlink(writer->temporary);
    int code = message_error(EXIT_FILE, "cannot write %s: %s", writer->path, error_text(error ? error : EIO));
    close_writer(writer);
    return code;
}

static mode_t permissions(mode_t mode) {
    mode_t mask = umask(0);
    umask(mask);
    return mode & ~mask;
}

static int open_beside(struct file_writer *writer) {
    writer->mode = permissions(0666);
    writer->temporary = text_join(writer->target, ".XXXXXX");
    // Registered before the file exists, so that a signal in between leaves no file.
    remember_temporary(writer->temporary);
    int descriptor = mkstemp(writer->temporary);
    if (descriptor < 0) {
        int error = errno;
        close_writer(&(struct file_writer){.temporary = writer->temporary});
        writer->temporary = NULL;
        return writer_fail(writer, error);
    }
    writer->stream = fdopen(descriptor, "wb");
    if (writer->stream) return EXIT_OK;
    int error = errno;
    close(descriptor);
    return writer_fail(writer, error);
}

int file_begin_inside(struct file_writer *writer, const char *path) {
    *writer = (struct file_writer){.path = text_copy(path), .target = text_copy(path)};
    return open_beside(writer);
}

int file_begin(struct file_writer *writer, const char *path) {
    struct destination to = {.replaced = false};
    *writer = (struct file_writer){.path = text_copy(path)};
    if (!destination_find(path, &to)) return writer_fail(writer, errno);
    writer->target = text_copy(to.path);
    if (to.replaced) return open_beside(writer);
    writer->stream = fopen(to.path, "wb");
    return writer->stream ? EXIT_OK : writer_fail(writer, errno);
}

static void sync_folder_of(const char *path) {
    struct arena arena = {0};
    int folder = open(path_folder(&arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    arena_free(&arena);
}

// Writes buffered data and sets the permissions: mkstemp() creates files that only their owner can read.
static bool writer_flush(const struct file_writer *writer) {
    if (fflush(writer->stream) != 0 || ferror(writer->stream)) return false;
    int file = fileno(writer->stream);
    return !writer->temporary || (fchmod(file, writer->mode) == 0 && fsync(file) == 0);
}

int file_end(struct file_writer *writer) {
    errno = 0;
    if (!writer_flush(writer)) return writer_fail(writer, errno);
    FILE *stream = writer->stream;
    writer->stream = NULL;
    if (fclose(stream) != 0) return writer_fail(writer, errno);
    if (writer->temporary) {
        if (rename(writer->temporary, writer->target) != 0) return writer_fail(writer, errno);
        sync_folder_of(writer->target);
    }
    close_writer(writer);
    return EXIT_OK;
}

void file_abandon(struct file_writer *writer) {
    if (writer->stream) fclose(writer->stream);
    if (writer->temporary) unlink(writer->temporary);
    close_writer(writer);
}

// `code` is that of the beginning of the file.
static int write_and_end(struct file_writer *writer, int code, const void *data, size_t size) {
    if (code != EXIT_OK) return code;
    errno = 0;
    return fwrite(data, 1, size, writer->stream) == size ? file_end(writer) : writer_fail(writer, errno);
}

int file_write(const char *path, const void *data, size_t size) {
    struct file_writer writer;
    return write_and_end(&writer, file_begin(&writer, path), data, size);
}

int file_write_program(const char *path, const void *data, size_t size) {
    struct file_writer writer;
    int code = file_begin(&writer, path);
    writer.mode = permissions(0777);
    return write_and_end(&writer, code, data, size);
}

int file_write_inside(const char *path, const void *data, size_t size) {
    struct file_writer writer;
    return write_and_end(&writer, file_begin_inside(&writer, path), data, size);
}

int file_rewrite(const char *path, const void *data, size_t size) {
    struct file_writer writer;
    struct stat status;
    bool exists = stat(path, &status) == 0, regular = exists && S_ISREG(status.st_mode);
    if (exists && !regular) errno = ENOTSUP;
    if (!regular || access(path, W_OK) != 0)
        return message_error(EXIT_FILE, "cannot write %s: %s", path, error_text(errno));
    int code = file_begin(&writer, path);
    if (code != EXIT_OK) return code;
    // Only the superuser may change the owner of a file.
    if (writer.temporary && fchown(fileno(writer.stream), status.st_uid, status.st_gid) != 0 && errno != EPERM)
        return writer_fail(&writer, errno);
    writer.mode = status.st_mode & 07777;
    return write_and_end(&writer, EXIT_OK, data, size);
}

char *path_join(const char *folder, const char *name) {
    char *with_slash = text_join(folder, text_ends_with(folder, "/") ? "" : "/");
    char *path = text_join(with_slash, name);
    free(with_slash);
    return path;
}

const char *path_folder(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}
