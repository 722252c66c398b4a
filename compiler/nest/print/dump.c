#include "compiler/nest/print/dump.h"

#include "compiler/nest/print/print.h"

// A nest that has a fault may lack an index.
static void index_dump(const struct index *index, struct buffer *out) {
    if (index)
        index_print(index, out);
    else
        buffer_print(out, "?");
}

static void indices_dump(const struct index *const *at, int rank, struct buffer *out) {
    for (int i = 0; i < rank; i++) {
        buffer_print(out, "[");
        index_dump(at[i], out);
        buffer_print(out, "]");
    }
}

// array[y][x * 3 + j][c : 8]: eight lanes from c on along the last dimension.
static void memory_dump(const struct operand *operand, int lanes, struct buffer *out) {
    for (int i = 0; i < operand->symbol->rank; i++) {
        buffer_print(out, "[");
        index_dump(operand->at[i], out);
        if (operand->kind == OPERAND_MEMORY && i == operand->lane_axis) buffer_print(out, " : %d", lanes);
        buffer_print(out, "]");
    }
}

void operand_dump(const struct operand *operand, int lanes, struct buffer *out) {
    if (operand->kind == OPERAND_CONSTANT) double_print(operand->constant, out);
    if (!operand->symbol) return;
    buffer_print(out, "%s", operand->symbol->name);
    switch (operand->kind) {
    case OPERAND_NONE:
    case OPERAND_CONSTANT:
    case OPERAND_SCALAR: return;
    case OPERAND_REGISTER: indices_dump(operand->at, 2, out); return;
    case OPERAND_VALUE: indices_dump(operand->at, operand->symbol->rank, out); return;
    case OPERAND_MEMORY:
    case OPERAND_ELEMENT: memory_dump(operand, operand->lanes ? operand->lanes : lanes, out); return;
    case OPERAND_PARTIAL: indices_dump(operand->at, operand->at[0] != NULL, out); return;
    }
}

static int lanes_around(const struct statement *statement) {
    while (statement && statement->kind != STATEMENT_LANES)
        statement = statement->parent;
    return statement ? statement->lanes : 0;
}

static void loop_dump(const struct statement *loop, struct buffer *out) {
    buffer_print(out, "%s %s = ", loop->unroll ? "unroll" : "for", loop->symbol->name);
    index_dump(loop->from, out);
    buffer_print(out, " to ");
    index_dump(loop->to, out);
    if (loop->step != 1) buffer_print(out, " step %ld", loop->step);
}

static void op_dump(const struct statement *statement, int lanes, struct buffer *out) {
    const struct operand *operands[] = {&statement->a, &statement->b, &statement->c};
    buffer_print(out, "%s", op_name(statement->op));
    for (int i = 0; i < 3 && operands[i]->kind != OPERAND_NONE; i++) {
        buffer_print(out, i ? ", " : " ");
        operand_dump(operands[i], lanes, out);
    }
    if (statement->op != OP_SCALE && statement->op != OP_OFFSET) return;
    buffer_print(out, ", ");
    double_print(statement->constant, out);
}

static void argument_dump(const struct passed *argument, int lanes, struct buffer *out) {
    switch (argument->kind) {
    case PASSED_INDEX: index_dump(argument->index, out); return;
    case PASSED_SYMBOL: buffer_print(out, "%s", argument->symbol->name); return;
    case PASSED_PLACE:
    case PASSED_VALUE: operand_dump(&argument->operand, lanes, out); return;
    }
}

static void call_dump(const struct statement *call, int lanes, struct buffer *out) {
    static const char *const names[] = {"zero", "turn", "pack", "unpack", "dropout", "normal"};
    bool part = call->callee == CALL_PART;
    buffer_print(out, "%s %s(", part ? "call" : "do", part ? call->part->name : names[call->callee]);
    for (int i = 0; i < call->argument_count; i++) {
        if (i) buffer_print(out, ", ");
        argument_dump(&call->arguments[i], lanes, out);
    }
    if (call->callee == CALL_DROPOUT) buffer_print(out, ", probability ");
    if (call->callee == CALL_DROPOUT) double_print(call->constant, out);
    buffer_print(out, ")");
}

// "value w[1] = ", "number u0 = "
static void declared_dump(const struct statement *s, struct buffer *out) {
    buffer_print(out, "%s %s", s->symbol->kind == SYMBOL_NUMBER ? "number" : "value", s->symbol->name);
    if (s->at) indices_dump(&s->at, 1, out);
    buffer_print(out, " = ");
}

