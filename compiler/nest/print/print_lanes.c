#include "compiler/nest/print/print.h"

// The statements inside lanes: of vectors one after the other, the multiply-adds of one input or weight on a line;
// otherwise a loop over the lanes.

static bool value_is(const struct operand *operand, const struct symbol *symbol, const struct index *at) {
    if (operand->kind != OPERAND_VALUE || operand->symbol != symbol) return false;
    return !symbol->rank || index_equal(operand->at[0], at);
}

static void uses_count(const struct statement *first, const struct operand *value, int *uses,
                       const struct statement **made) {
    const struct index *at = value->at[0];
    for (const struct statement *s = first; s; s = s->next) {
        bool declares = s->kind == STATEMENT_LOAD || s->kind == STATEMENT_OP;
        if (declares && s->symbol == value->symbol && (!value->symbol->rank || index_equal(s->at, at))) *made = s;
        *uses += value_is(&s->a, value->symbol, at) + value_is(&s->b, value->symbol, at) +
                 value_is(&s->c, value->symbol, at);
        uses_count(s->body, value, uses, made);
    }
}

const struct statement *value_inline(const struct printer *printer, const struct operand *value) {
    const struct statement *made = NULL;
    int uses = 0;
    uses_count(printer->body, value, &uses, &made);
    return uses == 1 ? made : NULL;
}

static bool is_inlined(const struct printer *printer, const struct statement *s) {
    if (s->kind != STATEMENT_LOAD && s->kind != STATEMENT_OP) return false;
    struct operand value = operand_value(s->symbol, s->at);
    return value_inline(printer, &value) != NULL;
}

// The register that a statement's value comes from, through values that are printed in place; NULL: none, or several.
static const struct operand *register_of(const struct printer *printer, const struct operand *operand) {
    if (operand->kind == OPERAND_REGISTER) return operand;
    if (operand->kind != OPERAND_VALUE) return NULL;
    const struct statement *made = value_inline(printer, operand);
    if (!made) return NULL;
    const struct operand *a = register_of(printer, &made->a), *b = register_of(printer, &made->b);
    const struct operand *c = register_of(printer, &made->c);
    return a ? a : b ? b : c;
}

// The row of a block that a statement is about, NULL where it is about none.
static const struct operand *row_of(const struct printer *printer, const struct statement *s) {
    if (s->kind != STATEMENT_FMA && s->kind != STATEMENT_ASSIGN && s->kind != STATEMENT_ADD) return NULL;
    return s->a.kind == OPERAND_REGISTER ? &s->a : register_of(printer, &s->b);
}

static bool defines(const struct statement *load, const struct operand *value) {
    return load->kind == STATEMENT_LOAD && value->kind == OPERAND_VALUE && load->symbol == value->symbol &&
           (!load->symbol->rank || index_equal(load->at, value->at[0]));
}

// What the end of a line is about: the statement, and the register of its row.
struct line_end {
    const struct statement *statement;
    const struct operand *row;
};

// Statements of one row of a block are on one line, as are the loads of several weights; of a block of one column,
// loads and stores, and the multiply-adds of one weight or input.
static bool belongs_beside(const struct line_end *before, const struct line_end *mine) {
    const struct statement *s = mine->statement, *last = before->statement;
    if (!last) return false;
    if (s->kind == STATEMENT_FMA && last->kind == STATEMENT_LOAD) return defines(last, &s->b) || defines(last, &s->c);
    if (s->kind == STATEMENT_LOAD && last->kind == STATEMENT_LOAD) return s->symbol == last->symbol;
    if (!mine->row || !before->row || s->kind != last->kind || mine->row->symbol != before->row->symbol) return false;
    if (mine->row->symbol->size[1] > 1) return index_equal(mine->row->at[0], before->row->at[0]);
    if (s->kind != STATEMENT_FMA) return (s->a.kind == OPERAND_REGISTER) == (last->a.kind == OPERAND_REGISTER);
    return s->kind == STATEMENT_FMA && (operand_equal(&s->b, &last->b) || operand_equal(&s->c, &last->c));
}

