#include <math.h>
#include <string.h>

#include "compiler/nest/nest.h"

// The walker: prints a nest for a machine. For a vector target a statement inside lanes is one of vectors; in plain C11 the
// lanes are a loop that a compiler can turn into vectors.

// A place of an array that several statements of a block are near: they are told by how far they lie from it.
struct place {
    const char *array, *name;
    const struct index *at;
    bool written, told;
    struct place *next;
};

struct walker {
    const struct machine *machine;
    struct arena *arena;
    struct buffer *out;
    int lanes;                       // of the statements being printed; 0 outside of lanes
    const struct statement *body;    // that they stand in
    struct place *places;            // of this block and those around it
};

enum { LINE_MOST = 118 };

static void indent(const struct walker *walker, int depth) {
    static const char blanks[] = "                                ";
    for (int left = 4 * depth, step; left > 0; left -= step) {
        step = left < (int)sizeof blanks - 1 ? left : (int)sizeof blanks - 1;
        buffer_add(walker->out, blanks, (size_t)step);
    }
}

static bool vectors(const struct walker *walker) {
    return walker->machine->macro && walker->lanes > 0;
}

void number_print(double number, struct buffer *out) {
    if (number == floor(number) && fabs(number) < 1e6)
        buffer_print(out, "AE_REAL(%.1f)", number);
    else
        buffer_print(out, "AE_REAL(%a)", number);
}

// An index is a place and a distance from it.
static const struct index *index_place(const struct index *at, long *distance) {
    *distance = 0;
    if (at->kind != INDEX_ADD || at->right->kind != INDEX_CONSTANT) return at;
    *distance = at->right->constant;
    return at->left;
}

static struct place *place_find(const struct walker *walker, const struct operand *operand, long *distance) {
    const struct index *at = index_place(operand->at, distance);
    for (struct place *place = walker->places; place; place = place->next)
        if (strcmp(place->array, operand->name) == 0 && index_equal(place->at, at)) return place;
    return NULL;
}

static void address_print(const struct walker *walker, const struct operand *operand) {
    long distance;
    const struct place *place = place_find(walker, operand, &distance);
    bool first = operand->at->kind == INDEX_CONSTANT && operand->at->constant == 0;
    buffer_print(walker->out, "%s", place ? place->name : operand->name);
    if (place && distance)
        buffer_print(walker->out, distance < 0 ? " - %ld" : " + %ld", distance < 0 ? -distance : distance);
    if (place || first) return;
    buffer_print(walker->out, " + ");
    index_print(operand->at, walker->out);
}

static int lanes_of(const struct walker *walker, const struct operand *operand) {
    return operand->lanes ? operand->lanes : walker->lanes;
}

// What a vector is read by or written by: the whole, its first lanes, or lanes that lie apart.
static const char *access_of(const struct walker *walker, const struct operand *operand) {
    if (operand->stride != 1) return "_apart";
    return lanes_of(walker, operand) < walker->machine->lanes ? "_first" : "";
}

static void access_end(const struct walker *walker, const struct operand *operand) {
    int lanes = lanes_of(walker, operand);
    if (operand->stride != 1)
        buffer_print(walker->out, ", %ld, %d)", operand->stride, lanes);
    else if (lanes < walker->machine->lanes)
        buffer_print(walker->out, ", %d)", lanes);
    else
        buffer_print(walker->out, ")");
}

// array[place + distance + lane * stride], the last where there are lanes.
static void element_print(const struct walker *walker, const struct operand *operand, bool lane) {
    struct buffer *out = walker->out;
    long distance;
    const struct place *place = place_find(walker, operand, &distance);
    bool first = place ? distance == 0 : operand->at->kind == INDEX_CONSTANT && operand->at->constant == 0;
    buffer_print(out, "%s[", place ? place->name : operand->name);
    if (place && (distance || !lane))
        buffer_print(out, "%ld", distance);
    else if (!place && (!first || !lane))
        index_print(operand->at, out);
    if (lane) buffer_print(out, first ? "lane" : " + lane");
    if (lane && operand->stride != 1) buffer_print(out, " * %ld", operand->stride);
    buffer_print(out, "]");
}

