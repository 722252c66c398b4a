#include <string.h>

#include "base/number.h"
#include "compiler/emit/emit.h"

// Expressions of the spec as C.

const char *emit_double(const struct emitter *emitter, double number) {
    const char *text = number_text(emitter->arena, number);
    return strpbrk(text, ".e") ? text : arena_print(emitter->arena, "%s.0", text);
}

static void call_print(const struct emitter *emitter, const struct call *call, struct buffer *out) {
    const struct constant *constant = names_find(&emitter->spec->constant_names, call->name.text);
    if (constant) {
        if (constant->fixed)
            buffer_print(out, "%s", emit_double(emitter, constant->number));
        else
            buffer_print(out, "constants[%d]", constant->number_of);
        return;
    }
    bool least = strcmp(call->name.text, "min") == 0, most = strcmp(call->name.text, "max") == 0;
    const char *function = least ? "fmin" : most ? "fmax" : call->name.text;
    int count = 0;
    for (const struct argument *a = call->arguments.first; a; a = a->next)
        count++;
    for (int i = 1; i < count; i++)
        buffer_print(out, "%s(", function);
    if (!least && !most) buffer_print(out, "%s(", function);
    int i = 0;
    for (const struct argument *a = call->arguments.first; a; a = a->next, i++) {
        if (i) buffer_print(out, ", ");
        emit_expression(emitter, a->value, out);
        if (i) buffer_print(out, ")");
    }
    if (!least && !most) buffer_print(out, ")");
}

static void binary_print(const struct emitter *emitter, const struct expression *e, struct buffer *out) {
    char symbol = e->binary.symbol;
    bool function = symbol == '%' || symbol == '^';
    buffer_print(out, "%s", symbol == '%' ? "fmod(" : symbol == '^' ? "pow(" : "(");
    emit_expression(emitter, e->binary.left, out);
    if (function)
        buffer_print(out, ", ");
    else
        buffer_print(out, " %c ", symbol);
    emit_expression(emitter, e->binary.right, out);
    buffer_print(out, ")");
}

void emit_expression(const struct emitter *emitter, const struct expression *e, struct buffer *out) {
    switch (e->kind) {
    case EXPRESSION_NUMBER: buffer_print(out, "%s", emit_double(emitter, e->number)); break;
    case EXPRESSION_CALL: call_print(emitter, e->call, out); break;
    case EXPRESSION_BINARY: binary_print(emitter, e, out); break;
    case EXPRESSION_GROUP: emit_expression(emitter, e->operand, out); break;
    case EXPRESSION_NEGATE:
        buffer_print(out, "(-");
        emit_expression(emitter, e->operand, out);
        buffer_print(out, ")");
        break;
    case EXPRESSION_STRING:
    case EXPRESSION_LIST: break;
    }
}
