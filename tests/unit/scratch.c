#include "scratch.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 512, PATHS = 4 };
static char folder[PATH];

void scratch_make(void) {
    const char *where = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/aespec-test.XXXXXX", where && *where ? where : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

const char *scratch_path(const char *name) {
    static char paths[PATHS][2 * PATH];
    static size_t next;
    char *path = paths[next++ % PATHS];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *scratch_write(const char *name, const void *data, size_t size) {
    const char *path = scratch_path(name);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(data, 1, size, stream), size);
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static size_t visit(const char *path, int removing) {
    DIR *directory = opendir(path);
    size_t count = 0;
    if (!directory) return 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        count++;
        if (!removing) continue;
        char inner[4 * PATH];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) == 0) continue;
        visit(inner, removing);
        rmdir(inner);
    }
    closedir(directory);
    return count;
}

void scratch_remove(void) {
    visit(folder, 1);
    rmdir(folder);
}

size_t scratch_count(void) {
    return visit(folder, 0);
}