static const struct statement *value_inline(const struct walker *walker, const char *name);
static void value_print(const struct walker *walker, const struct statement *statement, bool atom);

static void vector_print(const struct walker *walker, const struct operand *operand) {
    struct buffer *out = walker->out;
    switch (operand->kind) {
    case OPERAND_NONE: return;
    case OPERAND_VALUE:
        if (value_inline(walker, operand->name)) {
            value_print(walker, value_inline(walker, operand->name), true);
            return;
        }
        buffer_print(out, "%s", operand->name);
        return;
    case OPERAND_REGISTER: buffer_print(out, "%s", operand->name); return;
    case OPERAND_MEMORY:
        buffer_print(out, "ae_load%s(", access_of(walker, operand));
        address_print(walker, operand);
        access_end(walker, operand);
        return;
    case OPERAND_SCALAR: buffer_print(out, "ae_splat(%s)", operand->name); return;
    case OPERAND_ELEMENT:
        buffer_print(out, "ae_splat(");
        element_print(walker, operand, false);
        buffer_print(out, ")");
        return;
    case OPERAND_NUMBER:
        buffer_print(out, "ae_splat(");
        number_print(operand->constant, out);
        buffer_print(out, ")");
        return;
    }
}

static void lane_print(const struct walker *walker, const struct operand *operand) {
    struct buffer *out = walker->out;
    bool lane = walker->lanes > 1;
    switch (operand->kind) {
    case OPERAND_NONE: return;
    case OPERAND_REGISTER: buffer_print(out, lane ? "%s[lane]" : "%s", operand->name); return;
    case OPERAND_VALUE:
    case OPERAND_SCALAR: buffer_print(out, "%s", operand->name); return;
    case OPERAND_NUMBER: number_print(operand->constant, out); return;
    case OPERAND_ELEMENT: element_print(walker, operand, false); return;
    case OPERAND_MEMORY: element_print(walker, operand, lane); return;
    }
}

static void operand_print(const struct walker *walker, const struct operand *operand) {
    if (vectors(walker))
        vector_print(walker, operand);
    else
        lane_print(walker, operand);
}

// $a, $b, $c are the operands, $k is the constant.
static const char *op_template(const struct walker *walker, enum op op) {
    return vectors(walker) ? op_rows[op].vector : op_rows[op].scalar;
}

static void op_print(const struct walker *walker, const struct statement *statement) {
    const struct operand constant = operand_number(statement->constant);
    for (const char *c = op_template(walker, statement->op); *c; c++) {
        if (*c != '$') {
            buffer_add(walker->out, c, 1);
            continue;
        }
        c++;
        operand_print(walker, *c == 'k'   ? &constant
                              : *c == 'a' ? &statement->a
                              : *c == 'b' ? &statement->b
                                          : &statement->c);
    }
}

static bool names(const struct operand *operand, const char *name) {
    return operand->kind == OPERAND_VALUE && strcmp(operand->name, name) == 0;
}

// The statement that declares a value of vectors where it is used once: its expression then stands in the place of its
// name.
static const struct statement *value_inline(const struct walker *walker, const char *name) {
    const struct statement *made = NULL;
    int uses = 0;
    for (const struct statement *s = walker->body; s; s = s->next) {
        if ((s->kind == STATEMENT_LOAD || s->kind == STATEMENT_OP) && strcmp(s->name, name) == 0) made = s;
        uses += names(&s->a, name) + names(&s->b, name) + names(&s->c, name);
    }
    return uses == 1 ? made : NULL;
}

