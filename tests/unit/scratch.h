// A folder of a test's own, and files in it.
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stddef.h>

// Makes the folder; scratch_remove takes it away with the files in it.
void scratch_make(void);
void scratch_remove(void);
// The path of a file in it; the text lives until the next but three calls.
const char *scratch_path(const char *name);
// Writes a file in it and returns its path.
const char *scratch_write(const char *name, const void *data, size_t size);
// How many files and folders are in it.
size_t scratch_count(void);

#endif
