// The parser: text to syntax tree. All errors of one text are found in one run.
#ifndef PARSER_H
#define PARSER_H

#include "base/diagnostics.h"
#include "grammar/syntax.h"
#include "grammar/tokens.h"

// The whole of a spec. Reports every error; what could not be understood is left out of the tree and marked damaged.
struct syntax *parse_spec(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);
// NAME=EXPR of --set as an ITEM_CONST, or NULL after an error.
struct item *parse_assignment(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);

// The rest is between the grammar and parser.c.
struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct syntax *syntax;
    struct token_stream stream;
    struct token current;    // the token given last
};

struct token parser_token(struct parser *parser);
// Reports that `current` is none of the expected tokens, and begins to recover.
void parser_unexpected(struct parser *parser, const char *const *expected, int count);
void parser_exhausted(struct parser *parser, struct span span);
// Operators, with the limit on their height.
struct expression *parser_binary(struct parser *parser, struct expression *left, char symbol, struct expression *right,
                                 struct span operator_span);
struct expression *parser_negate(struct parser *parser, struct span minus, struct expression *operand);

#endif