static void value_print(const struct walker *walker, const struct statement *statement, bool atom) {
    if (statement->kind != STATEMENT_OP) {
        operand_print(walker, &statement->a);
        return;
    }
    const char *template = op_template(walker, statement->op);
    bool compound = atom && strchr(template, ' ') && template[0] == '$';
    if (compound) buffer_print(walker->out, "(");
    op_print(walker, statement);
    if (compound) buffer_print(walker->out, ")");
}

static void statements_print(const struct walker *walker, const struct statement *first, int depth);

static void loop_print(const struct walker *walker, const struct statement *loop, int depth) {
    struct buffer *out = walker->out;
    indent(walker, depth);
    buffer_print(out, "for (ptrdiff_t %s = ", loop->name);
    index_print(loop->from, out);
    buffer_print(out, "; %s < ", loop->name);
    index_print(loop->to, out);
    if (loop->step == 1)
        buffer_print(out, "; %s++) {\n", loop->name);
    else
        buffer_print(out, "; %s += %ld) {\n", loop->name, loop->step);
    statements_print(walker, loop->body, depth + 1);
    indent(walker, depth);
    buffer_print(out, "}\n");
}

// Braces stand where names of one scope would meet those of the next.
static void scope_print(const struct walker *walker, const struct statement *scope, bool alone, int depth) {
    if (alone) {
        statements_print(walker, scope->body, depth);
        return;
    }
    indent(walker, depth);
    buffer_print(walker->out, "{\n");
    statements_print(walker, scope->body, depth + 1);
    indent(walker, depth);
    buffer_print(walker->out, "}\n");
}

static bool declares(const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next)
        if (s->kind == STATEMENT_OP || s->kind == STATEMENT_LOAD) return true;
    return false;
}

static bool is_broadcast(const struct statement *statement) {
    return statement->kind == STATEMENT_LOAD && statement->a.kind == OPERAND_ELEMENT;
}

static void declaration_print(const struct walker *walker, const struct statement *statement) {
    buffer_print(walker->out, "const %s %s = ", vectors(walker) ? "ae_vector" : "ae_real", statement->name);
    value_print(walker, statement, false);
    buffer_print(walker->out, ";");
}

static void store_print(const struct walker *walker, const struct statement *statement) {
    buffer_print(walker->out, "ae_store%s(", access_of(walker, &statement->a));
    address_print(walker, &statement->a);
    buffer_print(walker->out, ", ");
    operand_print(walker, &statement->b);
    access_end(walker, &statement->a);
    buffer_print(walker->out, ";");
}

static void fused_print(const struct walker *walker, const struct statement *statement) {
    buffer_print(walker->out, "AE_FMA(");
    operand_print(walker, &statement->a);
    buffer_print(walker->out, ", ");
    operand_print(walker, &statement->b);
    buffer_print(walker->out, ", ");
    operand_print(walker, &statement->c);
    buffer_print(walker->out, ");");
}

static void assignment_print(const struct walker *walker, const struct statement *statement) {
    struct buffer *out = walker->out;
    bool add = statement->kind == STATEMENT_ADD;
    // What a partial sum's other lanes hold stays as it is.
    bool part = add && vectors(walker) && walker->lanes < walker->machine->lanes;
    operand_print(walker, &statement->a);
    buffer_print(out, add ? " += %s" : " = %s", part ? "ae_vector_first(" : "");
    operand_print(walker, &statement->b);
    if (part) buffer_print(out, ", %d)", walker->lanes);
    buffer_print(out, ";");
}

static void simple_print(const struct walker *walker, const struct statement *statement) {
    bool store = statement->kind == STATEMENT_ASSIGN && statement->a.kind == OPERAND_MEMORY && vectors(walker);
    if (statement->kind == STATEMENT_LOAD || statement->kind == STATEMENT_OP)
        declaration_print(walker, statement);
    else if (store)
        store_print(walker, statement);
    else if (statement->kind == STATEMENT_FMA)
        fused_print(walker, statement);
    else
        assignment_print(walker, statement);
}

