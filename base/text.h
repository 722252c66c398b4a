// Texts of the heap.
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>

// A copy, the caller's to free().
char *text_copy(const char *text);
// Two texts as one, the caller's to free().
char *text_join(const char *first, const char *second);
bool text_ends_with(const char *text, const char *ending);

#endif
