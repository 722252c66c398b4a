// Files and folders as the driver needs them. Paths and texts are the arena's.
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

// Appends the whole file; false with errno when it cannot be read.
bool file_read(const char *path, struct buffer *out);
// Writes a file that the user named, with the permissions of `mode` less the umask; false with errno. A regular file,
// or none, is replaced whole or not at all (temporary file beside it, fsync, rename, fsync of the folder). A symbolic
// link stays; its target is written. Anything else, such as a FIFO or a device, is opened and written.
bool file_write(const char *path, const char *text, size_t length, unsigned mode);
// Writes a file in a folder whose content may be a stranger's, such as a run: whatever has this name is replaced, even
// a symbolic link, which is never followed.
bool file_write_inside(const char *path, const char *text, size_t length, unsigned mode);
// As file_write for a regular file that exists: it keeps its permissions and, where the user may do this, its owner. A
// file without write permission is refused.
bool file_rewrite(const char *path, const char *text, size_t length);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
// Makes the folder and those above it; false with errno.
bool folder_make(const char *path);
// The same for a folder in one whose content may be a stranger's: ELOOP when the path is a symbolic link.
bool folder_make_inside(const char *path);
// Removes the folder and everything in it, or whatever else has this name. Symbolic links are removed, never followed.
// False with errno when something is left.
bool folder_remove(const char *path);
// Names of the plain files in a folder, sorted; the count.
size_t folder_list(struct arena *arena, const char *path, const char ***names);
// The path without its last part: "." for a bare name.
const char *path_folder(struct arena *arena, const char *path);
// The path of the program that runs, links resolved; NULL when the system does not tell.
const char *path_of_this_program(struct arena *arena);

#endif
