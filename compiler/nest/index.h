// Small integer expressions of loop variables, with the range that each can take. Constructors fold what they can, so
// that a bound that cannot bind disappears: an unpadded convolution has plain loops.
#ifndef INDEX_H
#define INDEX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"

struct symbol;

enum index_kind {
    INDEX_CONSTANT,
    INDEX_VARIABLE,
    INDEX_ADD,
    INDEX_MULTIPLY,
    INDEX_DIVIDE,
    INDEX_MODULO,
    INDEX_MIN,
    INDEX_MAX
};

struct index {
    enum index_kind kind;
    long least, most;    // the range; a run-time bound reaches to INDEX_UNBOUNDED
    long constant;       // of CONSTANT, and the right side of MULTIPLY, DIVIDE and MODULO
    const struct symbol *symbol;
    const struct index *left, *right;
};

// A range that reaches this far has no end: sums and products stop here, so that they never overflow.
#define INDEX_UNBOUNDED (1L << 60)

const struct index *index_constant(struct arena *arena, long constant);
const struct index *index_variable(struct arena *arena, const struct symbol *symbol, long least, long most);
const struct index *index_add(struct arena *arena, const struct index *a, const struct index *b);
const struct index *index_offset(struct arena *arena, const struct index *a, long constant);
const struct index *index_multiply(struct arena *arena, const struct index *a, long constant);
// C's division and remainder; what is divided is at least 0 where the sign matters.
const struct index *index_divide(struct arena *arena, const struct index *a, long constant);
const struct index *index_modulo(struct arena *arena, const struct index *a, long constant);
const struct index *index_min(struct arena *arena, const struct index *a, const struct index *b);
const struct index *index_max(struct arena *arena, const struct index *a, const struct index *b);
// The index with the variable `symbol` replaced by `value`, simplified.
const struct index *index_replace(struct arena *arena, const struct index *a, const struct symbol *symbol,
                                  const struct index *value);
bool index_equal(const struct index *a, const struct index *b);
bool index_is_constant(const struct index *a, long constant);
bool index_uses(const struct index *a, const struct symbol *symbol);
void index_print(const struct index *index, struct buffer *out);

#endif
