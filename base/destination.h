// Where a file that the user names is written. The driver and the trainers follow the same rule and share this header.
#ifndef AE_DESTINATION_H
#define AE_DESTINATION_H

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESTINATION_LINKS_MAX = 40 };

struct destination {
    char path[PATH_MAX];    // the path; where it ends in a symbolic link, the link's target
    bool replaced;    // a regular file or nothing is there: a new file is renamed to the path; else open and write
};

// Puts the target of the link at to->path in its place.
static inline bool destination_follow(struct destination *to) {
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

// False with errno: EISDIR for a folder. The target of a link need not exist. A link in /proc, to which /dev/stdout
// leads, is an open file: it is opened and written, because replacing it would lose what its other writers add.
static inline bool destination_find(const char *path, struct destination *to) {
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
        } else if (links == DESTINATION_LINKS_MAX) {
            errno = ELOOP;
            return false;
        } else if (!destination_follow(to)) {
            return false;
        }
    }
    return true;
}

#endif
