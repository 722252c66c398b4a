// A temporary folder of a test, and files in it.
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stddef.h>

// scratch_make creates the folder; scratch_remove removes it with all files in it.
void scratch_make(void);
void scratch_remove(void);
// The path of a file in it; valid until four more calls.
const char *scratch_path(const char *name);
// Writes a file in it and returns its path.
const char *scratch_write(const char *name, const void *data, size_t size);
// The number of files and folders in it.
size_t scratch_count(void);

#endif