// Declarations begin a line; what follows stands beside as far as the line goes.
static void lane_statements_print(const struct walker *walker, const struct statement *first, int depth) {
    struct buffer line = {0};
    struct walker inner = *walker;
    inner.out = &line;
    size_t used = 0;
    for (const struct statement *s = first; s; s = s->next) {
        bool declaration = s->kind == STATEMENT_LOAD || s->kind == STATEMENT_OP;
        if (!vectors(walker) && is_broadcast(s)) continue;
        if (vectors(walker) && declaration && value_inline(walker, s->name)) continue;
        line.length = 0;
        simple_print(&inner, s);
        bool beside = !declaration && used && used + line.length + 1 <= LINE_MOST;
        if (beside) {
            buffer_print(walker->out, " ");
            used += line.length + 1;
        } else {
            if (used) buffer_print(walker->out, "\n");
            indent(walker, depth);
            used = 4 * (size_t)depth + line.length;
        }
        buffer_add(walker->out, line.text, line.length);
    }
    if (used) buffer_print(walker->out, "\n");
    buffer_free(&line);
}

static bool declares_names(const struct walker *walker, const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next)
        if ((s->kind == STATEMENT_OP || s->kind == STATEMENT_LOAD) && !value_inline(walker, s->name)) return true;
    return false;
}

static struct walker lanes_walker(const struct walker *walker, const struct statement *lanes) {
    struct walker inner = *walker;
    inner.lanes = lanes->lanes;
    inner.body = lanes->body;
    return inner;
}

static void vector_lanes_print(const struct walker *walker, const struct statement *lanes, bool alone, int depth) {
    const struct walker inner = lanes_walker(walker, lanes);
    bool braces = !alone && declares_names(&inner, lanes->body);
    if (braces) {
        indent(walker, depth);
        buffer_print(walker->out, "{\n");
    }
    lane_statements_print(&inner, lanes->body, depth + braces);
    if (!braces) return;
    indent(walker, depth);
    buffer_print(walker->out, "}\n");
}

// Numbers that are the same in all lanes are read before the loop.
static bool broadcasts_print(const struct walker *walker, const struct statement *first, int depth) {
    struct buffer one = {0};
    struct walker outside = *walker;
    outside.lanes = 0;
    outside.out = &one;
    size_t used = 0;
    bool rest = false;
    for (const struct statement *s = first; s; s = s->next) {
        rest = rest || !is_broadcast(s);
        if (!is_broadcast(s)) continue;
        one.length = 0;
        buffer_print(&one, "%s = ", s->name);
        operand_print(&outside, &s->a);
        bool beside = used && used + one.length + 3 <= LINE_MOST;
        if (used) buffer_print(walker->out, beside ? ", " : ";\n");
        if (!beside) {
            indent(walker, depth);
            buffer_print(walker->out, "const ae_real ");
            used = 4 * (size_t)depth + 14;
        }
        buffer_add(walker->out, one.text, one.length);
        used += one.length + 2;
    }
    if (used) buffer_print(walker->out, ";\n");
    buffer_free(&one);
    return rest;
}

static void loop_lanes_print(const struct walker *walker, const struct statement *lanes, bool alone, int depth) {
    const struct walker inner = lanes_walker(walker, lanes);
    struct buffer *out = walker->out;
    const struct statement *first = lanes->body;
    if (!broadcasts_print(walker, first, depth)) return;
    while (is_broadcast(first))
        first = first->next;
    if (lanes->lanes == 1 && (alone || !declares(first))) {
        lane_statements_print(&inner, first, depth);
        return;
    }
    indent(walker, depth);
    if (lanes->lanes > 1) buffer_print(out, "for (int lane = 0; lane < %d; lane++)", lanes->lanes);
    if (!first->next) {
        buffer_print(out, " ");
        lane_statements_print(&inner, first, 0);
        return;
    }
    buffer_print(out, "%s{\n", lanes->lanes > 1 ? " " : "");
    lane_statements_print(&inner, first, depth + 1);
    indent(walker, depth);
    buffer_print(out, "}\n");
}

