// Numbers as texts. Texts are the arena's.
#ifndef NUMBER_H
#define NUMBER_H

#include <stdint.h>

#include "base/arena.h"

// The fewest digits that read back as the same number.
const char *number_exact(struct arena *arena, double value);
// Five digits, and more where they are before the point of a number below a thousand million.
const char *number_short(struct arena *arena, double value);
// "60,000"
const char *number_grouped(struct arena *arena, uint64_t value);

#endif
