#include <math.h>

#include "nest.h"

// The walker: prints a nest as plain C11, lanes as loops that a compiler can turn into vectors.

static void indent(int depth, struct buffer *out) {
    for (int i = 0; i < depth; i++)
        buffer_print(out, "    ");
}

void number_print(double number, struct buffer *out) {
    if (number == floor(number) && fabs(number) < 1e6)
        buffer_print(out, "AE_REAL(%.1f)", number);
    else
        buffer_print(out, "AE_REAL(%a)", number);
}

static void operand_print(const struct operand *operand, int lanes, struct buffer *out) {
    switch (operand->kind) {
    case OPERAND_NONE: break;
    case OPERAND_REGISTER: buffer_print(out, lanes > 1 ? "%s[lane]" : "%s", operand->name); break;
    case OPERAND_SCALAR: buffer_print(out, "%s", operand->name); break;
    case OPERAND_NUMBER: number_print(operand->constant, out); break;
    case OPERAND_MEMORY:
    case OPERAND_ELEMENT:
        buffer_print(out, "%s[", operand->name);
        if (operand->kind == OPERAND_MEMORY && lanes > 1) {
            if (operand->at->kind != INDEX_CONSTANT || operand->at->constant != 0) {
                index_print(operand->at, out);
                buffer_print(out, " + ");
            }
            buffer_print(out, "lane");
        } else {
            index_print(operand->at, out);
        }
        buffer_print(out, "]");
        break;
    }
}

// One line for each elementwise op; $a, $b, $c are its operands, $k its constant.
static const char *const op_templates[OP_KINDS] = {
    [OP_ADD] = "$a + $b",
    [OP_SUBTRACT] = "$a - $b",
    [OP_MULTIPLY] = "$a * $b",
    [OP_SELECT] = "$a <= 0 ? $b : $c",
    [OP_SCALE] = "$a * $k",
    [OP_OFFSET] = "$a + $k",
    [OP_RELU] = "$a <= 0 ? 0 : $a",
    [OP_EXP] = "ae_exp($a)",
    [OP_EXPM1] = "ae_expm1($a)",
    [OP_TANH] = "ae_tanh($a)",
    [OP_ERF] = "ae_erf($a)",
    [OP_SIGMOID] = "ae_sigmoid($a)",
    [OP_SOFTPLUS] = "ae_softplus($a)",
    [OP_ABSOLUTE] = "ae_abs($a)",
    [OP_SIGN] = "ae_sign($a)",
    [OP_BROADCAST] = "$a",
};

static void op_print(const struct statement *statement, int lanes, struct buffer *out) {
    for (const char *c = op_templates[statement->op]; *c; c++) {
        if (*c != '$') {
            buffer_add(out, c, 1);
            continue;
        }
        c++;
        if (*c == 'k')
            number_print(statement->constant, out);
        else
            operand_print(*c == 'a' ? &statement->a : *c == 'b' ? &statement->b : &statement->c, lanes, out);
    }
}

static void statements_print(const struct statement *first, int depth, int lanes, struct buffer *out);

static void loop_print(const struct statement *loop, int depth, struct buffer *out) {
    indent(depth, out);
    buffer_print(out, "for (ptrdiff_t %s = ", loop->name);
    index_print(loop->from, out);
    buffer_print(out, "; %s < ", loop->name);
    index_print(loop->to, out);
    if (loop->step == 1)
        buffer_print(out, "; %s++) {\n", loop->name);
    else
        buffer_print(out, "; %s += %ld) {\n", loop->name, loop->step);
    statements_print(loop->body, depth + 1, 1, out);
    indent(depth, out);
    buffer_print(out, "}\n");
}

// Braces stand where names of one scope would meet those of the next.
static void scope_print(const struct statement *scope, bool alone, int depth, struct buffer *out) {
    if (alone) {
        statements_print(scope->body, depth, 1, out);
        return;
    }
    indent(depth, out);
    buffer_print(out, "{\n");
    statements_print(scope->body, depth + 1, 1, out);
    indent(depth, out);
    buffer_print(out, "}\n");
}

static bool declares(const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next)
        if (s->kind == STATEMENT_OP || s->kind == STATEMENT_LOAD) return true;
    return false;
}