// Declares the registers that stand together; returns the last of them.
static const struct statement *registers_print(const struct walker *walker, const struct statement *first, int depth) {
    const struct statement *last = first;
    size_t start = walker->out->length;
    indent(walker, depth);
    buffer_print(walker->out, walker->machine->macro ? "ae_vector " : "ae_real ");
    for (const struct statement *s = first; s && s->kind == STATEMENT_REGISTERS && s->lanes == first->lanes;
         s = s->next) {
        bool full = walker->out->length - start > LINE_MOST - 12;
        if (s != first) buffer_print(walker->out, full ? "," : ", ");
        if (full) {
            buffer_print(walker->out, "\n");
            start = walker->out->length;
            indent(walker, depth + 1);
        }
        buffer_print(walker->out, "%s", s->name);
        if (s->lanes > 1 && !walker->machine->macro) buffer_print(walker->out, "[%d]", s->lanes);
        last = s;
    }
    buffer_print(walker->out, ";\n");
    return last;
}

static void join_print(const struct walker *walker, const struct statement *join, int depth) {
    indent(walker, depth);
    buffer_print(walker->out, "const ae_real %s = %s(%s);\n", join->name,
                 walker->machine->macro ? "ae_vector_join" : "ae_join", join->a.name);
}

static void partials_print(const struct walker *walker, const struct statement *partials, int depth) {
    indent(walker, depth);
    if (walker->machine->macro)
        buffer_print(walker->out, "ae_vector %s[%d] = {{0}};\n", partials->name, PARTIALS / walker->machine->lanes);
    else
        buffer_print(walker->out, "ae_real %s[%d] = {0};\n", partials->name, PARTIALS);
}

static void line_print(const struct walker *walker, const struct statement *statement, int depth) {
    indent(walker, depth);
    if (statement->kind == STATEMENT_SCALAR || statement->kind == STATEMENT_OP || statement->kind == STATEMENT_LOAD)
        declaration_print(walker, statement);
    else if (statement->kind == STATEMENT_TEXT)
        buffer_print(walker->out, "%s", statement->name);
    else
        assignment_print(walker, statement);
    buffer_print(walker->out, "\n");
}

// True when two blocks stand side by side whose names would meet.
static bool needs_scope(const struct statement *first) {
    int blocks = 0;
    for (const struct statement *s = first; s; s = s->next)
        blocks += s->kind == STATEMENT_SCOPE || s->kind == STATEMENT_REGISTERS || s->kind == STATEMENT_SCALAR ||
                  s->kind == STATEMENT_LANES;
    return blocks > 1;
}

static int lanes_declaring(const struct statement *first) {
    int count = 0;
    for (const struct statement *s = first; s; s = s->next)
        count += s->kind == STATEMENT_LANES && declares(s->body);
    return count;
}

// Operands of a block's lanes that name memory near a place.
struct near {
    const char *array;
    const struct index *at;
    int uses;
    bool written;
};

static int near_add(struct near *list, int count, const struct operand *operand, bool written) {
    long distance;
    if (operand->kind != OPERAND_MEMORY && operand->kind != OPERAND_ELEMENT) return count;
    const struct index *at = index_place(operand->at, &distance);
    if (at->kind == INDEX_CONSTANT || at->kind == INDEX_VARIABLE) return count;
    int i = 0;
    while (i < count && !(strcmp(list[i].array, operand->name) == 0 && index_equal(list[i].at, at)))
        i++;
    if (i == count) list[count++] = (struct near){.array = operand->name, .at = at};
    list[i].uses++;
    list[i].written = list[i].written || written;
    return count;
}

