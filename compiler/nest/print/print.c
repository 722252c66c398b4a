#include "compiler/nest/print/print.h"

#include <string.h>

// Loops, declarations, calls and functions.

void print_indent(const struct printer *printer, int depth) {
    buffer_print(printer->out, "%*s", 4 * depth, "");
}

void loop_head_print(const struct printer *printer, const struct statement *loop) {
    struct buffer *out = printer->out;
    const char *name = loop->symbol->name;
    buffer_print(out, "%sfor (ptrdiff_t %s = ", loop->unroll ? "AE_UNROLL " : "", name);
    index_print(loop->from, out);
    buffer_print(out, "; %s < ", name);
    index_print(loop->to, out);
    if (loop->step == 1)
        buffer_print(out, "; %s++)", name);
    else
        buffer_print(out, "; %s += %ld)", name, loop->step);
}

void block_end_print(const struct printer *printer, int depth) {
    print_indent(printer, depth);
    buffer_print(printer->out, "}\n");
}

// A statement that is too long for a line goes on behind a comma, below the arguments before.
void statement_line_print(const struct printer *printer, const struct statement *statement, int depth) {
    struct buffer text = {0};
    struct printer inner = *printer;
    inner.out = &text;
    simple_print(&inner, statement);
    print_indent(printer, depth);
    size_t column = 4 * (size_t)depth, parenthesis = column + strcspn(text.text, "(") + 1;
    const char *from = text.text;
    while (column + strlen(from) > LINE_MOST) {
        const char *cut = NULL;
        int open = 0;
        for (const char *c = from; *c && column + (size_t)(c - from) < LINE_MOST; c++) {
            open += (*c == '(' || *c == '[') - (*c == ')' || *c == ']');
            if (c[0] == ',' && c[1] == ' ' && open <= (from == text.text)) cut = c + 1;
        }
        if (!cut) break;
        buffer_add(printer->out, from, (size_t)(cut - from));
        buffer_print(printer->out, "\n%*s", (int)parenthesis, "");
        column = parenthesis;
        from = cut + 1;
    }
    buffer_print(printer->out, "%s\n", from);
    buffer_free(&text);
}

// Whether a block is printed as one statement, so that a loop needs no braces around it.
static bool prints_one(const struct printer *printer, const struct statement *first) {
    if (!first || first->next) return false;
    switch (first->kind) {
    case STATEMENT_SCOPE: return prints_one(printer, first->body);
    case STATEMENT_LANES: return lanes_print_one(printer, first);
    case STATEMENT_LOOP:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD:
    case STATEMENT_CALL: return true;
    case STATEMENT_REGISTERS:
    case STATEMENT_PARTIALS:
    case STATEMENT_INDEX:
    case STATEMENT_NUMBER:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_JOIN: break;
    }
    return false;
}

// The statements of a block of C.
static void block_print(const struct printer *printer, const struct statement *first, int depth) {
    struct view *outside = *printer->views;
    statements_print(printer, first, depth);
    *printer->views = outside;
}

static void loop_print(const struct printer *printer, const struct statement *loop, int depth) {
    bool one = prints_one(printer, loop->body);
    print_indent(printer, depth);
    loop_head_print(printer, loop);
    if (loop->unroll && lanes_are_loop(printer, loop->body)) {
        buffer_print(printer->out, " ");
        lanes_print_beside(printer, loop->body, depth);
        return;
    }
    buffer_print(printer->out, one ? "\n" : " {\n");
    block_print(printer, loop->body, depth + 1);
    if (!one) block_end_print(printer, depth);
}

// What a block declares for the blocks around it: through scopes, which are printed without braces where no name meets.
static bool declares_alike(const struct statement *first, const char *name) {
    for (const struct statement *s = first; s; s = s->next) {
        bool declares = s->kind == STATEMENT_REGISTERS || s->kind == STATEMENT_PARTIALS || s->kind == STATEMENT_INDEX ||
                        s->kind == STATEMENT_NUMBER || s->kind == STATEMENT_JOIN ||
                        (s->kind == STATEMENT_OP && s->symbol->kind == SYMBOL_NUMBER);
        if (declares && strcmp(s->symbol->name, name) == 0) return true;
        if (s->kind == STATEMENT_SCOPE && declares_alike(s->body, name)) return true;
    }
    return false;
}