static void assigned_dump(const struct statement *s, const char *before, const char *between, int lanes,
                          struct buffer *out) {
    buffer_print(out, "%s", before);
    operand_dump(&s->a, lanes, out);
    buffer_print(out, "%s", between);
    operand_dump(&s->b, lanes, out);
    if (s->kind != STATEMENT_FMA) return;
    buffer_print(out, " * ");
    operand_dump(&s->c, lanes, out);
}

void statement_dump(const struct statement *s, struct buffer *out) {
    int lanes = lanes_around(s);
    switch (s->kind) {
    case STATEMENT_LOOP: loop_dump(s, out); return;
    case STATEMENT_SCOPE: buffer_print(out, "scope"); return;
    case STATEMENT_REGISTERS:
        buffer_print(out, "registers %s[%ld][%ld] of %d lanes", s->symbol->name, s->symbol->size[0], s->symbol->size[1],
                     s->symbol->lanes);
        if (s->symbol->last_lanes != s->symbol->lanes) buffer_print(out, ", last %d", s->symbol->last_lanes);
        return;
    case STATEMENT_PARTIALS: buffer_print(out, "partials %s", s->symbol->name); return;
    case STATEMENT_INDEX:
        buffer_print(out, "index %s = ", s->symbol->name);
        index_dump(s->from, out);
        return;
    case STATEMENT_LANES: buffer_print(out, "lanes %d", s->lanes); return;
    case STATEMENT_LOAD:
    case STATEMENT_NUMBER:
    case STATEMENT_JOIN:
        declared_dump(s, out);
        buffer_print(out, s->kind == STATEMENT_JOIN ? "join " : "load ");
        operand_dump(&s->a, lanes, out);
        return;
    case STATEMENT_OP:
        declared_dump(s, out);
        op_dump(s, lanes, out);
        return;
    case STATEMENT_ASSIGN: assigned_dump(s, "", " = ", lanes, out); return;
    case STATEMENT_FMA: assigned_dump(s, "fma ", " += ", lanes, out); return;
    case STATEMENT_ADD: assigned_dump(s, "", " += ", lanes, out); return;
    case STATEMENT_CALL: call_dump(s, lanes, out); return;
    }
}

static void statements_dump(const struct statement *first, int depth, struct buffer *out) {
    for (const struct statement *s = first; s; s = s->next) {
        buffer_print(out, "%*s", 4 * depth, "");
        statement_dump(s, out);
        buffer_print(out, "\n");
        statements_dump(s->body, depth + 1, out);
    }
}

static void array_dump(const struct symbol *array, struct buffer *out) {
    buffer_print(out, "    array %s", array->name);
    for (int i = 0; i < array->rank; i++)
        if (array->size[i])
            buffer_print(out, "[%ld]", array->size[i]);
        else
            buffer_print(out, "[]");
    buffer_print(out, array->written ? " written\n" : "\n");
}

static void parameters_dump(const struct nest *nest, struct buffer *out) {
    const struct symbol *const indices[] = {nest->samples, nest->step, nest->from, nest->to};
    for (int i = 0; i < 4; i++)
        if (indices[i]) buffer_print(out, "    %s %s\n", i == 1 ? "step" : "index", indices[i]->name);
    if (nest->term_scale) array_dump(nest->term_scale, out);
    for (int i = 0; i < nest->kernel->array_count; i++)
        if (nest->arrays[i])
            array_dump(nest->arrays[i], out);
        else
            buffer_print(out, "    array %s unused\n", nest->kernel->arrays[i].name);
}

static void part_dump(const struct nest_part *part, struct buffer *out) {
    buffer_print(out, "%s %s(", part->inlined ? "inline" : "part", part->name);
    for (int i = 0; i < part->parameter_count; i++)
        buffer_print(out, "%s%s", i ? ", " : "", part->parameters[i]->name);
    buffer_print(out, ")\n");
    statements_dump(part->body->body, 1, out);
}

void nest_dump(const struct nest *nest, struct buffer *out) {
    buffer_print(out, "nest %s for %s\n", kernel_rows[nest->kernel->kind].name, nest->machine->name);
    parameters_dump(nest, out);
    for (const struct nest_part *part = nest->parts; part; part = part->next)
        part_dump(part, out);
    buffer_print(out, "body\n");
    statements_dump(nest->root->body, 1, out);
}

const char *fault_text(struct arena *arena, const struct statement *at, const char *format, va_list arguments) {
    struct buffer text = {0};
    if (at) {
        buffer_print(&text, "'");
        statement_dump(at, &text);
        buffer_print(&text, "': ");
    }
    buffer_vprint(&text, format, arguments);
    const char *fault = arena_copy(arena, text.text, text.length);
    buffer_free(&text);
    return fault;
}
