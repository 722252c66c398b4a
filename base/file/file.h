// Reads and writes whole files. A file is written completely or not at all: to a temporary file in the same folder,
// then fsync, rename and fsync of the folder. Functions that return an exit code return EXIT_OK or report the error and
// return EXIT_FILE.
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buffer.h"

// Appends the whole file and a final 0; EXIT_FILE if the file is missing, unreadable or a folder.
int file_read(const char *path, struct buffer *content);
// The same without a message: on failure false, with errno set.
bool file_try_read(const char *path, struct buffer *content);
// The same, but reading stops soon after `most` bytes. The file is larger if the length exceeds `most`.
bool file_try_read_most(const char *path, size_t most, struct buffer *content);
// Whether a file of any kind exists. A symbolic link is followed.
bool file_exists(const char *path);
// Whether anything has this name, even a symbolic link without a target.
bool path_is_taken(const char *path);

// A file that is being written. The structure must not be moved between file_begin and file_end.
struct file_writer {
    FILE *stream;       // write here; file_end reports errors
    char *path;         // as given by the user
    char *target;       // the file that will be replaced
    char *temporary;    // NULL when the stream is the target itself
    mode_t mode;        // permissions; initially 0666 minus the umask
};

// Begins a file named by the user. If it is a symbolic link, the link's target is written. A file that is not regular,
// such as a FIFO or a device, is opened and written.
int file_begin(struct file_writer *writer, const char *path);
// Begins a file in a folder whose content is not trusted, such as a run. Anything of this name is replaced; a symbolic
// link is never followed.
int file_begin_inside(struct file_writer *writer, const char *path);
// Moves the file to its final name. On EXIT_FILE nothing is written and an existing file of that name is unchanged.
int file_end(struct file_writer *writer);
// Discards the file.
void file_abandon(struct file_writer *writer);

// file_begin, write, file_end.
int file_write(const char *path, const void *data, size_t size);
// The same for an executable file, with permissions 0777 minus the umask.
int file_write_program(const char *path, const void *data, size_t size);
// file_begin_inside, write, file_end.
int file_write_inside(const char *path, const void *data, size_t size);
// As file_write, for an existing regular file, which keeps its permissions and, if the user may set it, its owner. A
// file without write permission is refused.
int file_rewrite(const char *path, const void *data, size_t size);

// "FOLDER/NAME". The caller must free() it.
char *path_join(const char *folder, const char *name);
// The folder part of the path; "." if the path has no '/'. In the arena, or a constant.
const char *path_folder(struct arena *arena, const char *path);

// Removes the temporary files of this process; safe in a signal handler.
void files_remove_unfinished(void);

#endif