static bool meets(const struct statement *mine, const struct statement *others) {
    for (const struct statement *s = mine; s; s = s->next) {
        if (s->kind == STATEMENT_SCOPE && meets(s->body, others)) return true;
        if (s->kind == STATEMENT_LOOP || s->kind == STATEMENT_LANES || !s->symbol) continue;
        if (declares_alike(others, s->symbol->name)) return true;
    }
    return false;
}

static bool has_lanes(const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next)
        if (s->kind == STATEMENT_LANES || (s->kind == STATEMENT_SCOPE && has_lanes(s->body))) return true;
    return false;
}

// Braces are needed where a name of the scope meets one beside it: one that is declared, or that lanes of vectors
// declare.
static bool needs_braces(const struct printer *printer, const struct statement *first, const struct statement *scope) {
    bool lanes = machine_names_registers(printer->nest->machine) && has_lanes(scope->body);
    for (const struct statement *s = first; s; s = s->next) {
        if (s == scope) continue;
        struct statement alone = *s;
        alone.next = NULL;
        if (meets(scope->body, &alone) || (lanes && has_lanes(&alone))) return true;
    }
    return false;
}

static void scope_print(const struct printer *printer, const struct statement *scope, bool braces, int depth) {
    if (!braces) {
        statements_print(printer, scope->body, depth);
        return;
    }
    print_indent(printer, depth);
    buffer_print(printer->out, "{\n");
    block_print(printer, scope->body, depth + 1);
    block_end_print(printer, depth);
}

static void vector_registers_print(const struct printer *printer, const struct symbol *block, int depth) {
    struct buffer *out = printer->out;
    size_t used = 4 * (size_t)depth + 9;
    print_indent(printer, depth);
    buffer_print(out, "ae_vector ");
    for (long row = 0; row < block->size[0]; row++)
        for (long column = 0; column < block->size[1]; column++) {
            bool first = row == 0 && column == 0, full = used > LINE_MOST - 12;
            if (!first) buffer_print(out, full ? ",\n" : ", ");
            if (full) print_indent(printer, depth + 1);
            if (full) used = 4 * (size_t)depth + 4;
            size_t before = out->length;
            buffer_print(out, "%s", block->name);
            if (block->size[0] > 1) buffer_print(out, "%ld", row);
            if (block->size[1] > 1) buffer_print(out, block->size[0] > 1 ? "_%ld" : "%ld", column);
            used += out->length - before + 2;
        }
    buffer_print(out, ";\n");
}

static void registers_print(const struct printer *printer, const struct symbol *block, int depth) {
    if (machine_names_registers(printer->nest->machine)) {
        vector_registers_print(printer, block, depth);
        return;
    }
    print_indent(printer, depth);
    buffer_print(printer->out, "ae_real %s", block->name);
    if (block->size[0] > 1) buffer_print(printer->out, "[%ld]", block->size[0]);
    if (block->last_lanes > 1) buffer_print(printer->out, "[%d]", block->last_lanes);
    buffer_print(printer->out, ";\n");
}

static void argument_print(const struct printer *printer, const struct passed *argument) {
    struct printer outside = *printer;
    outside.lanes = 0;
    switch (argument->kind) {
    case PASSED_INDEX: index_print(argument->index, printer->out); break;
    case PASSED_PLACE: address_print(&outside, &argument->operand); break;
    case PASSED_SYMBOL: buffer_print(printer->out, "%s", argument->symbol->name); break;
    case PASSED_VALUE: operand_print(printer, &argument->operand); break;
    }
}

static void arguments_print(const struct printer *printer, const struct statement *call, int from) {
    for (int i = from; i < call->argument_count; i++) {
        if (i > from) buffer_print(printer->out, ", ");
        argument_print(printer, &call->arguments[i]);
    }
}

