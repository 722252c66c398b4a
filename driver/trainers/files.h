// Files and folders as the driver needs them. Paths and texts are the arena's.
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

// Appends the whole file; false with errno when it cannot be read.
bool file_read(const char *path, struct buffer *out);
// Writes the file whole or not at all (temporary file beside it, fsync, rename, fsync of the folder), with the
// permissions of `mode` less the umask; false with errno.
bool file_write(const char *path, const char *text, size_t length, unsigned mode);
// The same for a plain file that is there: it keeps its permissions and, where the user may do this, its owner; one that
// may not be written is refused; of a symbolic link the file behind it is written.
bool file_rewrite(const char *path, const char *text, size_t length);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
// Makes the folder and those above it; false with errno.
bool folder_make(const char *path);
// Removes the folder and the plain files in it.
void folder_remove(const char *path);
// Names of the plain files in a folder, sorted; the count.
size_t folder_list(struct arena *arena, const char *path, const char ***names);
// The path without its last part: "." for a bare name.
const char *path_folder(struct arena *arena, const char *path);
// The path of the program that runs, links resolved; NULL when the system does not tell.
const char *path_of_this_program(struct arena *arena);

#endif
