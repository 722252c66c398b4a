// A text under compilation and positions in it; independent of the text's meaning.
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct source_mark;

struct source {
    const char *name;    // as messages show it: the path the user gave, or "--set NAME=EXPR"
    const char *text;    // [length], then a 0; a byte order mark at its start is not part of a line
    size_t length;
    int order;                          // messages are sorted by this number, then by position
    const struct source_mark *marks;    // from source_index; NULL: positions are counted from the start of the text
};

// Bytes [start, end) of a source. The zero span means "no position".
struct span {
    const struct source *source;
    uint32_t start, end;
};

// A line and column from 1; columns count UTF-8 characters, not bytes.
struct position {
    int line, column;
    uint32_t line_begin;    // offset of the line's first byte
};

// Records the positions of some bytes in the arena, so that position_of takes constant time.
void source_index(struct arena *arena, struct source *source);
// The smallest span that contains both; both must be of one source.
struct span span_join(struct span first, struct span last);
// The position of the span's first byte.
struct position position_of(struct span span);
// A copy of the span's text in the arena.
const char *span_text(struct arena *arena, struct span span);
// The bytes of the character at `text` (1 for a malformed one); 0 at the end.
size_t character_length(const char *text, size_t length);

#endif
