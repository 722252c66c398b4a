#include "grammar/syntax.h"

static const char *const words[ITEM_KINDS] = {
    [ITEM_MODEL] = "model",     [ITEM_CONST] = "const", [ITEM_INPUT] = "input",   [ITEM_ENCODER] = "encoder",
    [ITEM_DECODER] = "decoder", [ITEM_HEAD] = "head",   [ITEM_LATENT] = "latent", [ITEM_BLOCK] = "block",
    [ITEM_DATA] = "data",       [ITEM_LOSS] = "loss",   [ITEM_TRAIN] = "train",   [ITEM_SWEEP] = "sweep",
};

const char *item_word(enum item_kind kind) {
    return words[kind];
}

// Lists keep a pointer to the last node, so that appending takes constant time.
#define LIST_ADD(list, node)          \
    do {                              \
        if ((list).last)              \
            (list).last->next = node; \
        else                          \
            (list).first = node;      \
        (list).last = node;           \
    } while (0)

static struct expression *expression_new(struct arena *arena, enum expression_kind kind, struct span span) {
    struct expression *expression = ARENA_NEW(arena, struct expression);
    expression->kind = kind;
    expression->span = span;
    expression->height = 1;
    return expression;
}

struct expression *expression_number(struct arena *arena, struct span span, double number) {
    struct expression *expression = expression_new(arena, EXPRESSION_NUMBER, span);
    expression->number = number;
    return expression;
}

struct expression *expression_string(struct arena *arena, struct span span, const char *string) {
    struct expression *expression = expression_new(arena, EXPRESSION_STRING, span);
    expression->string = string;
    return expression;
}

static int arguments_height(struct arguments arguments) {
    int height = 0;
    for (const struct argument *argument = arguments.first; argument; argument = argument->next)
        if (argument->value->height > height) height = argument->value->height;
    return height;
}

struct expression *expression_call(struct arena *arena, struct call *call) {
    struct expression *expression = expression_new(arena, EXPRESSION_CALL, call->span);
    expression->call = call;
    expression->height = arguments_height(call->arguments) + 1;
    return expression;
}

struct expression *expression_list(struct arena *arena, struct span span, struct arguments list) {
    struct expression *expression = expression_new(arena, EXPRESSION_LIST, span);
    expression->list = list;
    expression->height = arguments_height(list) + 1;
    return expression;
}

struct expression *expression_binary(struct arena *arena, struct expression *left, char symbol,
                                     struct expression *right) {
    struct expression *expression = expression_new(arena, EXPRESSION_BINARY, span_join(left->span, right->span));
    expression->binary.symbol = symbol;
    expression->binary.left = left;
    expression->binary.right = right;
    expression->height = (left->height > right->height ? left->height : right->height) + 1;
    return expression;
}

static struct expression *expression_unary(struct arena *arena, enum expression_kind kind, struct span span,
                                           struct expression *operand) {
    struct expression *expression = expression_new(arena, kind, span);
    expression->operand = operand;
    expression->height = operand->height + 1;
    return expression;
}

struct expression *expression_negate(struct arena *arena, struct span minus, struct expression *operand) {
    return expression_unary(arena, EXPRESSION_NEGATE, span_join(minus, operand->span), operand);
}

struct expression *expression_group(struct arena *arena, struct span span, struct expression *operand) {
    return expression_unary(arena, EXPRESSION_GROUP, span, operand);
}

struct call *call_new(struct arena *arena, struct name name, struct arguments arguments, struct span span) {
    struct call *call = ARENA_NEW(arena, struct call);
    *call = (struct call){name, arguments, span};
    return call;
}

struct argument *argument_new(struct arena *arena, struct name name, struct expression *value) {
    struct argument *argument = ARENA_NEW(arena, struct argument);
    *argument = (struct argument){.name = name, .value = value};
    return argument;
}

struct arguments arguments_add(struct arguments list, struct argument *argument) {
    LIST_ADD(list, argument);
    return list;
}

struct element *element_call(struct arena *arena, struct call *call) {
    struct element *element = ARENA_NEW(arena, struct element);
    element->call = call;
    return element;
}

struct element *element_unsupported(struct arena *arena, struct name word) {
    struct element *element = ARENA_NEW(arena, struct element);
    element->unsupported = word;
    return element;
}

struct layer_line *line_new(struct arena *arena, struct element *element) {
    struct layer_line *line = ARENA_NEW(arena, struct layer_line);
    return line_add(line, element);
}

struct layer_line *line_damaged(struct arena *arena) {
    return line_new(arena, ARENA_NEW(arena, struct element));
}

struct layer_line *line_add(struct layer_line *line, struct element *element) {
    LIST_ADD(*line, element);
    return line;
}

struct layers layers_add(struct layers layers, struct layer_line *line) {
    LIST_ADD(layers, line);
    return layers;
}

struct setting *setting_new(struct arena *arena, struct name name, struct expression *value) {
    struct setting *setting = ARENA_NEW(arena, struct setting);
    *setting = (struct setting){.name = name, .value = value};
    return setting;
}

struct settings settings_add(struct settings settings, struct setting *setting) {
    LIST_ADD(settings, setting);
    return settings;
}

struct axis *axis_new(struct arena *arena, struct name name, struct expression *values) {
    struct axis *axis = ARENA_NEW(arena, struct axis);
    *axis = (struct axis){.name = name, .values = values};
    return axis;
}

struct axes axes_add(struct axes axes, struct axis *axis) {
    LIST_ADD(axes, axis);
    return axes;
}

struct item *item_new(struct arena *arena, enum item_kind kind, struct span word, struct name name) {
    struct item *item = ARENA_NEW(arena, struct item);
    item->kind = kind;
    item->word = (struct name){words[kind], word};
    item->name = name;
    return item;
}

void syntax_add(struct syntax *syntax, struct item *item) {
    LIST_ADD(*syntax, item);
}