static void random_print(const struct printer *printer, const struct statement *call) {
    struct buffer *out = printer->out;
    buffer_print(out, "ae_random_%s(step->seed, step->epoch, step->sample[first + ",
                 call->callee == CALL_DROPOUT ? "dropout" : "normal");
    argument_print(printer, &call->arguments[0]);
    buffer_print(out, "], ");
    argument_print(printer, &call->arguments[1]);
    buffer_print(out, ", ");
    if (call->callee == CALL_DROPOUT) {
        number_print(call->constant, out);
        buffer_print(out, ", ");
    }
    arguments_print(printer, call, 2);
    buffer_print(out, ");");
}

void call_print(const struct printer *printer, const struct statement *call) {
    static const char *const names[] = {[CALL_TURN] = "ae_turn", [CALL_PACK] = "ae_pack", [CALL_UNPACK] = "ae_unpack"};
    struct buffer *out = printer->out;
    switch (call->callee) {
    case CALL_ZERO:
        buffer_print(out, "memset(");
        argument_print(printer, &call->arguments[0]);
        buffer_print(out, ", 0, (size_t)(");
        argument_print(printer, &call->arguments[1]);
        buffer_print(out, ") * sizeof(ae_real));");
        break;
    case CALL_TURN:
    case CALL_PACK:
    case CALL_UNPACK:
        buffer_print(out, "%s(", names[call->callee]);
        arguments_print(printer, call, 0);
        buffer_print(out, ");");
        break;
    case CALL_DROPOUT:
    case CALL_NORMAL: random_print(printer, call); break;
    case CALL_PART:
        buffer_print(out, "%s_%s(", printer->name, call->part->name);
        arguments_print(printer, call, 0);
        buffer_print(out, ");");
        break;
    }
}

static void partials_print(const struct printer *printer, const struct symbol *partials, int depth) {
    int lanes = printer->nest->machine->lanes;
    print_indent(printer, depth);
    if (machine_names_registers(printer->nest->machine))
        buffer_print(printer->out, "ae_vector %s[%d] = {{0}};\n", partials->name, PARTIALS / lanes);
    else
        buffer_print(printer->out, "ae_real %s[%d] = {0};\n", partials->name, PARTIALS);
}

static int lanes_in(const struct statement *first) {
    int count = 0;
    for (const struct statement *s = first; s; s = s->next)
        count += s->kind == STATEMENT_LANES;
    return count;
}

static const struct statement *statement_print(const struct printer *printer, const struct statement *first,
                                               const struct statement *statement, int depth) {
    struct buffer *out = printer->out;
    switch (statement->kind) {
    case STATEMENT_LOOP: loop_print(printer, statement, depth); break;
    case STATEMENT_SCOPE: scope_print(printer, statement, needs_braces(printer, first, statement), depth); break;
    case STATEMENT_REGISTERS: registers_print(printer, statement->symbol, depth); break;
    case STATEMENT_PARTIALS: partials_print(printer, statement->symbol, depth); break;
    case STATEMENT_LANES: return lanes_print(printer, statement, lanes_in(first) > 1, depth);
    case STATEMENT_CALL:
        print_indent(printer, depth);
        call_print(printer, statement);
        buffer_print(out, "\n");
        break;
    case STATEMENT_INDEX:
        print_indent(printer, depth);
        buffer_print(out, "const ptrdiff_t %s = ", statement->symbol->name);
        index_print(statement->from, out);
        buffer_print(out, ";\n");
        break;
    case STATEMENT_JOIN:
        print_indent(printer, depth);
        buffer_print(out, "const ae_real %s = %s(%s);\n", statement->symbol->name,
                     machine_names_registers(printer->nest->machine) ? "ae_vector_join" : "ae_join",
                     statement->a.symbol->name);
        break;
    case STATEMENT_NUMBER:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD: statement_line_print(printer, statement, depth); break;
    }
    return statement;
}

