// "Did you mean": the known name nearest to an unknown word.
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

// The name in names [count] with the smallest edit distance from `word`; the first one among equals. An edit inserts,
// deletes or replaces a character or swaps two neighbours; case is ignored, and '-' equals '_'. NULL if the distance
// exceeds a third of the word's length and also exceeds one edit.
const char *nearest_name(const char *word, const char *const *names, size_t count);

#endif
