#include <string.h>

#include "base/buffer.h"
#include "grammar/syntax.h"

static void string_print(const char *string, struct buffer *out) {
    buffer_print(out, "\"");
    for (const char *c = string; *c; c++)
        buffer_print(out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    buffer_print(out, "\"");
}

static void arguments_print(struct arguments arguments, struct buffer *out) {
    for (const struct argument *a = arguments.first; a; a = a->next) {
        if (a->name.text) buffer_print(out, "%s = ", a->name.text);
        expression_print(a->value, out);
        if (a->next) buffer_print(out, ", ");
    }
}

static void call_print(const struct call *call, struct buffer *out) {
    buffer_print(out, "%s", call->name.text);
    if (call->span.end == call->name.span.end) return;
    buffer_print(out, "(");
    arguments_print(call->arguments, out);
    buffer_print(out, ")");
}

void expression_print(const struct expression *e, struct buffer *out) {
    switch (e->kind) {
    case EXPRESSION_NUMBER: buffer_print(out, "%.17g", e->number); break;
    case EXPRESSION_STRING: string_print(e->string, out); break;
    case EXPRESSION_CALL: call_print(e->call, out); break;
    case EXPRESSION_LIST:
        buffer_print(out, "[");
        arguments_print(e->list, out);
        buffer_print(out, "]");
        break;
    case EXPRESSION_BINARY:
        buffer_print(out, "(%c ", e->binary.symbol);
        expression_print(e->binary.left, out);
        buffer_print(out, " ");
        expression_print(e->binary.right, out);
        buffer_print(out, ")");
        break;
    case EXPRESSION_NEGATE:
        buffer_print(out, "(- ");
        expression_print(e->operand, out);
        buffer_print(out, ")");
        break;
    case EXPRESSION_GROUP: expression_print(e->operand, out); break;
    }
}

static void layers_print(const struct layers *layers, struct buffer *out) {
    for (const struct layer_line *line = layers->first; line; line = line->next) {
        buffer_print(out, "  line ");
        for (const struct element *element = line->first; element; element = element->next) {
            if (element->call) call_print(element->call, out);
            if (element->next) buffer_print(out, " -> ");
        }
        if (line->claim_span.source) {
            buffer_print(out, " : [");
            arguments_print(line->claim, out);
            buffer_print(out, "]");
        }
        buffer_print(out, "\n");
    }
}

static void settings_print(const struct settings *settings, struct buffer *out) {
    for (const struct setting *setting = settings->first; setting; setting = setting->next) {
        buffer_print(out, "  setting ");
        if (setting->name.text) buffer_print(out, "%s = ", setting->name.text);
        expression_print(setting->value, out);
        buffer_print(out, "\n");
    }
}

static void item_print(const struct item *item, struct buffer *out) {
    buffer_print(out, "%s", item->word.text);
    if (item->name.text) buffer_print(out, " %s", item->name.text);
    if (item->value) {
        buffer_print(out, " ");
        expression_print(item->value, out);
    }
    if (item->latent.call) {
        buffer_print(out, " %c ", item->latent.symbol);
        call_print(item->latent.call, out);
    }
    buffer_print(out, "\n");
    layers_print(&item->layers, out);
    settings_print(&item->settings, out);
    for (const struct axis *axis = item->axes.first; axis; axis = axis->next) {
        buffer_print(out, "  axis %s in ", axis->name.text);
        expression_print(axis->values, out);
        buffer_print(out, "\n");
    }
}

void syntax_print(const struct syntax *syntax, struct buffer *out) {
    for (const struct item *item = syntax->first; item; item = item->next)
        item_print(item, out);
}