void statements_print(const struct printer *printer, const struct statement *first, int depth) {
    for (const struct statement *statement = first; statement; statement = statement->next)
        statement = statement_print(printer, first, statement, depth);
}

// "const ae_real input[restrict][14][224]"; the first dimension of an array that samples share has its size, too.
static void array_parameter_print(const struct symbol *array, struct buffer *out) {
    buffer_print(out, "%sae_real %s[restrict", array->written ? "" : "const ", array->name);
    for (int i = 0; i < array->rank; i++) {
        if (array->size[i] && i == 0) buffer_print(out, " %ld", array->size[i]);
        if (i) buffer_print(out, "[%ld", array->size[i]);
        buffer_print(out, "]");
    }
}

static void symbol_parameter_print(const struct nest *nest, const struct symbol *symbol, struct buffer *out) {
    bool names = machine_names_registers(nest->machine);
    switch (symbol->kind) {
    case SYMBOL_ARRAY: array_parameter_print(symbol, out); break;
    case SYMBOL_INDEX: buffer_print(out, "ptrdiff_t %s", symbol->name); break;
    case SYMBOL_NUMBER: buffer_print(out, "ae_real %s", symbol->name); break;
    case SYMBOL_STEP: buffer_print(out, "const struct ae_step *step, size_t first"); break;
    case SYMBOL_VALUE:
    case SYMBOL_BLOCK:
    case SYMBOL_PARTIALS: buffer_print(out, "%s %s", names ? "ae_vector" : "const ae_real *", symbol->name); break;
    }
}

static void part_print(const struct printer *printer, const struct nest_part *part) {
    struct buffer *out = printer->out;
    buffer_print(out, "%s void %s_%s(", part->inlined ? "AE_INLINE" : "AE_KERNEL", printer->name, part->name);
    for (int i = 0; i < part->parameter_count; i++) {
        buffer_print(out, "%s", i ? ", " : "");
        symbol_parameter_print(printer->nest, part->parameters[i], out);
    }
    buffer_print(out, ") {\n");
    block_print(printer, part->body->body, 1);
    buffer_print(out, "}\n\n");
}

static void parameters_print(const struct nest *nest, struct buffer *out) {
    const struct symbol *const first[] = {nest->samples, nest->step, nest->from, nest->to};
    const char *comma = "";
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        if (!first[i]) continue;
        buffer_print(out, "%s", comma);
        symbol_parameter_print(nest, first[i], out);
        comma = ", ";
    }
    if (nest->term_scale) buffer_print(out, "%sconst ae_real *term_scale", comma);
    if (nest->term_scale) comma = ", ";
    for (int i = 0; i < nest->kernel->array_count; i++) {
        const struct kernel_array *array = &nest->kernel->arrays[i];
        buffer_print(out, "%s", comma);
        if (nest->arrays[i])
            array_parameter_print(nest->arrays[i], out);
        else
            buffer_print(out, "%svoid *%s", array->written ? "" : "const ", array->name);
        comma = ", ";
    }
}

void nest_print_parts(const struct nest *nest, const char *name, struct buffer *out) {
    struct view *views = NULL;
    const struct printer printer = {.nest = nest, .name = name, .out = out, .views = &views};
    for (const struct nest_part *part = nest->parts; part; part = part->next)
        part_print(&printer, part);
}

void nest_print(const struct nest *nest, const char *name, struct buffer *out) {
    struct view *views = NULL;
    const struct printer printer = {.nest = nest, .name = name, .out = out, .views = &views};
    buffer_print(out, "AE_KERNEL void %s(", name);
    parameters_print(nest, out);
    buffer_print(out, ") {\n");
    // Where every tap of a kernel falls on padding, nothing is read.
    for (int i = 0; i < nest->kernel->array_count; i++)
        if (!nest->arrays[i]) buffer_print(out, "    (void)%s;\n", nest->kernel->arrays[i].name);
    statements_print(&printer, nest->root->body, 1);
    buffer_print(out, "}\n");
}