// How many statements from `first` on set different registers to the same value.
static int equal_assignments(const struct statement *first) {
    int count = 0;
    for (const struct statement *s = first; s; s = s->next, count++)
        if (s->kind != STATEMENT_ASSIGN || s->a.kind != OPERAND_REGISTER || !operand_equal(&s->b, &first->b)) break;
    return count;
}

// Statements on lines: `text` is added to the line, or begins the next one.
struct lines {
    const struct printer *printer;
    int depth;
    size_t used;    // of the line; 0: none has begun
    struct line_end end;
};

static void lines_end(struct lines *lines) {
    if (lines->used) buffer_print(lines->printer->out, "\n");
    lines->used = 0;
}

static void lines_add(struct lines *lines, const struct buffer *text, bool beside) {
    if (lines->used && beside && lines->used + text->length + 1 <= LINE_MOST) {
        buffer_print(lines->printer->out, " ");
        lines->used += text->length + 1;
    } else {
        lines_end(lines);
        print_indent(lines->printer, lines->depth);
        lines->used = 4 * (size_t)lines->depth + text->length;
    }
    buffer_add(lines->printer->out, text->text, text->length);
}

// sum0 = sum1 = ... = value; on as many lines as it takes. Returns the last of the statements.
static const struct statement *assignments_print(const struct printer *printer, struct lines *lines,
                                                 const struct statement *first, int count) {
    struct buffer text = {0};
    struct printer inner = *printer;
    const struct statement *s = first;
    inner.out = &text;
    lines_end(lines);
    for (int i = 0; i < count; i++) {
        text.length = 0;
        operand_print(&inner, &s->a);
        buffer_print(&text, " =");
        lines_add(lines, &text, i > 0);
        if (i == 0) lines->depth++;
        if (i + 1 < count) s = s->next;
    }
    text.length = 0;
    operand_print(&inner, &s->b);
    buffer_print(&text, ";");
    lines_add(lines, &text, true);
    lines->depth--;
    lines_end(lines);
    buffer_free(&text);
    return s;
}

static void vector_statements_print(const struct printer *printer, struct lines *lines, const struct statement *first) {
    struct buffer text = {0};
    struct printer inner = *printer;
    inner.out = &text;
    for (const struct statement *s = first; s; s = s->next) {
        if (is_inlined(printer, s)) continue;
        int equal = equal_assignments(s);
        if (equal > 1) {
            s = assignments_print(printer, lines, s, equal);
            lines->end = (struct line_end){0};
            continue;
        }
        const struct line_end end = {s, row_of(printer, s)};
        text.length = 0;
        if (s->kind == STATEMENT_CALL)
            call_print(&inner, s);
        else
            simple_print(&inner, s);
        lines_add(lines, &text, belongs_beside(&lines->end, &end));
        lines->end = end;
    }
    buffer_free(&text);
}

// Statements that are printed: a loop is one, a scope those of its body.
static int printed_statements(const struct printer *printer, const struct statement *first) {
    int count = 0;
    for (const struct statement *s = first; s; s = s->next)
        count += s->kind == STATEMENT_SCOPE ? printed_statements(printer, s->body) : !is_inlined(printer, s);
    return count;
}

static bool declares_names(const struct printer *printer, const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next)
        if ((s->kind == STATEMENT_OP || s->kind == STATEMENT_LOAD) && !is_inlined(printer, s)) return true;
    return false;
}

// Of numbers: loops over rows are printed as they are.
static void number_statements_print(const struct printer *printer, const struct statement *first, int depth) {
    for (const struct statement *s = first; s; s = s->next) {
        if (is_inlined(printer, s)) continue;
        if (s->kind == STATEMENT_SCOPE) {
            number_statements_print(printer, s->body, depth);
        } else if (s->kind == STATEMENT_LOOP) {
            bool one = printed_statements(printer, s->body) == 1;
            print_indent(printer, depth);
            loop_head_print(printer, s);
            buffer_print(printer->out, one ? "\n" : " {\n");
            number_statements_print(printer, s->body, depth + 1);
            if (!one) block_end_print(printer, depth);
        } else {
            statement_line_print(printer, s, depth);
        }
    }
}

