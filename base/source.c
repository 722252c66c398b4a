#include "base/source.h"

#include <string.h>

struct span span_join(struct span first, struct span last) {
    if (!first.source) return last;
    if (!last.source) return first;
    return (struct span){first.source, first.start < last.start ? first.start : last.start,
                         first.end > last.end ? first.end : last.end};
}

static size_t character_wanted(unsigned char lead) {
    if (lead >= 0xf0 && lead < 0xf8) return 4;
    if (lead >= 0xe0 && lead < 0xf0) return 3;
    if (lead >= 0xc2 && lead < 0xe0) return 2;
    return 1;
}

size_t character_length(const char *text, size_t length) {
    if (length == 0) return 0;
    size_t wanted = character_wanted((unsigned char)text[0]);
    if (wanted > length) return 1;
    for (size_t i = 1; i < wanted; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80) return 1;
    return wanted;
}

enum { MARK_BYTES = 128 };    // distance of two marks

// The position of the first byte of a character.
struct source_mark {
    uint32_t offset;
    struct position position;
};

static struct source_mark mark_first(const struct source *source) {
    uint32_t begin = strncmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    return (struct source_mark){begin, {1, 1, begin}};
}

// Moves a mark to the next character.
static void mark_advance(struct source_mark *mark, const struct source *source) {
    const char *text = source->text + mark->offset;
    mark->offset += (uint32_t)character_length(text, source->length - mark->offset);
    mark->position.column++;
    if (*text == '\n') mark->position = (struct position){mark->position.line + 1, 1, mark->offset};
}

void source_index(struct arena *arena, struct source *source) {
    struct source_mark *marks = ARENA_ARRAY(arena, struct source_mark, source->length / MARK_BYTES + 1);
    struct source_mark mark = mark_first(source), last = mark;
    marks[0] = mark;
    for (size_t i = 1; i <= source->length / MARK_BYTES; i++) {
        for (; mark.offset <= i * MARK_BYTES && mark.offset < source->length; mark_advance(&mark, source))
            last = mark;
        marks[i] = last;
    }
    source->marks = marks;
}

struct position position_of(struct span span) {
    const struct source *source = span.source;
    struct source_mark mark = source->marks ? source->marks[span.start / MARK_BYTES] : mark_first(source);
    while (mark.offset < span.start)
        mark_advance(&mark, source);
    return mark.position;
}

const char *span_text(struct arena *arena, struct span span) {
    return arena_copy(arena, span.source->text + span.start, span.end - span.start);
}
