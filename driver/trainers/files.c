#include "driver/trainers/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/destination.h"

bool file_read(const char *path, struct buffer *out) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char block[1 << 16];
    size_t length;
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(out, block, length);
    int error = ferror(file) ? errno : 0;
    fclose(file);
    errno = error;
    return error == 0;
}

bool file_exists(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

bool file_is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool write_all(int file, const char *text, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, text, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text += written;
        length -= (size_t)written;
    }
    return true;
}

static void sync_folder(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    if (folder < 0) return;
    fsync(folder);
    close(folder);
}

static mode_t permissions(unsigned mode) {
    mode_t mask = umask(0);
    umask(mask);
    return (mode_t)mode & ~mask;
}

// `as` is what the file is to be like; an owner or a group of -1 is the one that it has.
static bool write_temporary(int file, const char *text, size_t length, const struct stat *as) {
    bool written = write_all(file, text, length) && (fchown(file, as->st_uid, as->st_gid) == 0 || errno == EPERM) &&
                   fchmod(file, as->st_mode) == 0 && fsync(file) == 0;
    return close(file) == 0 && written;
}

static bool replace(const char *path, const char *text, size_t length, const struct stat *as) {
    struct arena arena = {0};
    char *temporary = arena_print(&arena, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    bool made = file >= 0;
    bool done = made && write_temporary(file, text, length, as) && rename(temporary, path) == 0;
    int error = errno;
    if (made && !done) unlink(temporary);
    if (done) sync_folder(path_folder(&arena, path));
    arena_free(&arena);
    errno = error;
    return done;
}

bool file_write_inside(const char *path, const char *text, size_t length, unsigned mode) {
    struct stat as = {.st_mode = permissions(mode), .st_uid = (uid_t)-1, .st_gid = (gid_t)-1};
    return replace(path, text, length, &as);
}

bool file_write(const char *path, const char *text, size_t length, unsigned mode) {
    struct destination to;
    if (!destination_find(path, &to)) return false;
    if (to.replaced) return file_write_inside(to.path, text, length, mode);
    int file = open(to.path, O_WRONLY | O_TRUNC | O_NOCTTY);
    if (file < 0) return false;
    bool written = write_all(file, text, length);
    int error = errno;
    bool closed = close(file) == 0;
    if (!written) errno = error;
    return written && closed;
}

bool file_rewrite(const char *path, const char *text, size_t length) {
    struct destination to;
    struct stat status;
    if (!destination_find(path, &to) || stat(to.path, &status) != 0 || access(to.path, W_OK) != 0) return false;
    status.st_mode &= 07777;
    if (to.replaced) return replace(to.path, text, length, &status);
    errno = ENOTSUP;
    return false;
}

bool folder_make(const char *path) {
    struct arena arena = {0};
    char *part = arena_copy(&arena, path, strlen(path));
    bool made = true;
    for (char *c = part + 1; made && *c; c++)
        if (*c == '/') {
            *c = 0;
            made = mkdir(part, 0777) == 0 || errno == EEXIST;
            *c = '/';
        }
    made = made && (mkdir(part, 0777) == 0 || errno == EEXIST) && file_is_folder(part);
    arena_free(&arena);
    return made;
}

bool folder_make_inside(const char *path) {
    struct stat status;
    if (!folder_make(path) || lstat(path, &status) != 0) return false;
    errno = ELOOP;
    return S_ISDIR(status.st_mode);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t folder_list(struct arena *arena, const char *path, const char ***names) {
    DIR *folder = opendir(path);
    size_t count = 0, room = 64;
    *names = ARENA_ARRAY(arena, const char *, room);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        if (count == room) {
            const char **more = ARENA_ARRAY(arena, const char *, room *= 2);
            memcpy(more, *names, count * sizeof *more);
            *names = more;
        }
        (*names)[count++] = arena_copy(arena, entry->d_name, strlen(entry->d_name));
    }
    if (folder) closedir(folder);
    qsort(*names, count, sizeof **names, compare_names);
    return count;
}

// unlinkat() removes a link itself, and O_NOFOLLOW keeps a folder from being replaced by a link in between.
static bool remove_entry(int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) return true;
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    DIR *entries = inner >= 0 ? fdopendir(inner) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) remove_entry(inner, entry->d_name);
    if (entries) closedir(entries);
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool folder_remove(const char *path) {
    return remove_entry(AT_FDCWD, path);
}

const char *path_folder(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

const char *path_of_this_program(struct arena *arena) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length > 0 && (size_t)length < sizeof path ? arena_copy(arena, path, (size_t)length) : NULL;
}
