// "Did you mean": the name nearest to a word that is not known.
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

// The one of names [count] with the fewest edits from `word` (a character put in, left out or replaced, or two
// neighbours swapped; upper and lower case, '-' and '_' count as the same), the first of several. NULL when none is
// near: a third of the word's length in edits, at least one, is as far as a slip goes.
const char *nearest_name(const char *word, const char *const *names, size_t count);

#endif
