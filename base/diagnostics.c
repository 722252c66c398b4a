#include "base/diagnostics.h"

#include <stdlib.h>
#include <string.h>

struct note {
    struct span span;
    const char *text;
    struct note *next;
};

struct diagnostic {
    const char *id;
    struct span span;
    const char *message;
    const char *hint;
    struct note *notes;
    int number;    // order of reporting; sorts errors at the same position
    struct diagnostic *next;
};

static const char *text_of(struct arena *arena, const char *format, va_list arguments) {
    struct buffer buffer = {0};
    buffer_vprint(&buffer, format, arguments);
    const char *copy = arena_copy(arena, buffer.text, buffer.length);
    buffer_free(&buffer);
    return copy;
}

struct diagnostic *diagnostic_add(struct diagnostics *diagnostics, const char *id, struct span span, const char *format,
                                  va_list arguments) {
    struct diagnostic *error = ARENA_NEW(diagnostics->arena, struct diagnostic);
    error->id = id;
    error->span = span;
    error->message = text_of(diagnostics->arena, format, arguments);
    error->number = diagnostics->count++;
    error->next = diagnostics->first;
    diagnostics->first = error;
    return error;
}

void diagnostic_hint(struct diagnostics *diagnostics, struct diagnostic *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    error->hint = text_of(diagnostics->arena, format, arguments);
    va_end(arguments);
}

void diagnostic_note(struct diagnostics *diagnostics, struct diagnostic *error, struct span span, const char *format,
                     ...) {
    struct note *note = ARENA_NEW(diagnostics->arena, struct note);
    va_list arguments;
    va_start(arguments, format);
    note->span = span;
    note->text = text_of(diagnostics->arena, format, arguments);
    va_end(arguments);
    struct note **end = &error->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
}

void diagnostic_suggest(struct diagnostics *diagnostics, struct diagnostic *error, const char *nearest) {
    if (nearest) diagnostic_hint(diagnostics, error, "did you mean '%s'?", nearest);
}

static int compare(const void *a, const void *b) {
    const struct diagnostic *x = *(struct diagnostic *const *)a, *y = *(struct diagnostic *const *)b;
    if (x->span.source->order != y->span.source->order) return x->span.source->order - y->span.source->order;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return x->number - y->number;
}

// The first byte of the character that contains this byte, not before `least`.
static size_t character_begin(const char *text, size_t byte, size_t least) {
    enum { CONTINUATIONS_MAX = 3 };
    for (size_t back = 0; back <= CONTINUATIONS_MAX && least + back <= byte; back++)
        if (((unsigned char)text[byte - back] & 0xc0) != 0x80) return byte - back;
    return byte;
}

enum { LINE_LONGEST = 160 };    // bytes shown of a line

// Reduces a very long line to the part around the span; returns what replaces the part before it.
static const char *window_shrink(const char *text, struct span span, size_t *begin, size_t *end) {
    enum { BEFORE = 60 };
    if (*end - *begin <= LINE_LONGEST) return "";
    size_t from = *begin;
    if (span.start - *begin > BEFORE) from = character_begin(text, span.start - BEFORE, *begin);
    if (*end - from > LINE_LONGEST) *end = character_begin(text, from + LINE_LONGEST, from);
    const char *before = from > *begin ? "..." : "";
    *begin = from;
    return before;
}

// Prints text that is safe on a terminal: malformed characters and control characters become question marks.
static void characters_print(const char *text, size_t length, struct buffer *out) {
    for (size_t i = 0; i < length;) {
        size_t bytes = character_length(text + i, length - i);
        unsigned char byte = (unsigned char)text[i];
        bool shown = bytes > 1 || (byte >= 0x20 && byte < 0x7f) || byte == '\t';
        buffer_add(out, shown ? text + i : "?", shown ? bytes : 1);
        i += bytes;
    }
}

// Escape sequences that begin and end colours; all are "" without colours.
struct paint {
    const char *error, *note, *caret, *end;
};

// The line on which the span begins, and below it a caret, then tildes up to the end of the span on that line.
static void excerpt_print(struct span span, struct position place, const char *hint, const struct paint *paint,
                          struct buffer *out) {
    const char *text = span.source->text;
    size_t length = span.source->length, begin = place.line_begin, end = span.start;
    while (end < length && text[end] != '\n' && text[end] != '\r' && end <= span.start + LINE_LONGEST)
        end++;
    const char *before = window_shrink(text, span, &begin, &end);
    buffer_print(out, "%5d | %s", place.line, before);
    characters_print(text + begin, end - begin, out);
    buffer_print(out, "\n      | %*s", (int)strlen(before), "");
    for (size_t i = begin; i < span.start && i < end; i += character_length(text + i, end - i))
        buffer_add(out, text[i] == '\t' ? "\t" : " ", 1);
    buffer_print(out, "%s^", paint->caret);
    size_t i = span.start;
    if (i < end) i += character_length(text + i, end - i);
    for (; i < span.end && i < end; i += character_length(text + i, end - i))
        buffer_add(out, "~", 1);
    if (hint) buffer_print(out, " %s", hint);
    buffer_print(out, "%s\n", paint->end);
}

static void diagnostic_print(const struct diagnostic *error, bool show_ids, const struct paint *paint,
                             struct buffer *out) {
    struct position place = position_of(error->span);
    buffer_print(out, "%s:%d:%d: %serror:%s %s", error->span.source->name, place.line, place.column, paint->error,
                 paint->end, error->message);
    if (show_ids) buffer_print(out, " [%s]", error->id);
    buffer_print(out, "\n");
    excerpt_print(error->span, place, error->hint, paint, out);
    for (const struct note *note = error->notes; note; note = note->next) {
        place = position_of(note->span);
        buffer_print(out, "%s:%d:%d: %snote:%s %s\n", note->span.source->name, place.line, place.column, paint->note,
                     paint->end, note->text);
    }
}

void diagnostics_print(struct diagnostics *diagnostics, bool show_ids, bool colour, struct buffer *out) {
    static const struct paint plain = {"", "", "", ""}, bright = {"\033[1;31m", "\033[1;36m", "\033[32m", "\033[0m"};
    struct diagnostic **sorted = ARENA_ARRAY(diagnostics->arena, struct diagnostic *, diagnostics->count);
    int count = 0;
    for (struct diagnostic *error = diagnostics->first; error; error = error->next)
        sorted[count++] = error;
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    for (int i = 0; i < count; i++)
        diagnostic_print(sorted[i], show_ids, colour ? &bright : &plain, out);
}

bool diagnostics_touch(const struct diagnostics *diagnostics, int order) {
    for (const struct diagnostic *error = diagnostics->first; error; error = error->next)
        if (error->span.source->order == order) return true;
    return false;
}