static int near_collect(const struct statement *first, struct near *list, int most) {
    int count = 0;
    for (const struct statement *lanes = first; lanes; lanes = lanes->next)
        for (const struct statement *s = lanes->kind == STATEMENT_LANES ? lanes->body : NULL; s; s = s->next) {
            if (count + 3 > most) return count;
            bool assigns = s->kind == STATEMENT_ASSIGN || s->kind == STATEMENT_ADD;
            count = near_add(list, count, &s->a, assigns);
            count = near_add(list, count, &s->b, false);
            count = near_add(list, count, &s->c, false);
        }
    return count;
}

static int places_of(const struct walker *walker, const char *array) {
    int count = 0;
    for (const struct place *place = walker->places; place; place = place->next)
        count += strcmp(place->array, array) == 0;
    return count;
}

// Places that more than one statement of this block is near get a name.
static void places_find(struct walker *walker, const struct statement *first) {
    enum { NEAR_MOST = 64 };
    struct near list[NEAR_MOST];
    int count = near_collect(first, list, NEAR_MOST);
    for (int i = 0; i < count; i++) {
        if (list[i].uses < 2) continue;
        struct place *place = ARENA_NEW(walker->arena, struct place);
        int same = places_of(walker, list[i].array);
        place->array = list[i].array;
        place->name = same ? arena_print(walker->arena, "%s_at%d", list[i].array, same + 1)
                           : arena_print(walker->arena, "%s_at", list[i].array);
        place->at = list[i].at;
        place->written = list[i].written;
        place->next = walker->places;
        walker->places = place;
    }
}

static void place_tell(const struct walker *walker, const struct operand *operand, int depth) {
    long distance;
    if (operand->kind != OPERAND_MEMORY && operand->kind != OPERAND_ELEMENT) return;
    struct place *place = place_find(walker, operand, &distance);
    if (!place || place->told) return;
    place->told = true;
    indent(walker, depth);
    buffer_print(walker->out, "%sae_real *const %s = %s + (", place->written ? "" : "const ", place->name,
                 place->array);
    index_print(place->at, walker->out);
    buffer_print(walker->out, ");\n");
}

// Declares the places that lanes are the first to name.
static void places_tell(const struct walker *walker, const struct statement *lanes, int depth) {
    for (const struct statement *s = lanes->body; s; s = s->next) {
        place_tell(walker, &s->a, depth);
        place_tell(walker, &s->b, depth);
        place_tell(walker, &s->c, depth);
    }
}

static const struct statement *statement_print(const struct walker *walker, const struct statement *statement,
                                               bool scope, bool alone, int depth) {
    switch (statement->kind) {
    case STATEMENT_LOOP: loop_print(walker, statement, depth); break;
    case STATEMENT_SCOPE: scope_print(walker, statement, !scope, depth); break;
    case STATEMENT_REGISTERS: return registers_print(walker, statement, depth);
    case STATEMENT_PARTIALS: partials_print(walker, statement, depth); break;
    case STATEMENT_JOIN: join_print(walker, statement, depth); break;
    case STATEMENT_LANES:
        if (statement->body && walker->machine->macro)
            vector_lanes_print(walker, statement, alone, depth);
        else if (statement->body)
            loop_lanes_print(walker, statement, alone, depth);
        break;
    case STATEMENT_SCALAR:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_TEXT:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD: line_print(walker, statement, depth); break;
    }
    return statement;
}

static void statements_print(const struct walker *walker, const struct statement *first, int depth) {
    bool scope = needs_scope(first), alone = lanes_declaring(first) < 2;
    struct walker inner = *walker;
    places_find(&inner, first);
    for (const struct statement *statement = first; statement; statement = statement->next) {
        if (statement->kind == STATEMENT_LANES) places_tell(&inner, statement, depth);
        statement = statement_print(&inner, statement, scope, alone, depth);
    }
}

void nest_print(const struct machine *machine, struct arena *arena, const struct statement *first, int depth,
                struct buffer *out) {
    const struct walker walker = {.machine = machine, .arena = arena, .out = out};
    statements_print(&walker, first, depth);
}
