// Files read whole, and files written whole or not at all: to a temporary file in the same folder, then fsync, rename and
// fsync of the folder. Functions return an exit code and have told on stderr what is wrong.
#ifndef AE_FILE_H
#define AE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

// A file's content: memory of the caller, to free(data). A zero byte follows the last one.
struct bytes {
    unsigned char *data;
    size_t size;
};

// EXIT_FILE when the file is missing, unreadable or a folder.
int file_load(const char *path, struct bytes *content);
bool file_is_folder(const char *path);
bool file_exists(const char *path);
// "FOLDER/NAME", the caller's.
char *file_join(const char *folder, const char *name);
// Makes a folder and those above it where they are missing.
int file_make_folder(const char *path);
// The same for a folder in one whose content may be a stranger's: EXIT_FILE when the path is a symbolic link.
int file_make_folder_inside(const char *path);

// A file that is being written.
struct file_writer {
    FILE *stream;       // write here; errors are found at the end
    char *path;         // as the user gave it
    char *target;       // what will be replaced
    char *temporary;    // NULL when the stream is the target itself
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
// file_begin_inside, write, end
int file_store(const char *path, const void *data, size_t size);

// Signals. From files_catch_signals() on, SIGINT, SIGTERM and SIGHUP remove the temporary file of file_begin and end the
// program with EXIT_INTERRUPTED; after files_defer_signals() they are only remembered.
void files_catch_signals(void);
void files_defer_signals(void);
bool files_interrupted(void);

#endif