// The loop that is the only printed statement, NULL for anything else.
static const struct statement *only_loop(const struct printer *printer, const struct statement *first) {
    if (printed_statements(printer, first) != 1) return NULL;
    for (const struct statement *s = first; s; s = s->next) {
        if (s->kind == STATEMENT_LOOP) return s;
        const struct statement *inner = s->kind == STATEMENT_SCOPE ? only_loop(printer, s->body) : NULL;
        if (inner) return inner;
    }
    return NULL;
}

// Lanes and rows of a block are walked by two loops on one line.
static void loop_lanes_print(const struct printer *printer, const struct statement *lanes, bool braces, int depth,
                             bool beside) {
    const struct statement *body = lanes->body;
    bool loop = lanes->lanes > 1, one = printed_statements(printer, body) == 1;
    if (!loop && !(braces && declares_names(printer, body))) {
        number_statements_print(printer, body, depth);
        return;
    }
    if (!beside) print_indent(printer, depth);
    if (loop) buffer_print(printer->out, "for (int lane = 0; lane < %d; lane++)", lanes->lanes);
    const struct statement *rows = loop ? only_loop(printer, body) : NULL;
    if (rows) {
        buffer_print(printer->out, " ");
        loop_head_print(printer, rows);
        body = rows->body;
        one = printed_statements(printer, body) == 1;
    }
    buffer_print(printer->out, !loop ? "{\n" : one ? "\n" : " {\n");
    number_statements_print(printer, body, depth + 1);
    if (!loop || !one) block_end_print(printer, depth);
}

static struct printer lanes_printer(const struct printer *printer, const struct statement *lanes) {
    struct printer inner = *printer;
    inner.lanes = lanes->lanes;
    inner.body = lanes->body;
    return inner;
}

bool lanes_print_one(const struct printer *printer, const struct statement *lanes) {
    const struct printer inner = lanes_printer(printer, lanes);
    if (!machine_names_registers(printer->nest->machine) && lanes->lanes > 1) return true;
    return printed_statements(&inner, lanes->body) == 1 && lanes->body->kind != STATEMENT_SCOPE;
}

// Lanes of vectors that follow each other share lines where they declare nothing.
static const struct statement *vector_lanes_print(const struct printer *printer, const struct statement *lanes,
                                                  bool braces, int depth) {
    struct lines lines = {.printer = printer, .depth = depth};
    const struct statement *last = lanes;
    for (const struct statement *s = lanes; s && s->kind == STATEMENT_LANES; s = s->next) {
        const struct printer inner = lanes_printer(printer, s);
        bool names = braces && declares_names(&inner, s->body);
        if (names && s != lanes) break;
        if (names) {
            print_indent(printer, depth);
            buffer_print(printer->out, "{\n");
            lines.depth++;
        }
        vector_statements_print(&inner, &lines, s->body);
        last = s;
        if (!names) continue;
        lines_end(&lines);
        block_end_print(printer, depth);
        break;
    }
    lines_end(&lines);
    return last;
}

const struct statement *lanes_print(const struct printer *printer, const struct statement *lanes, bool braces,
                                    int depth) {
    if (machine_names_registers(printer->nest->machine)) {
        bool alone = !lanes->next && lanes_print_one(printer, lanes);    // it can be a loop's body without braces
        if (!alone) views_declare(printer, lanes, depth);
        return vector_lanes_print(printer, lanes, braces, depth);
    }
    const struct printer inner = lanes_printer(printer, lanes);
    if (lanes->body) loop_lanes_print(&inner, lanes, braces, depth, false);
    return lanes;
}

bool lanes_are_loop(const struct printer *printer, const struct statement *first) {
    bool alone = first && !first->next && first->kind == STATEMENT_LANES && first->lanes > 1;
    return alone && !machine_names_registers(printer->nest->machine);
}

void lanes_print_beside(const struct printer *printer, const struct statement *lanes, int depth) {
    const struct printer inner = lanes_printer(printer, lanes);
    loop_lanes_print(&inner, lanes, false, depth, true);
}
