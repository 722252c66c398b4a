#include "compiler/nest/outline.h"

#include <ctype.h>
#include <string.h>

enum { VARIABLES_MOST = 32 };

struct outliner {
    const struct machine *machine;
    struct arena *arena;
    const struct kernel_code *code;
    struct buffer *parts;
    int count;
    const char *variables[VARIABLES_MOST];    // of the loops around, and what is declared beside them
    int variable_count;
};

bool text_names(const char *text, const char *word) {
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + length, word)) {
        bool begins = at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_');
        bool ends = !(isalnum((unsigned char)at[length]) || at[length] == '_');
        if (begins && ends) return true;
    }
    return false;
}

void array_parameter_print(const struct kernel_array *array, struct buffer *out) {
    buffer_print(out, "\n        %sae_real *restrict %s", array->written ? "" : "const ", array->name);
}

static bool holds_registers(const struct statement *block) {
    for (const struct statement *s = block->body; s; s = s->next)
        if (s->kind == STATEMENT_REGISTERS) return true;
    return false;
}

static void name_add(const char *type, const char *name, struct buffer *parameters, struct buffer *call) {
    const char *comma = call->length ? ", " : "";
    buffer_print(parameters, "%s%s %s", comma, type, name);
    buffer_print(call, "%s%s", comma, name);
}

// What the text names of what stands around it: parameters of the part, and the call's arguments.
static void names_collect(const struct outliner *o, const char *text, struct buffer *parameters, struct buffer *call) {
    for (int i = 0; i < o->variable_count; i++)
        if (text_names(text, o->variables[i])) name_add("ptrdiff_t", o->variables[i], parameters, call);
    for (const struct statement *s = o->code->body; s; s = s->next)
        if ((s->kind == STATEMENT_SCALAR || s->kind == STATEMENT_OP) && text_names(text, s->name))
            name_add("ae_real", s->name, parameters, call);
    for (int i = 0; i < o->code->array_count; i++) {
        if (!text_names(text, o->code->arrays[i].name)) continue;
        buffer_print(parameters, "%s", call->length ? "," : "");
        array_parameter_print(&o->code->arrays[i], parameters);
        buffer_print(call, "%s%s", call->length ? ", " : "", o->code->arrays[i].name);
    }
}

static void part_make(struct outliner *o, struct statement *block) {
    struct buffer body = {0}, parameters = {0}, call = {0};
    nest_print(o->machine, o->arena, block->body, 1, &body);
    names_collect(o, body.text, &parameters, &call);
    const char *name = arena_print(o->arena, "%c_part%d", OUTLINE_NAME, ++o->count);
    buffer_print(o->parts, "static void %s(%s) {\n", name, parameters.text);
    buffer_add(o->parts, body.text, body.length);
    buffer_print(o->parts, "}\n\n");
    struct statement *text = ARENA_NEW(o->arena, struct statement);
    text->kind = STATEMENT_TEXT;
    text->name = arena_print(o->arena, "%s(%s);", name, call.text);
    block->body = block->last = text;
    buffer_free(&body);
    buffer_free(&parameters);
    buffer_free(&call);
}

static void blocks_outline(struct outliner *o, struct statement *first) {
    for (struct statement *s = first; s; s = s->next) {
        if (s->kind != STATEMENT_LOOP && s->kind != STATEMENT_SCOPE) continue;
        int before = o->variable_count;
        if (s->kind == STATEMENT_LOOP && o->variable_count < VARIABLES_MOST)
            o->variables[o->variable_count++] = s->name;
        if (holds_registers(s))
            part_make(o, s);
        else
            blocks_outline(o, s->body);
        o->variable_count = before;
    }
}

void outline(const struct machine *machine, struct arena *arena, struct kernel_code *code, struct buffer *parts) {
    static const char *const beside[] = {"samples", "from", "to", "end"};
    struct outliner o = {.machine = machine, .arena = arena, .code = code, .parts = parts};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        o.variables[o.variable_count++] = beside[i];
    blocks_outline(&o, code->body);
}
