// Strings on the heap.
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>

// A copy. The caller must free() it.
char *text_copy(const char *text);
// The concatenation of two strings. The caller must free() it.
char *text_join(const char *first, const char *second);
bool text_ends_with(const char *text, const char *ending);

#endif