static void lanes_print(const struct statement *lanes, int depth, struct buffer *out) {
    bool alone = lanes->body && !lanes->body->next;
    if (!lanes->body) return;
    if (lanes->lanes == 1 && !declares(lanes->body)) {
        statements_print(lanes->body, depth, 1, out);
        return;
    }
    indent(depth, out);
    if (lanes->lanes > 1) buffer_print(out, "for (int lane = 0; lane < %d; lane++)", lanes->lanes);
    if (alone) {
        buffer_print(out, " ");
        statements_print(lanes->body, 0, lanes->lanes, out);
        return;
    }
    buffer_print(out, "%s{\n", lanes->lanes > 1 ? " " : "");
    statements_print(lanes->body, depth + 1, lanes->lanes, out);
    indent(depth, out);
    buffer_print(out, "}\n");
}

static void assignment_print(const struct statement *statement, int lanes, struct buffer *out) {
    operand_print(&statement->a, lanes, out);
    buffer_print(out, statement->kind == STATEMENT_ADD ? " += " : " = ");
    if (statement->kind == STATEMENT_FMA) {
        buffer_print(out, "ae_fma(");
        operand_print(&statement->b, lanes, out);
        buffer_print(out, ", ");
        operand_print(&statement->c, lanes, out);
        buffer_print(out, ", ");
        operand_print(&statement->a, lanes, out);
        buffer_print(out, ")");
    } else {
        operand_print(&statement->b, lanes, out);
    }
    buffer_print(out, ";\n");
}

static void statement_print(const struct statement *statement, int depth, int lanes, struct buffer *out) {
    switch (statement->kind) {
    case STATEMENT_LOOP: loop_print(statement, depth, out); return;
    case STATEMENT_SCOPE: return;
    case STATEMENT_LANES: lanes_print(statement, depth, out); return;
    case STATEMENT_REGISTERS: return;
    case STATEMENT_SCALAR:
    case STATEMENT_LOAD:
        indent(depth, out);
        buffer_print(out, "const ae_real %s = ", statement->name);
        operand_print(&statement->a, lanes, out);
        buffer_print(out, ";\n");
        return;
    case STATEMENT_OP:
        indent(depth, out);
        buffer_print(out, "const ae_real %s = ", statement->name);
        op_print(statement, lanes, out);
        buffer_print(out, ";\n");
        return;
    case STATEMENT_JOIN:
        indent(depth, out);
        buffer_print(out, "const ae_real %s = ae_join(%s);\n", statement->name, statement->a.name);
        return;
    case STATEMENT_TEXT:
        indent(depth, out);
        buffer_print(out, "%s\n", statement->name);
        return;
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD:
        indent(depth, out);
        assignment_print(statement, lanes, out);
        return;
    }
}

// Declares the registers that stand together in one line; returns the last of them.
static const struct statement *registers_print(const struct statement *first, int depth, struct buffer *out) {
    const struct statement *last = first;
    indent(depth, out);
    buffer_print(out, "ae_real ");
    for (const struct statement *s = first; s && s->kind == STATEMENT_REGISTERS && s->lanes == first->lanes;
         s = s->next) {
        buffer_print(out, "%s%s", s == first ? "" : ", ", s->name);
        if (s->lanes > 1) buffer_print(out, "[%d]", s->lanes);
        last = s;
    }
    buffer_print(out, ";\n");
    return last;
}

// True when two blocks stand side by side whose names would meet.
static bool needs_scope(const struct statement *first) {
    int blocks = 0;
    for (const struct statement *s = first; s; s = s->next)
        blocks += s->kind == STATEMENT_SCOPE || s->kind == STATEMENT_REGISTERS || s->kind == STATEMENT_SCALAR;
    return blocks > 1;
}

static void statements_print(const struct statement *first, int depth, int lanes, struct buffer *out) {
    for (const struct statement *statement = first; statement; statement = statement->next)
        if (statement->kind == STATEMENT_SCOPE)
            scope_print(statement, !needs_scope(first), depth, out);
        else if (statement->kind == STATEMENT_REGISTERS)
            statement = registers_print(statement, depth, out);
        else
            statement_print(statement, depth, lanes, out);
}

void nest_print(const struct statement *first, int depth, struct buffer *out) {
    statements_print(first, depth, 1, out);
}
