// The syntax tree: the structure of the text with the position of every word, before names are resolved.
// Nodes live in the arena of the compilation. Lists are in source order.
#ifndef SYNTAX_H
#define SYNTAX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/source.h"

struct name {
    const char *text;    // NULL without a name
    struct span span;
};

enum expression_kind {
    EXPRESSION_NUMBER,
    EXPRESSION_STRING,
    EXPRESSION_CALL,    // a name, with or without arguments
    EXPRESSION_LIST,
    EXPRESSION_BINARY,
    EXPRESSION_NEGATE,
    EXPRESSION_GROUP    // in parentheses
};

struct argument {
    struct name name;    // of a named argument
    struct expression *value;
    struct argument *next;
};

struct arguments {
    struct argument *first, *last;
};

struct call {
    struct name name;
    struct arguments arguments;
    struct span span;    // from the name to the closing bracket
};

struct expression {
    enum expression_kind kind;
    struct span span;
    int height;    // of the tree below; limited, so that functions can recurse over it
    union {
        double number;
        const char *string;
        struct call *call;
        struct arguments list;
        struct {
            char symbol;    // + - * / % ^
            struct expression *left, *right;
        } binary;
        struct expression *operand;    // of NEGATE and GROUP
    };
};

// An element of a line of layers: a call, or the word of an unsupported construct. An element with neither replaces a
// line that was left out because of an error.
struct element {
    struct call *call;    // NULL for residual and repeat
    struct name unsupported;
    struct element *next;
};

struct layer_line {
    struct name name;    // of a named line
    struct element *first, *last;
    struct arguments claim;    // the list after ':'
    struct span claim_span;    // from its '[' to its ']'; zero without a claim
    struct layer_line *next;
};

struct layers {
    struct layer_line *first, *last;
    struct span from;    // the '(' of `from`; zero without one
};

// A line of data, loss or train: an expression, NAME = expression, or NAME { ... }.
struct setting {
    struct name name;
    struct expression *value;    // NULL for a nested block
    struct setting *next;
};

struct settings {
    struct setting *first, *last;
    bool damaged;
};

struct axis {
    struct name name;
    struct expression *values;
    struct axis *next;
};

struct axes {
    struct axis *first, *last;
};

enum item_kind {
    ITEM_MODEL,
    ITEM_CONST,
    ITEM_INPUT,
    ITEM_ENCODER,
    ITEM_DECODER,
    ITEM_HEAD,
    ITEM_LATENT,
    ITEM_BLOCK,
    ITEM_DATA,
    ITEM_LOSS,
    ITEM_TRAIN,
    ITEM_SWEEP,
    ITEM_KINDS
};

struct item {
    enum item_kind kind;
    struct name word;            // "encoder"
    struct name name;            // of model, const, input, head, latent, block
    struct expression *value;    // const, input
    struct layers layers;        // encoder, decoder, head, block
    struct span from;            // the '(' of `from` of a latent
    struct {
        char symbol;    // '=' or '~'
        struct span span;
        struct call *call;
    } latent;
    struct settings settings;    // data, loss, train
    struct axes axes;            // sweep
    struct item *next;
};

struct syntax {
    struct item *first, *last;
    struct span end;    // the empty span at the end of the text
    bool damaged;       // an item was left out because of an error
};

const char *item_word(enum item_kind kind);

// Constructors, one call each in the parser's actions.
struct expression *expression_number(struct arena *arena, struct span span, double number);
struct expression *expression_string(struct arena *arena, struct span span, const char *string);
struct expression *expression_call(struct arena *arena, struct call *call);
struct expression *expression_list(struct arena *arena, struct span span, struct arguments list);
struct expression *expression_binary(struct arena *arena, struct expression *left, char symbol,
                                     struct expression *right);
struct expression *expression_negate(struct arena *arena, struct span minus, struct expression *operand);
struct expression *expression_group(struct arena *arena, struct span span, struct expression *operand);
struct call *call_new(struct arena *arena, struct name name, struct arguments arguments, struct span span);
struct argument *argument_new(struct arena *arena, struct name name, struct expression *value);
struct arguments arguments_add(struct arguments list, struct argument *argument);
struct element *element_call(struct arena *arena, struct call *call);
struct element *element_unsupported(struct arena *arena, struct name word);
struct layer_line *line_new(struct arena *arena, struct element *element);
struct layer_line *line_damaged(struct arena *arena);
struct layer_line *line_add(struct layer_line *line, struct element *element);
struct layers layers_add(struct layers layers, struct layer_line *line);
struct setting *setting_new(struct arena *arena, struct name name, struct expression *value);
struct settings settings_add(struct settings settings, struct setting *setting);
struct axis *axis_new(struct arena *arena, struct name name, struct expression *values);
struct axes axes_add(struct axes axes, struct axis *axis);
struct item *item_new(struct arena *arena, enum item_kind kind, struct span word, struct name name);
void syntax_add(struct syntax *syntax, struct item *item);

// The tree as text, for `emit --dump=ast`.
struct buffer;
void syntax_print(const struct syntax *syntax, struct buffer *out);
void expression_print(const struct expression *expression, struct buffer *out);

#endif
