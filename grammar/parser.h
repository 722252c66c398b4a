// The parser: text to syntax tree. One run reports all syntax errors.
#ifndef PARSER_H
#define PARSER_H

#include "grammar/errors.h"
#include "grammar/syntax.h"
#include "grammar/tokens.h"

// Parses a spec and reports every error. Erroneous parts are left out of the tree, which is then marked damaged.
struct syntax *parse_spec(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);
// Parses the NAME=EXPR of --set into an ITEM_CONST; NULL after an error.
struct item *parse_assignment(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);

// The rest is private to the grammar and parser.c.
struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct syntax *syntax;
    struct token_stream stream;
    struct token current;    // the token returned last
};

struct token parser_token(struct parser *parser);
// Reports that `current` is not among the expected tokens, and starts the recovery.
void parser_unexpected(struct parser *parser, const char *const *expected, int count);
void parser_exhausted(struct parser *parser, struct span span);
// Constructors of operators that check the limit of the tree's height.
struct expression *parser_binary(struct parser *parser, struct expression *left, char symbol, struct expression *right,
                                 struct span operator_span);
struct expression *parser_negate(struct parser *parser, struct span minus, struct expression *operand);

#endif
