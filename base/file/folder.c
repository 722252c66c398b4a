#define _XOPEN_SOURCE 700    // NOLINT(bugprone-reserved-identifier): mkdtemp
#include "base/file/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

bool folder_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int folder_make(const char *path) {
    struct arena arena = {0};
    char *part = arena_copy(&arena, path, strlen(path)), *end = part;
    int code = EXIT_OK;
    do {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        char kept = *end;
        *end = 0;
        int error = mkdir(part, 0777) == 0 ? 0 : errno;
        if (error && !folder_exists(part))
            code = message_error(EXIT_FILE, "cannot create the folder %s: %s", part,
                                 error_text(error == EEXIST ? ENOTDIR : error));
        *end = kept;
    } while (code == EXIT_OK && *end);
    arena_free(&arena);
    return code;
}

int folder_make_inside(const char *path) {
    struct stat status;
    int code = folder_make(path);
    if (code == EXIT_OK && (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode)))
        code = message_error(EXIT_FILE, "cannot write to %s: it is a symbolic link", path);
    return code;
}

static char *temporary;    // the last one created; no command uses two at a time

static void remove_temporary(void) {
    if (temporary) folder_remove(temporary);
}

static void register_removal(void) {
    static bool registered;
    if (!registered && atexit(remove_temporary) != 0) memory_exhausted();
    registered = true;
}

int folder_make_temporary(struct arena *arena, const char *parent, const char *name, const char **path) {
    char *folder = text_copy(arena_print(arena, "%s/%s.XXXXXX", parent, name));
    register_removal();
    if (!mkdtemp(folder)) {
        int error = errno;
        free(folder);
        return message_error(EXIT_FILE, "cannot write to %s: %s", parent, error_text(error));
    }
    free(temporary);
    temporary = folder;
    *path = arena_copy(arena, folder, strlen(folder));
    return EXIT_OK;
}

// unlinkat() removes a link itself, and O_NOFOLLOW keeps a folder from being replaced by a link in between.
static bool remove_entry(int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) return true;
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = inner >= 0 ? fdopendir(inner) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) remove_entry(inner, entry->d_name);
    if (entries)
        closedir(entries);
    else if (inner >= 0)
        close(inner);
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool folder_remove(const char *path) {
    return remove_entry(AT_FDCWD, path);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// On failure false, with errno set: readdir() returns NULL at the end and on errors.
static bool read_names(struct arena *arena, DIR *folder, const char ***names, size_t *count) {
    size_t room = 64;
    *names = ARENA_ARRAY(arena, const char *, room);
    errno = 0;
    for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
        if (entry->d_name[0] == '.') continue;
        if (*count == room) {
            const char **more = ARENA_ARRAY(arena, const char *, room *= 2);
            memcpy(more, *names, *count * sizeof *more);
            *names = more;
        }
        (*names)[(*count)++] = arena_copy(arena, entry->d_name, strlen(entry->d_name));
    }
    return errno == 0;
}

int folder_list(struct arena *arena, const char *path, const char ***names, size_t *count) {
    *count = 0;
    DIR *folder = opendir(path);
    bool done = folder && read_names(arena, folder, names, count);
    int error = errno;
    if (folder) closedir(folder);
    if (!done) return message_error(EXIT_FILE, "cannot read the folder %s: %s", path, error_text(error));
    qsort(*names, *count, sizeof **names, compare_names);
    return EXIT_OK;
}
