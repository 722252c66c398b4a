// Files read whole, and files written whole or not at all: to a temporary file in the same folder, then fsync, rename and
// fsync of the folder. Functions that return an exit code have reported the error: EXIT_OK or EXIT_FILE.
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buffer.h"

// Appends the whole file, a 0 after it; EXIT_FILE when it is missing, unreadable or a folder.
int file_read(const char *path, struct buffer *content);
// The same without a message: false with errno.
bool file_try_read(const char *path, struct buffer *content);
// The same, but it stops at `most` bytes or a few more; the length tells whether there were more.
bool file_try_read_most(const char *path, size_t most, struct buffer *content);
// Whether there is a file, of whatever kind; of a symbolic link its target counts.
bool file_exists(const char *path);
// Whether anything has this name, be it a symbolic link without a target.
bool path_is_taken(const char *path);

// A file that is being written. It must not be moved between its begin and its end.
struct file_writer {
    FILE *stream;       // write here; errors are found at the end
    char *path;         // as the user gave it
    char *target;       // what will be replaced
    char *temporary;    // NULL when the stream is the target itself
    mode_t mode;        // permissions; at first 0666 less the umask
};

// A file that the user named. A symbolic link stays and its target is written. What is not a regular file, such as a
// FIFO or a device, is opened and written.
int file_begin(struct file_writer *writer, const char *path);
// A file in a folder whose content may be a stranger's, such as a run: whatever has this name is replaced, even a
// symbolic link, which is never followed.
int file_begin_inside(struct file_writer *writer, const char *path);
// Puts the file in its place. On EXIT_FILE nothing of it is left and an older file of that name is as it was.
int file_end(struct file_writer *writer);
// Removes what was written.
void file_abandon(struct file_writer *writer);

// file_begin, write, end.
int file_write(const char *path, const void *data, size_t size);
// The same for a program: everybody whom the umask allows may run it.
int file_write_program(const char *path, const void *data, size_t size);
// file_begin_inside, write, end.
int file_write_inside(const char *path, const void *data, size_t size);
// As file_write for a regular file that exists: it keeps its permissions and, where the user may do this, its owner. A
// file without write permission is refused.
int file_rewrite(const char *path, const void *data, size_t size);

// "FOLDER/NAME", the caller's to free().
char *path_join(const char *folder, const char *name);
// The path without its last part: "." for a bare name. In the arena.
const char *path_folder(struct arena *arena, const char *path);

// Removes the temporary files of this process; safe in a signal handler.
void files_remove_unfinished(void);

#endif
