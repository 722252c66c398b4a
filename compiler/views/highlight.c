#include "compiler/views/highlight.h"

#include <string.h>

#include "compiler/spec.h"
#include "grammar/aespec.y.h"
#include "grammar/tokens.h"

static bool is_item(const char *word) {
    for (int i = 0; i < ITEM_ROWS; i++)
        if (strcmp(item_rows[i].name, word) == 0) return true;
    return false;
}

// The class of a token, or NULL. `begins`: an item can begin here.
static const char *token_class(const struct token *token, bool begins) {
    switch (token->kind) {
    case NUMBER: return "number";
    case STRING: return "string";
    case REPEAT:
    case RESIDUAL:
    case IN: return "keyword";
    case NAME:
        if (begins && is_item(token->value.text)) return "keyword";
        return table_describe(token->value.text) ? "word" : NULL;
    default: return NULL;
    }
}

static void add(const char *class, const char *text, const char *end, struct buffer *out) {
    if (class) buffer_print(out, "<span class=\"%s\">", class);
    buffer_escape(out, text, (size_t)(end - text));
    if (class) buffer_print(out, "</span>");
}

// Adds the blanks and comments between two tokens.
static void add_gap(const char *text, const char *end, struct buffer *out) {
    while (text < end) {
        const char *comment = memchr(text, '#', (size_t)(end - text));
        if (!comment) comment = end;
        add(NULL, text, comment, out);
        const char *line_end = comment < end ? memchr(comment, '\n', (size_t)(end - comment)) : NULL;
        text = line_end ? line_end : end;
        if (comment < end) add("comment", comment, text, out);
    }
}

void highlight_spec(struct arena *arena, const struct source *source, struct buffer *out) {
    struct diagnostics ignored = {.arena = arena};
    struct tokens tokens = tokens_scan(arena, source, &ignored);
    const char *at = source->text;
    int before = TOKEN_NEWLINE, braces = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *token = &tokens.list[i];
        const char *begin = source->text + token->span.start, *end = source->text + token->span.end;
        add_gap(at, begin, out);
        bool begins = before == TOKEN_NEWLINE || before == TOKEN_SEMICOLON || before == '}';
        add(token_class(token, begins && braces == 0), begin, end, out);
        before = token->kind;
        braces += (before == '{') - (before == '}');
        at = end;
    }
    add_gap(at, source->text + source->length, out);
}
