// Folders. Functions that return an exit code have reported the error: EXIT_OK or EXIT_FILE.
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

bool folder_exists(const char *path);
// Makes the folder and those above it where they are missing.
int folder_make(const char *path);
// The same for a folder in one whose content may be a stranger's: EXIT_FILE when the path is a symbolic link.
int folder_make_inside(const char *path);
// Makes a folder "PARENT/NAME.xxxxxx" that nobody else has; its path is in the arena. An exit of the program removes it.
int folder_make_temporary(struct arena *arena, const char *parent, const char *name, const char **path);
// Removes the folder and everything in it, or whatever else has this name. Symbolic links are removed, never followed.
// False with errno when something is left.
bool folder_remove(const char *path);
// Names in a folder that do not begin with a dot, sorted: *names [*count] in the arena.
int folder_list(struct arena *arena, const char *path, const char ***names, size_t *count);

#endif
