#include "grammar/tokens.h"

#include <string.h>

#include "base/nearest.h"
#include "grammar/aespec.y.h"

static const struct {
    const char *word;
    int kind;
    int follows;
} items[] = {
#define ITEM(name, token, follows, form, doc) {#name, token, follows},
#include "language/tables.def"
};

enum { ITEM_WORDS = sizeof items / sizeof *items };

static int item_find(const struct token *token) {
    for (int i = 0; token->kind == NAME && i < ITEM_WORDS; i++)
        if (strcmp(items[i].word, token->value.text) == 0) return i;
    return -1;
}

struct token_stream token_stream_open(struct arena *arena, struct tokens tokens, struct diagnostics *diagnostics) {
    size_t *ahead = ARENA_ARRAY(arena, size_t, tokens.count);
    for (size_t i = tokens.count; i-- > 0;)
        ahead[i] = tokens.list[i].kind == TOKEN_NEWLINE ? ahead[i + 1] : i;
    return (struct token_stream){
        .tokens = tokens, .diagnostics = diagnostics, .arena = arena, .ahead = ahead, .previous = NL, .before = NL};
}

const char *token_describe(struct arena *arena, struct token token) {
    switch (token.kind) {
    case 0: return "the end of the file";
    case NL:
        if (token.span.source->length == token.span.start) return "the end of the file";
        return token.span.source->text[token.span.start] == ';' ? "';'" : "the end of the line";
    case NUMBER: return arena_print(arena, "the number %s", span_text(arena, token.span));
    case STRING: return "a string";
    default: return arena_print(arena, "'%s'", span_text(arena, token.span));
    }
}

struct span token_stream_bracket(const struct token_stream *stream) {
    if (stream->depth == 0) return (struct span){0};
    struct span top = stream->open[stream->depth - 1];
    return top.source->text[top.start] == '{' ? (struct span){0} : top;
}

static bool in_brackets(const struct token_stream *stream) {
    return token_stream_bracket(stream).source != NULL;
}

bool token_stream_in_reader(const struct token_stream *stream) {
    static const char *const readers[] = {
#define READER(name) #name,
#include "language/tables.def"
    };
    struct span bracket = token_stream_bracket(stream);
    if (!bracket.source) return false;
    const char *text = bracket.source->text;
    size_t end = bracket.start;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        size_t length = strlen(readers[i]);
        if (length <= end && strncmp(text + end - length, readers[i], length) == 0) return true;
    }
    return false;
}

static const struct token *token_ahead(const struct token_stream *stream, size_t from) {
    return &stream->tokens.list[stream->ahead[from]];
}

static struct token stream_give(struct token_stream *stream, struct token token) {
    if (token.kind != '}') stream->closed = false;
    stream->before = stream->previous;
    stream->previous = token.kind;
    return token;
}

// Inserts a token that the text does not contain before the next one.
static struct token stream_insert(struct token_stream *stream, int kind) {
    struct span span = stream->tokens.list[stream->next].span;
    span.end = span.start;
    return stream_give(stream, (struct token){.kind = kind, .span = span});
}

// Counts a bracket whose position is already in `open`.
static void stream_open(struct token_stream *stream, int kind) {
    stream->depth++;
    if (kind == '{') stream->braces++;
}

static void stream_close(struct token_stream *stream, char opening) {
    if (stream->depth == 0) return;
    struct span top = stream->open[stream->depth - 1];
    if (top.source->text[top.start] != opening) return;
    stream->depth--;
    if (opening == '{') stream->braces--;
    stream->closed = opening == '{';
}

// True if the next line can only be the rest of a statement that was broken after an operator.
static bool continues(const struct token_stream *stream) {
    int before = stream->before, ahead = token_ahead(stream, stream->next)->kind;
    bool broken = before == '=' || before == ':' || before == '*' || before == '+' || before == '-' || before == '/' ||
                  before == '%' || before == '^' || before == '~';
    return broken && (ahead == NUMBER || ahead == STRING || ahead == '(' || ahead == '[');
}

