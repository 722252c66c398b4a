// A text under compilation and places in it. Knows nothing of what the text means.
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct source {
    const char *name;    // as messages show it: the path the user gave, or "--set NAME=EXPR"
    const char *text;    // [length], then a 0; a byte order mark at its start is no part of any line
    size_t length;
    int order;    // messages are sorted by this, then by place
};

// Bytes [start, end) of a source. The zero span is "no place".
struct span {
    const struct source *source;
    uint32_t start, end;
};

// A line and column from 1; columns count characters of UTF-8, not bytes.
struct position {
    int line, column;
};

// The smallest span that holds both; both of one source.
struct span span_join(struct span first, struct span last);
struct position position_of(struct span span);
// The span's text, copied into the arena.
const char *span_text(struct arena *arena, struct span span);
// Bytes of the character that begins at `text` (a malformed one counts 1); 0 at the end.
size_t character_length(const char *text, size_t length);

#endif
