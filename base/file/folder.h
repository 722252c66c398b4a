// Folders. Functions that return an exit code return EXIT_OK or report the error and return EXIT_FILE.
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

bool folder_exists(const char *path);
// Creates the folder and its parents where they are missing.
int folder_make(const char *path);
// As folder_make, inside a folder whose content is not trusted: EXIT_FILE if the last part of the path is a symbolic
// link. Links in its parents are followed. The path must not end with '/'.
int folder_make_inside(const char *path);
// Creates a new folder "PARENT/NAME.xxxxxx"; its path is in the arena. The folder is removed when the program exits.
int folder_make_temporary(struct arena *arena, const char *parent, const char *name, const char **path);
// Removes the folder and everything in it, or a file of this name. Symbolic links are removed, never followed. On
// failure false, with errno set.
bool folder_remove(const char *path);
// Lists the names in a folder that do not begin with a dot, sorted: *names [*count] in the arena.
int folder_list(struct arena *arena, const char *path, const char ***names, size_t *count);

#endif