static void token_report(struct token_stream *stream, struct token token) {
    struct diagnostic *error =
        error_at(stream->diagnostics, token.error, token.span, token.argument, span_text(stream->arena, token.span));
    if (token.hint)
        diagnostic_hint(stream->diagnostics, error, "%s", token.hint);
    else if (token_stream_in_reader(stream))
        diagnostic_hint(stream->diagnostics, error, "a path must be quoted");
}

void token_stream_recover(struct token_stream *stream) {
    bool bracket = in_brackets(stream);
    while (in_brackets(stream))
        stream->depth--;
    if (stream->previous == NL && stream->next > 0) {
        bool semicolon = stream->tokens.list[stream->next - 1].kind == TOKEN_SEMICOLON;
        stream->failed = (bracket && semicolon) || continues(stream);
        while (stream->failed && stream->tokens.list[stream->next].kind == TOKEN_NEWLINE)
            stream->next++;
        return;
    }
    if (stream->next == 0) return;
    stream->failed = true;
    // A token is returned to the input only once, so that each recovery makes progress.
    if (stream->returned == stream->next) return;
    stream->returned = stream->next;
    stream->next--;
    // A '{' inside brackets is closed together with them.
    if (stream->tokens.list[stream->next].kind == '{' && stream->depth > 0) stream_close(stream, '{');
    while (in_brackets(stream))
        stream->depth--;
    // A '}' that came too early is read again after the end of its line, so its block is opened again.
    if (stream->tokens.list[stream->next].kind == '}' && stream->closed) stream_open(stream, '{');
}

// Skips the rest of a damaged line, or of a damaged item outside of braces, including nested braces.
static void stream_skip(struct token_stream *stream) {
    int nested = 0;
    for (;; stream->next++) {
        int kind = stream->tokens.list[stream->next].kind;
        if (kind == 0) return;
        // Outside of braces a ';' may be inside brackets that the error left open, and a '{' on the next line still
        // belongs to the damaged item.
        if (nested == 0 && kind == TOKEN_SEMICOLON && stream->braces > 0) return;
        if (nested == 0 && kind == TOKEN_NEWLINE && token_ahead(stream, stream->next)->kind != '{') return;
        if (kind == '}' && nested == 0 && stream->braces > 0) return;
        if (kind == '{') nested++;
        if (kind == '}' && nested > 0) nested--;
    }
}

static struct token stream_recovered(struct token_stream *stream) {
    stream->failed = false;
    stream_skip(stream);
    return stream_insert(stream, NL);
}

static struct token stream_fail(struct token_stream *stream, struct token token) {
    while (in_brackets(stream))
        stream->depth--;
    stream->failed = true;
    token.kind = GRAMMAR_error;
    return stream_give(stream, token);
}

// Closes the braces that the text leaves open, one token at a time.
static struct token stream_closing(struct token_stream *stream) {
    if (stream->previous != NL && stream->previous != '{') return stream_insert(stream, NL);
    if (stream->braces > 0) {
        stream_close(stream, '{');
        return stream_insert(stream, '}');
    }
    stream->unclosed = 0;
    return token_stream_next(stream);
}

static struct token stream_unclosed(struct token_stream *stream, struct token found) {
    while (in_brackets(stream))
        stream->depth--;
    struct diagnostic *error =
        error_at(stream->diagnostics, ERROR_unexpected_token, found.span, "'}'", token_describe(stream->arena, found));
    diagnostic_note(stream->diagnostics, error, stream->open[stream->depth - 1], "the '{' was opened here");
    stream->unclosed = stream->braces;
    return stream_closing(stream);
}

// True if a line inside braces begins like an item: a closing brace before it is missing.
static bool item_begins(const struct token_stream *stream) {
    int item = item_find(&stream->tokens.list[stream->next]);
    if (item < 0) return false;
    if (items[item].follows == '{') return token_ahead(stream, stream->next + 1)->kind == '{';
    return stream->tokens.list[stream->next + 1].kind == items[item].follows;
}

