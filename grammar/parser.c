#include "grammar/parser.h"

#include <string.h>

#include "base/buffer.h"
#include "grammar/aespec.y.h"

enum { HEIGHT_MAX = 1000, EXPECTED_MAX = 64 };

struct token parser_token(struct parser *parser) {
    return parser->current = token_stream_next(&parser->stream);
}

static bool names_have(const char *const *names, int count, const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

static int names_remove(const char **names, int count, const char *const *unwanted) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        const char *const *u = unwanted;
        while (*u && strcmp(*u, names[i]) != 0)
            u++;
        if (!*u) names[kept++] = names[i];
    }
    return kept;
}

// Simplifies the list of expected tokens: the tokens that begin an expression become "a value", operators are listed
// only if nothing else is allowed.
static int expected_simplify(const char **names, int count) {
    static const char *const values[] = {"a number", "a string", "a name", "'('", "'['", "'-'", NULL};
    static const char *const operators[] = {"'+'", "'-'", "'*'", "'/'", "'%'", "'^'", NULL};
    static const char *const layers[] = {"a name", "'repeat'", "'residual'", NULL};
    static const char *const line_ends[] = {"the end of the line", NULL};
    if (names_have(names, count, "a number")) {
        count = names_remove(names, count, values);
        names[count++] = "a value";
    } else if (names_have(names, count, "'*'")) {
        count = names_remove(names, count, operators);
        if (count == 0) names[count++] = "an operator";
    } else if (names_have(names, count, "'repeat'")) {
        count = names_remove(names, count, layers);
        names[count++] = "a layer";
    }
    if (names_have(names, count, "'}'")) count = names_remove(names, count, line_ends);
    return count;
}

static const char *expected_describe(struct arena *arena, const char *const *expected, int count) {
    const char *names[EXPECTED_MAX + 1];
    memcpy(names, expected, (size_t)count * sizeof *names);
    count = expected_simplify(names, count);
    struct buffer text = {0};
    for (int i = 0; i < count; i++)
        buffer_print(&text, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", names[i]);
    if (count == 0) buffer_print(&text, "nothing more");
    const char *copy = arena_copy(arena, text.text, text.length);
    buffer_free(&text);
    return copy;
}

static bool text_follows(struct token token, const char *text) {
    return strncmp(token.span.source->text + token.span.start, text, strlen(text)) == 0;
}

static void unexpected_hint(struct parser *parser, struct diagnostic *error) {
    int before = parser->stream.before, found = parser->current.kind;
    if (found == NL && before > 0 && before < 256 && strchr("=:+-*/%^~", before))
        diagnostic_hint(parser->diagnostics, error, "a line must not end with '%c' outside of brackets", before);
    else if (found == '=' && text_follows(parser->current, "=>"))
        diagnostic_hint(parser->diagnostics, error, "write '->'");
    else if (found == '/' && text_follows(parser->current, "//"))
        diagnostic_hint(parser->diagnostics, error, "a comment begins with '#'");
    else if (token_stream_in_reader(&parser->stream))
        diagnostic_hint(parser->diagnostics, error, "a path must be quoted");
    else if (found == ':' && before == NL)
        diagnostic_hint(parser->diagnostics, error, "a claim must follow its layer on the same line");
    struct span bracket = token_stream_bracket(&parser->stream);
    if (bracket.source)
        diagnostic_note(parser->diagnostics, error, bracket, "the '%c' was opened here",
                        bracket.source->text[bracket.start]);
}

void parser_unexpected(struct parser *parser, const char *const *expected, int count) {
    struct token found = parser->current;
    bool reserved = found.kind == REPEAT || found.kind == RESIDUAL || found.kind == IN;
    if (reserved && names_have(expected, count, "a name")) {
        error_at(parser->diagnostics, ERROR_reserved_word, found.span, found.value.text);
    } else {
        if (text_follows(found, "=>")) found.span.end = found.span.start + 2;
        struct diagnostic *error =
            error_at(parser->diagnostics, ERROR_unexpected_token, found.span,
                     expected_describe(parser->arena, expected, count), token_describe(parser->arena, found));
        unexpected_hint(parser, error);
    }
    token_stream_recover(&parser->stream);
}

void parser_exhausted(struct parser *parser, struct span span) {
    error_at(parser->diagnostics, ERROR_nesting_too_deep, span, "operators", HEIGHT_MAX);
    parser->syntax->damaged = true;
}

static bool height_allowed(struct parser *parser, int height, struct span operator_span) {
    if (height < HEIGHT_MAX) return true;
    error_at(parser->diagnostics, ERROR_nesting_too_deep, operator_span, "operators", HEIGHT_MAX);
    return false;
}

struct expression *parser_binary(struct parser *parser, struct expression *left, char symbol, struct expression *right,
                                 struct span operator_span) {
    int height = left->height > right->height ? left->height : right->height;
    if (!height_allowed(parser, height, operator_span)) return expression_number(parser->arena, operator_span, 1);
    return expression_binary(parser->arena, left, symbol, right);
}

struct expression *parser_negate(struct parser *parser, struct span minus, struct expression *operand) {
    if (!height_allowed(parser, operand->height, minus)) return expression_number(parser->arena, minus, 1);
    return expression_negate(parser->arena, minus, operand);
}

static struct syntax *parse_tokens(struct arena *arena, const struct source *source, struct tokens tokens,
                                   struct diagnostics *diagnostics) {
    struct parser parser = {.arena = arena, .diagnostics = diagnostics, .syntax = ARENA_NEW(arena, struct syntax)};
    parser.stream = token_stream_open(arena, tokens, diagnostics);
    parser.syntax->end = (struct span){source, (uint32_t)source->length, (uint32_t)source->length};
    if (grammar_parse(&parser) != 0 || parser.stream.damaged) parser.syntax->damaged = true;
    return parser.syntax;
}

struct syntax *parse_spec(struct arena *arena, const struct source *source, struct diagnostics *diagnostics) {
    return parse_tokens(arena, source, tokens_scan(arena, source, diagnostics), diagnostics);
}

struct item *parse_assignment(struct arena *arena, const struct source *source, struct diagnostics *diagnostics) {
    struct tokens scanned = tokens_scan(arena, source, diagnostics);
    struct tokens tokens = {ARENA_ARRAY(arena, struct token, scanned.count + 1), scanned.count + 1};
    tokens.list[0] = (struct token){.kind = NAME, .span = {source, 0, 0}, .value.text = item_word(ITEM_CONST)};
    memcpy(tokens.list + 1, scanned.list, scanned.count * sizeof *scanned.list);
    int errors = diagnostics->count;
    struct syntax *syntax = parse_tokens(arena, source, tokens, diagnostics);
    return diagnostics->count == errors ? syntax->first : NULL;
}
