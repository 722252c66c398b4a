#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/nest/print/print.h"

// Operands and single statements. For a machine with named registers a statement inside lanes is one of vectors;
// otherwise the lanes are a loop that a compiler can turn into vectors.

static bool vectors(const struct printer *printer) {
    return machine_names_registers(printer->nest->machine) && printer->lanes > 0;
}

static void double_text(double number, char *text, size_t size) {
    for (int digits = 1; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(text, size, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
}

void double_print(double number, struct buffer *out) {
    char text[40];
    double_text(number, text, sizeof text);
    buffer_print(out, "%s", text);
}

void number_print(double number, struct buffer *out) {
    char text[40];
    double_text(number, text, sizeof text);
    buffer_print(out, "AE_REAL(%s%s)", text, strpbrk(text, ".en") ? "" : ".0");
}

bool operand_equal(const struct operand *a, const struct operand *b) {
    if (a->kind != b->kind || a->symbol != b->symbol || a->lane_axis != b->lane_axis || a->lanes != b->lanes)
        return false;
    if (a->kind == OPERAND_CONSTANT)    // 0 is not -0
        return a->constant == b->constant && !signbit(a->constant) == !signbit(b->constant);
    for (int i = 0; i < NEST_RANK_MAX && (a->at[i] || b->at[i]); i++)
        if (!index_equal(a->at[i], b->at[i])) return false;
    return true;
}

// array[i][j], all dimensions but the last; the last as well where `whole`. With `lane` the lane is added along its
// axis.
static void place_print(const struct printer *printer, const struct operand *operand, int rank, bool lane) {
    struct buffer *out = printer->out;
    const struct view *view = view_find(printer, operand);
    buffer_print(out, "%s", view ? view_name(view) : operand->symbol->name);
    for (int i = view ? view_first(view) : rank; i < rank; i++)
        buffer_print(out, "[%ld]", view_offset(view, operand, i));
    for (int i = 0; i < rank && !view; i++) {
        bool along = lane && i == operand->lane_axis, first = index_is_constant(operand->at[i], 0);
        buffer_print(out, "[");
        if (!along || !first) index_print(operand->at[i], out);
        if (along) buffer_print(out, first ? "lane" : " + lane");
        buffer_print(out, "]");
    }
}

void address_print(const struct printer *printer, const struct operand *operand) {
    int last = operand->symbol->rank - 1;
    const struct view *view = view_find(printer, operand);
    place_print(printer, operand, last, false);
    if (view) {
        long offset = view_offset(view, operand, last);
        if (offset) buffer_print(printer->out, " + %ld", offset);
        return;
    }
    if (index_is_constant(operand->at[last], 0)) return;
    buffer_print(printer->out, " + ");
    index_print(operand->at[last], printer->out);
}

static int lanes_of(const struct printer *printer, const struct operand *operand) {
    return operand->lanes ? operand->lanes : printer->lanes;
}

// What a vector is read by or written by: the whole, its first lanes, or lanes that are apart in memory.
static const char *access_of(const struct printer *printer, const struct operand *operand) {
    if (operand->lane_axis != operand->symbol->rank - 1) return "_apart";
    return lanes_of(printer, operand) < printer->nest->machine->lanes ? "_first" : "";
}

static void access_end(const struct printer *printer, const struct operand *operand) {
    int lanes = lanes_of(printer, operand), rank = operand->symbol->rank;
    long stride = 1;
    for (int i = operand->lane_axis + 1; i < rank; i++)
        stride *= operand->symbol->size[i];
    if (operand->lane_axis != rank - 1)
        buffer_print(printer->out, ", %ld, %d)", stride, lanes);
    else if (lanes < printer->nest->machine->lanes)
        buffer_print(printer->out, ", %d)", lanes);
    else
        buffer_print(printer->out, ")");
}

static void register_print(const struct printer *printer, const struct operand *operand) {
    const struct symbol *block = operand->symbol;
    const struct index *row = operand->at[0], *column = operand->at[1];
    struct buffer *out = printer->out;
    buffer_print(out, "%s", block->name);
    if (machine_names_registers(printer->nest->machine)) {
        if (block->size[0] > 1) buffer_print(out, "%ld", row->constant);
        if (block->size[1] > 1) buffer_print(out, block->size[0] > 1 ? "_%ld" : "%ld", column->constant);
        return;
    }
    if (block->size[0] > 1) {
        buffer_print(out, "[");
        index_print(row, out);
        buffer_print(out, "]");
    }
    if (block->last_lanes > 1) buffer_print(out, "[lane]");
}

static void value_name_print(const struct printer *printer, const struct operand *operand) {
    buffer_print(printer->out, "%s", operand->symbol->name);
    if (operand->symbol->rank && operand->at[0]->kind == INDEX_CONSTANT)
        buffer_print(printer->out, "%ld", operand->at[0]->constant);
}

static void value_print(const struct printer *printer, const struct statement *statement, bool atom);

static void partial_print(const struct printer *printer, const struct operand *operand) {
    if (machine_names_registers(printer->nest->machine))
        buffer_print(printer->out, "%s[%ld]", operand->symbol->name, operand->at[0]->constant);
    else
        buffer_print(printer->out, printer->lanes > 1 ? "%s[lane]" : "%s[0]", operand->symbol->name);
}

static void vector_print(const struct printer *printer, const struct operand *operand) {
    struct buffer *out = printer->out;
    switch (operand->kind) {
    case OPERAND_NONE: return;
    case OPERAND_VALUE: value_name_print(printer, operand); return;
    case OPERAND_REGISTER: register_print(printer, operand); return;
    case OPERAND_PARTIAL: partial_print(printer, operand); return;
    case OPERAND_MEMORY:
        buffer_print(out, "ae_load%s(", access_of(printer, operand));
        if (operand->lane_axis == operand->symbol->rank - 1) {
            address_print(printer, operand);
        } else {
            buffer_print(out, "&");
            place_print(printer, operand, operand->symbol->rank, false);
        }
        access_end(printer, operand);
        return;
    case OPERAND_SCALAR: buffer_print(out, "ae_splat(%s)", operand->symbol->name); return;
    case OPERAND_ELEMENT:
        buffer_print(out, "ae_splat(");
        place_print(printer, operand, operand->symbol->rank, false);
        buffer_print(out, ")");
        return;
    case OPERAND_CONSTANT:
        buffer_print(out, "ae_splat(");
        number_print(operand->constant, out);
        buffer_print(out, ")");
        return;
    }
}

static void lane_print(const struct printer *printer, const struct operand *operand) {
    bool lane = printer->lanes > 1;
    switch (operand->kind) {
    case OPERAND_NONE: return;
    case OPERAND_REGISTER: register_print(printer, operand); return;
    case OPERAND_VALUE: value_name_print(printer, operand); return;
    case OPERAND_PARTIAL: partial_print(printer, operand); return;
    case OPERAND_SCALAR: buffer_print(printer->out, "%s", operand->symbol->name); return;
    case OPERAND_CONSTANT: number_print(operand->constant, printer->out); return;
    case OPERAND_ELEMENT: place_print(printer, operand, operand->symbol->rank, false); return;
    case OPERAND_MEMORY: place_print(printer, operand, operand->symbol->rank, lane); return;
    }
}

static void operand_print_as(const struct printer *printer, const struct operand *operand, bool atom) {
    const struct statement *made = operand->kind == OPERAND_VALUE ? value_inline(printer, operand) : NULL;
    if (made)
        value_print(printer, made, atom);
    else if (vectors(printer))
        vector_print(printer, operand);
    else
        lane_print(printer, operand);
}

void operand_print(const struct printer *printer, const struct operand *operand) {
    operand_print_as(printer, operand, true);
}

// The op's C: of numbers, of vectors; $a, $b, $c are its operands, $k its constant.
static const char *op_template(const struct printer *printer, enum op op) {
    return vectors(printer) ? op_rows[op].vector : op_rows[op].scalar;
}

static void op_print(const struct printer *printer, const struct statement *statement) {
    const struct operand constant = operand_constant(statement->constant);
    const char *template = op_template(printer, statement->op);
    for (const char *c = template; *c; c++) {
        if (*c != '$') {
            buffer_add(printer->out, c, 1);
            continue;
        }
        c++;
        bool alone = c[1] == ')' || c[1] == ',';    // an argument of a call
        operand_print_as(printer,
                         *c == 'k'   ? &constant
                         : *c == 'a' ? &statement->a
                         : *c == 'b' ? &statement->b
                                     : &statement->c,
                         !alone);
    }
}

static void value_print(const struct printer *printer, const struct statement *statement, bool atom) {
    if (statement->kind != STATEMENT_OP) {
        operand_print_as(printer, &statement->a, atom);
        return;
    }
    const char *template = op_template(printer, statement->op);
    bool compound = atom && strchr(template, ' ') && template[0] == '$';
    if (compound) buffer_print(printer->out, "(");
    op_print(printer, statement);
    if (compound) buffer_print(printer->out, ")");
}

static void declaration_print(const struct printer *printer, const struct statement *statement) {
    buffer_print(printer->out, "const %s %s", vectors(printer) ? "ae_vector" : "ae_real", statement->symbol->name);
    if (statement->at && statement->at->kind == INDEX_CONSTANT)
        buffer_print(printer->out, "%ld", statement->at->constant);
    buffer_print(printer->out, " = ");
    value_print(printer, statement, false);
    buffer_print(printer->out, ";");
}

static void store_print(const struct printer *printer, const struct statement *statement) {
    buffer_print(printer->out, "ae_store%s(", access_of(printer, &statement->a));
    if (statement->a.lane_axis == statement->a.symbol->rank - 1) {
        address_print(printer, &statement->a);
    } else {
        buffer_print(printer->out, "&");
        place_print(printer, &statement->a, statement->a.symbol->rank, false);
    }
    buffer_print(printer->out, ", ");
    bool add = statement->kind == STATEMENT_ADD;
    if (add) operand_print(printer, &statement->a);
    if (add) buffer_print(printer->out, " + ");
    operand_print_as(printer, &statement->b, add);
    access_end(printer, &statement->a);
    buffer_print(printer->out, ";");
}

static void fused_print(const struct printer *printer, const struct statement *statement) {
    buffer_print(printer->out, "AE_FMA(");
    operand_print(printer, &statement->a);
    buffer_print(printer->out, ", ");
    operand_print_as(printer, &statement->b, false);
    buffer_print(printer->out, ", ");
    operand_print_as(printer, &statement->c, false);
    buffer_print(printer->out, ");");
}

static void assignment_print(const struct printer *printer, const struct statement *statement) {
    struct buffer *out = printer->out;
    bool add = statement->kind == STATEMENT_ADD;
    // What a partial sum's other lanes hold stays as it is.
    bool part = add && vectors(printer) && printer->lanes < printer->nest->machine->lanes;
    operand_print(printer, &statement->a);
    buffer_print(out, add ? " += %s" : " = %s", part ? "ae_vector_first(" : "");
    operand_print_as(printer, &statement->b, false);
    if (part) buffer_print(out, ", %d)", printer->lanes);
    buffer_print(out, ";");
}

void simple_print(const struct printer *printer, const struct statement *statement) {
    bool assigns = statement->kind == STATEMENT_ASSIGN || statement->kind == STATEMENT_ADD;
    bool store = assigns && statement->a.kind == OPERAND_MEMORY && vectors(printer);
    if (statement->kind == STATEMENT_LOAD || statement->kind == STATEMENT_OP || statement->kind == STATEMENT_NUMBER)
        declaration_print(printer, statement);
    else if (store)
        store_print(printer, statement);
    else if (statement->kind == STATEMENT_FMA)
        fused_print(printer, statement);
    else
        assignment_print(printer, statement);
}