static void unknown_item(struct token_stream *stream, struct token token) {
    stream->damaged = true;
    if (token.kind == NAME) {
        const char *words[ITEM_WORDS];
        for (int i = 0; i < ITEM_WORDS; i++)
            words[i] = items[i].word;
        struct diagnostic *error = error_at(stream->diagnostics, ERROR_unknown_item, token.span, token.value.text);
        diagnostic_suggest(stream->diagnostics, error, nearest_name(token.value.text, words, ITEM_WORDS));
    } else if (token.kind == GRAMMAR_error) {
        token_report(stream, token);
    } else {
        error_at(stream->diagnostics, ERROR_unexpected_token, token.span, "an item",
                 token_describe(stream->arena, token));
    }
}

// The token where an item can begin: its keyword, or the line end after an erroneous item.
static struct token stream_item(struct token_stream *stream, struct token token) {
    int item = item_find(&token);
    if (item < 0) {
        unknown_item(stream, token);
        if (token.kind != '{') stream->next++;
        return stream_recovered(stream);
    }
    stream->next++;
    token.kind = items[item].kind;
    return stream_give(stream, token);
}

static bool is_operand(int kind) {
    return kind == NUMBER || kind == NAME || kind == STRING || kind == ')' || kind == ']';
}

// Reports a sign as in +1 and reads the number.
static bool plus_sign(struct token_stream *stream, struct token token) {
    const struct token *number = &stream->tokens.list[stream->next + 1];
    if (token.kind != '+' || is_operand(stream->previous) || number->kind != NUMBER) return false;
    const char *right = span_text(stream->arena, number->span);
    struct span span = span_join(token.span, number->span);
    struct diagnostic *error =
        error_at(stream->diagnostics, ERROR_number_form, span, right, span_text(stream->arena, span));
    diagnostic_hint(stream->diagnostics, error, "write %s", right);
    return true;
}

static struct token stream_bracket(struct token_stream *stream, struct token token) {
    switch (token.kind) {
    case '(':
    case '[':
    case '{':
        if (stream->depth == NESTING_MAX) {
            error_at(stream->diagnostics, ERROR_nesting_too_deep, token.span, "brackets", NESTING_MAX);
            return stream_fail(stream, token);
        }
        stream->open[stream->depth] = token.span;
        stream_open(stream, token.kind);
        break;
    case ')': stream_close(stream, '('); break;
    case ']': stream_close(stream, '['); break;
    case '}': stream_close(stream, '{'); break;
    }
    return stream_give(stream, token);
}

// True if the newline at stream->next ends a statement.
static bool newline_ends(const struct token_stream *stream) {
    if (in_brackets(stream) || stream->previous == NL || stream->previous == ARROW || stream->previous == ',')
        return false;
    int ahead = token_ahead(stream, stream->next)->kind;
    return ahead != ARROW && ahead != '{';
}

static struct token stream_line_end(struct token_stream *stream, struct token token) {
    stream->next++;
    token.kind = NL;
    return stream_give(stream, token);
}

struct token token_stream_next(struct token_stream *stream) {
    if (stream->failed) return stream_recovered(stream);
    if (stream->unclosed) return stream_closing(stream);
    while (stream->tokens.list[stream->next].kind == TOKEN_NEWLINE && !newline_ends(stream))
        stream->next++;
    struct token token = stream->tokens.list[stream->next];
    bool begins = stream->previous == NL || stream->previous == '{';
    if (token.kind == TOKEN_NEWLINE || token.kind == TOKEN_SEMICOLON) return stream_line_end(stream, token);
    if (token.kind == 0 && stream->braces > 0 && !in_brackets(stream)) return stream_unclosed(stream, token);
    bool unfinished = in_brackets(stream) || stream->previous == ARROW || stream->previous == ',';
    if ((token.kind == 0 || (token.kind == '}' && !unfinished)) && !begins) return stream_insert(stream, NL);
    if (token.kind == 0) return stream_give(stream, token);
    if (stream->braces == 0 && stream->previous == NL) return stream_item(stream, token);
    if (stream->braces > 0 && begins && item_begins(stream)) return stream_unclosed(stream, token);
    if (plus_sign(stream, token)) {
        stream->next++;
        return token_stream_next(stream);
    }
    stream->next++;
    if (token.kind == GRAMMAR_error) {
        token_report(stream, token);
        return stream_fail(stream, token);
    }
    return stream_bracket(stream, token);
}
