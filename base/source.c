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

struct position position_of(struct span span) {
    const char *text = span.source->text;
    struct position place = {1, 1};
    size_t begin = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (size_t i = begin; i < span.start; i++)
        if (text[i] == '\n') {
            place.line++;
            begin = i + 1;
        }
    while (begin < span.start) {
        begin += character_length(text + begin, span.source->length - begin);
        place.column++;
    }
    return place;
}

const char *span_text(struct arena *arena, struct span span) {
    return arena_copy(arena, span.source->text + span.start, span.end - span.start);
}
