#include "compiler/nest/check/check.h"

#include <stdarg.h>
#include <string.h>

#include "compiler/nest/check/execute.h"
#include "compiler/nest/print/dump.h"
#include "compiler/nest/walk.h"

// What can be told from a nest's statements alone: scopes, shapes, registers, arguments.

struct declared {
    const struct symbol *symbol;
    const struct index *which;    // of a value that is one of several
    const struct index *used;     // of an index: its first use
    long rows, columns;           // of a block: those that are used
};

// Symbols that are declared, innermost last; a block's are taken off at its end.
struct checker {
    struct nest *nest;
    struct declared *declared;
    int count, capacity;
    int block;    // where the innermost block's symbols begin
    int lanes;    // around the statement; 0: none
    const struct nest_part *part;
    const struct statement *at;
    const char *fault;
};

static void fault_add(struct checker *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void fault_add(struct checker *c, const char *format, ...) {
    if (c->fault) return;
    va_list arguments;
    va_start(arguments, format);
    c->fault = fault_text(c->nest->arena, c->at, format, arguments);
    va_end(arguments);
}

// What a name in the printed code refers to: the innermost symbol that is printed alike.
static struct declared *name_find(const struct checker *c, const struct symbol *symbol) {
    for (int i = c->count; i > 0; i--)
        if (strcmp(c->declared[i - 1].symbol->name, symbol->name) == 0) return &c->declared[i - 1];
    return NULL;
}

static void symbol_add(struct checker *c, const struct symbol *symbol, const struct index *which) {
    if (c->count == c->capacity) {
        int capacity = c->capacity ? 2 * c->capacity : 64;
        struct declared *declared = ARENA_ARRAY(c->nest->arena, struct declared, capacity);
        for (int i = 0; i < c->count; i++)
            declared[i] = c->declared[i];
        c->declared = declared;
        c->capacity = capacity;
    }
    c->declared[c->count++] = (struct declared){symbol, which, NULL, 0, 0};
}

static void symbol_declare(struct checker *c, const struct symbol *symbol, const struct index *which) {
    if (!symbol) {
        fault_add(c, "a symbol is missing");
        return;
    }
    for (int i = c->block; i < c->count && !c->fault; i++) {
        const struct declared *other = &c->declared[i];
        bool apart = which && other->which && !index_equal(which, other->which);
        if (!apart && strcmp(other->symbol->name, symbol->name) == 0)
            fault_add(c, "'%s' is declared twice", symbol->name);
    }
    if (!c->fault) symbol_add(c, symbol, which);
}

static void symbol_check(struct visitor *visitor, const struct symbol *symbol, bool declares) {
    struct checker *c = visitor->context;
    if (!symbol)
        fault_add(c, "a symbol is missing");
    else if (!declares && (!name_find(c, symbol) || name_find(c, symbol)->symbol != symbol))
        fault_add(c, "'%s' is not declared here", symbol->name);
}

// All uses of an index have one range.
static void variable_check(struct visitor *visitor, const struct index *variable) {
    struct checker *c = visitor->context;
    struct declared *declared = c->fault ? NULL : name_find(c, variable->symbol);
    if (!declared) return;
    const struct index *used = declared->used;
    if (!used)
        declared->used = variable;
    else if (used->least != variable->least || used->most != variable->most)
        fault_add(c, "'%s' is in %ld..%ld here, in %ld..%ld elsewhere", variable->symbol->name, variable->least,
                  variable->most, used->least, used->most);
}

// Whether a value's register was loaded in this block or around it.
static bool value_loaded(const struct checker *c, const struct operand *value) {
    for (int i = c->count; i > 0; i--) {
        const struct declared *declared = &c->declared[i - 1];
        if (declared->symbol != value->symbol) continue;
        if (!value->symbol->rank || index_equal(declared->which, value->at[0])) return true;
    }
    return false;
}

static bool index_outside(const struct index *index, long from, long to) {
    return index->most < from || index->least >= to;
}

static bool names_registers(const struct checker *c) {
    return c->nest->machine->macro != NULL;
}

static bool indices_given(struct checker *c, const struct operand *operand, int rank) {
    for (int i = 0; i < NEST_RANK_MAX; i++)
        if ((operand->at[i] != NULL) != (i < rank)) {
            fault_add(c, "'%s' does not have %d indices", operand->symbol->name, rank);
            return false;
        }
    return true;
}

static void block_use(const struct checker *c, const struct operand *operand) {
    struct declared *declared = name_find(c, operand->symbol);
    if (operand->at[0]->most >= declared->rows) declared->rows = operand->at[0]->most + 1;
    if (operand->at[1]->most >= declared->columns) declared->columns = operand->at[1]->most + 1;
}

static void registers_check(struct checker *c, const struct operand *operand) {
    const struct symbol *symbol = operand->symbol;
    if (!indices_given(c, operand, symbol->rank)) return;
    for (int i = 0; i < symbol->rank; i++) {
        if (index_outside(operand->at[i], 0, symbol->size[i]))
            fault_add(c, "index %d of '%s' is outside of 0..%ld", i, symbol->name, symbol->size[i] - 1);
        if (names_registers(c) && operand->at[i]->kind != INDEX_CONSTANT)
            fault_add(c, "'%s' needs a constant to be named by", symbol->name);
    }
    if (!c->lanes) fault_add(c, "'%s' is used outside of lanes", symbol->name);
    if (operand->kind == OPERAND_REGISTER) block_use(c, operand);
}

// Lanes that memory is read or written in: as many as there are around it, or, of a vector, fewer.
static void memory_lanes_check(struct checker *c, const struct operand *operand) {
    int lanes = operand->lanes ? operand->lanes : c->lanes;
    if (!c->lanes) fault_add(c, "'%s' is used outside of lanes", operand->symbol->name);
    if (lanes < 1 || lanes > c->lanes || (!names_registers(c) && lanes != c->lanes))
        fault_add(c, "%d lanes of '%s' in lanes of %d", lanes, operand->symbol->name, c->lanes);
    if (operand->lane_axis < 0 || operand->lane_axis >= operand->symbol->rank)
        fault_add(c, "'%s' has no dimension %d", operand->symbol->name, operand->lane_axis);
}

static void place_check(struct checker *c, const struct operand *operand) {
    const struct symbol *array = operand->symbol;
    if (array->kind != SYMBOL_ARRAY) fault_add(c, "'%s' is no array", array->name);
    if (!indices_given(c, operand, array->rank)) return;
    bool memory = operand->kind == OPERAND_MEMORY;
    if (memory) memory_lanes_check(c, operand);
    for (int i = 0; i < array->rank; i++) {
        if (array->size[i] == 0) continue;
        long lanes = memory && i == operand->lane_axis ? (operand->lanes ? operand->lanes : c->lanes) : 1;
        if (index_outside(operand->at[i], 0, array->size[i] - lanes + 1))
            fault_add(c, "index %d of '%s' is outside of 0..%ld", i, array->name, array->size[i] - 1);
    }
}

static bool is_gradient(const struct nest *nest) {
    return kernel_rows[nest->kernel->kind].work == WORK_GRADIENT;
}

static bool is_memory(const struct operand *operand) {
    return operand->kind == OPERAND_MEMORY || operand->kind == OPERAND_ELEMENT;
}

// `written`: the operand is stored into, and not only read.
static void operand_check(struct checker *c, const struct operand *operand, bool written) {
    enum symbol_kind kinds[] = {
        [OPERAND_REGISTER] = SYMBOL_BLOCK, [OPERAND_VALUE] = SYMBOL_VALUE,   [OPERAND_SCALAR] = SYMBOL_NUMBER,
        [OPERAND_MEMORY] = SYMBOL_ARRAY,   [OPERAND_ELEMENT] = SYMBOL_ARRAY, [OPERAND_PARTIAL] = SYMBOL_PARTIALS};
    if (operand->kind == OPERAND_NONE || operand->kind == OPERAND_CONSTANT || c->fault) return;
    if (!operand->symbol || operand->symbol->kind != kinds[operand->kind]) {
        fault_add(c, "an operand's symbol is of another kind");
        return;
    }
    if (operand->kind == OPERAND_REGISTER) registers_check(c, operand);
    if (operand->kind == OPERAND_VALUE) registers_check(c, operand);
    if (operand->kind == OPERAND_VALUE && !value_loaded(c, operand))
        fault_add(c, "'%s' is not loaded here", operand->symbol->name);
    if (!is_memory(operand)) return;
    place_check(c, operand);
    bool stores = operand->symbol->written;
    if (written && !stores) fault_add(c, "'%s' is only read", operand->symbol->name);
    if (!written && stores && !is_gradient(c->nest)) fault_add(c, "'%s' is only written", operand->symbol->name);
    if (written && operand->kind == OPERAND_ELEMENT && c->lanes)
        fault_add(c, "all lanes store into one element of '%s'", operand->symbol->name);
}

// What each callee takes: i an index, r a place that is read, w one that is written.
static const char *const signatures[] = {
    [CALL_ZERO] = "wi",      [CALL_TURN] = "iiriwi",  [CALL_PACK] = "iiirw",
    [CALL_UNPACK] = "iiirw", [CALL_DROPOUT] = "iiiw", [CALL_NORMAL] = "iiiw",
};

static void library_call_check(struct checker *c, const struct statement *call) {
    const char *signature = signatures[call->callee];
    for (int i = 0; i < call->argument_count; i++) {
        const struct passed *argument = &call->arguments[i];
        bool index = signature[i] == 'i';
        if (argument->kind != (index ? PASSED_INDEX : PASSED_PLACE)) fault_add(c, "argument %d is of another kind", i);
        if (index) continue;
        if (argument->operand.kind == OPERAND_MEMORY || argument->operand.kind == OPERAND_ELEMENT)
            operand_check(c, &argument->operand, signature[i] == 'w');
        else
            fault_add(c, "argument %d is not a place in an array", i);
    }
    if (c->lanes) fault_add(c, "a call in lanes");
}

static void part_argument_check(struct checker *c, const struct symbol *parameter, const struct passed *argument) {
    bool fits = true;
    switch (argument->kind) {
    case PASSED_INDEX: fits = parameter->kind == SYMBOL_INDEX; break;
    case PASSED_SYMBOL: fits = argument->symbol == parameter && parameter->kind != SYMBOL_BLOCK; break;
    case PASSED_VALUE:
        fits = parameter->kind == SYMBOL_BLOCK && argument->operand.kind == OPERAND_REGISTER && names_registers(c);
        operand_check(c, &argument->operand, false);
        if (fits && parameter->lanes != c->lanes) fault_add(c, "'%s' has %d lanes", parameter->name, parameter->lanes);
        break;
    case PASSED_PLACE: fits = false; break;
    }
    if (!fits) fault_add(c, "the argument for '%s' is of another kind", parameter->name);
}

// A part is called after it is made, by the nest's body or by a later part.
static bool part_declared(const struct checker *c, const struct nest_part *part) {
    const struct nest_part *made = c->nest->parts;
    while (made && made != part && made != c->part)
        made = made->next;
    return made && made != c->part;
}

// Before anything else of a call is looked at: whether there are the arguments that the callee takes.
static void arguments_count(struct checker *c, const struct statement *call) {
    bool part = call->callee == CALL_PART;
    if (part && !part_declared(c, call->part)) {
        fault_add(c, "the part is not declared here");
        return;
    }
    int count = part ? call->part->parameter_count : (int)strlen(signatures[call->callee]);
    // The statement cannot be shown: it has arguments that are not there.
    if (call->argument_count != count) c->at = NULL;
    if (call->argument_count != count) fault_add(c, "a call has %d arguments of %d", call->argument_count, count);
}

static void block_symbol_check(struct checker *c, const struct symbol *block) {
    const struct machine *machine = c->nest->machine;
    if (block->kind != SYMBOL_BLOCK || block->rank != 2 || block->size[0] < 1 || block->size[1] < 1)
        fault_add(c, "'%s' is no block of rows and columns", block->name);
    else if (!tile_fits(machine, (int)block->size[0], (int)block->size[1]))
        fault_add(c, "%ld x %ld registers of %d", block->size[0], block->size[1], machine->registers);
    if (block->lanes != machine->lanes) fault_add(c, "%d lanes of %d", block->lanes, machine->lanes);
    if (block->last_lanes < 1 || block->last_lanes > block->lanes)
        fault_add(c, "the last column has %d lanes of %d", block->last_lanes, block->lanes);
}

static void loop_check(struct checker *c, const struct statement *loop) {
    if (loop->symbol->kind != SYMBOL_INDEX) fault_add(c, "'%s' is no index", loop->symbol->name);
    if (loop->step < 1) fault_add(c, "a step of %ld", loop->step);
    if (loop->unroll && names_registers(c)) fault_add(c, "the loop is not written out");
}

// The operands that a statement of a kind has; of an op those that it needs are its formula's.
static void operands_check(struct checker *c, const struct statement *s) {
    const struct operand *const operands[] = {&s->a, &s->b, &s->c};
    int most = s->kind == STATEMENT_OP || s->kind == STATEMENT_FMA                                     ? 3
               : s->kind == STATEMENT_ASSIGN || s->kind == STATEMENT_ADD                               ? 2
               : s->kind == STATEMENT_LOAD || s->kind == STATEMENT_NUMBER || s->kind == STATEMENT_JOIN ? 1
                                                                                                       : 0;
    bool assigns = s->kind == STATEMENT_ASSIGN || s->kind == STATEMENT_ADD || s->kind == STATEMENT_FMA;
    for (int i = 0; i < 3; i++) {
        bool given = operands[i]->kind != OPERAND_NONE, optional = s->kind == STATEMENT_OP && i > 0;
        if (given ? i >= most : i < most && !optional) fault_add(c, "%d operands are expected", most);
        operand_check(c, operands[i], assigns && i == 0);
    }
    if (!assigns || c->fault) return;
    // A register is assigned in as many lanes as its column has.
    bool last = s->a.kind == OPERAND_REGISTER && index_is_constant(s->a.at[1], s->a.symbol->size[1] - 1);
    if (s->kind == STATEMENT_ASSIGN && s->a.kind == OPERAND_REGISTER &&
        c->lanes != (last ? s->a.symbol->last_lanes : s->a.symbol->lanes))
        fault_add(c, "'%s' does not have %d lanes", s->a.symbol->name, c->lanes);
    bool place = is_memory(&s->a) || s->a.kind == OPERAND_REGISTER || s->a.kind == OPERAND_PARTIAL;
    if (!place || (s->kind == STATEMENT_FMA && s->a.kind != OPERAND_REGISTER))
        fault_add(c, "operand a cannot be assigned to");
}

static void value_symbol_check(struct checker *c, const struct statement *s) {
    const struct symbol *value = s->symbol;
    bool number = s->kind == STATEMENT_NUMBER || s->kind == STATEMENT_JOIN || (s->kind == STATEMENT_OP && !c->lanes);
    if (value->kind != (number ? SYMBOL_NUMBER : SYMBOL_VALUE)) fault_add(c, "'%s' is of another kind", value->name);
    if (number) return;
    if (!c->lanes) fault_add(c, "'%s' is declared outside of lanes", value->name);
    if (value->lanes && value->lanes != c->lanes)
        fault_add(c, "'%s' has %d lanes in lanes of %d", value->name, value->lanes, c->lanes);
    if (value->rank > 1 || (value->rank != 0) != (s->at != NULL))
        fault_add(c, "'%s' has rank %d", value->name, value->rank);
    else if (s->at && index_outside(s->at, 0, value->size[0]))
        fault_add(c, "there are %ld of '%s'", value->size[0], value->name);
}

static void statement_check(struct checker *c, const struct statement *s) {
    struct visitor visitor = {symbol_check, variable_check, c};
    if (s->kind == STATEMENT_CALL) arguments_count(c, s);
    if (!c->fault) statement_visit(s, &visitor);
    if (c->fault) return;
    operands_check(c, s);
    switch (s->kind) {
    case STATEMENT_LOOP: loop_check(c, s); return;
    case STATEMENT_REGISTERS: block_symbol_check(c, s->symbol); break;
    case STATEMENT_LANES:
        if (s->lanes < 1 || s->lanes > c->nest->machine->lanes)
            fault_add(c, "%d lanes of %d", s->lanes, c->nest->machine->lanes);
        if (c->lanes) fault_add(c, "lanes in lanes");
        return;
    case STATEMENT_CALL:
        if (s->callee != CALL_PART) library_call_check(c, s);
        for (int i = 0; s->callee == CALL_PART && i < s->argument_count; i++)
            part_argument_check(c, s->part->parameters[i], &s->arguments[i]);
        return;
    case STATEMENT_NUMBER:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_JOIN: value_symbol_check(c, s); break;
    case STATEMENT_PARTIALS:
    case STATEMENT_INDEX: break;
    case STATEMENT_SCOPE:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD: return;
    }
    symbol_declare(c, s->symbol, s->at);
}

// The range of a loop's variable has all that its bounds allow.
static void range_check(struct checker *c, const struct statement *loop, const struct index *used) {
    if (!used) return;
    long first = loop->from->least, last = loop->to->most - 1;
    if (loop->from->kind == INDEX_CONSTANT) last -= (last - first) % loop->step;
    // A bound that is a difference of two unknown ones has no end.
    bool low = first > -INDEX_UNBOUNDED / 2 && used->least > first;
    if (low || used->most < last)
        fault_add(c, "'%s' is in %ld..%ld, used as %ld..%ld", loop->symbol->name, first, last, used->least, used->most);
}

static void block_check(struct checker *c, const struct statement *first);

// Every register of a block that is declared has a use.
static void blocks_check(struct checker *c, int from) {
    for (int i = from; i < c->count && !c->fault; i++) {
        const struct declared *d = &c->declared[i];
        if (d->symbol->kind != SYMBOL_BLOCK) continue;
        if (d->rows < d->symbol->size[0] || d->columns < d->symbol->size[1])
            fault_add(c, "of '%s' only %ld x %ld registers are used", d->symbol->name, d->rows, d->columns);
    }
}

static void body_check(struct checker *c, const struct statement *s) {
    int count = c->count, block = c->block, lanes = c->lanes;
    c->block = c->count;
    if (s->kind == STATEMENT_LOOP) symbol_declare(c, s->symbol, NULL);
    if (s->kind == STATEMENT_LANES) c->lanes = s->lanes;
    block_check(c, s->body);
    c->at = s;
    if (!c->fault) blocks_check(c, count);
    if (s->kind == STATEMENT_LOOP && !c->fault) range_check(c, s, c->declared[count].used);
    c->count = count;
    c->block = block;
    c->lanes = lanes;
}

// Whether a loop's body is never reached: where every tap of a kernel falls on padding. Its places can be outside of
// arrays.
static bool never_runs(const struct statement *s) {
    return s->kind == STATEMENT_LOOP && s->from->least >= s->to->most;
}

static void block_check(struct checker *c, const struct statement *first) {
    for (const struct statement *s = first; s && !c->fault; s = s->next) {
        bool block = s->kind == STATEMENT_LOOP || s->kind == STATEMENT_SCOPE || s->kind == STATEMENT_LANES;
        c->at = s;
        if (s->body && !block) fault_add(c, "it has no body");
        statement_check(c, s);
        if (block && !c->fault && !never_runs(s)) body_check(c, s);
    }
}

// An array's shape is what the description says: samples first where each has its own, `stride` elements apart, and
// where samples are the lanes those innermost.
static void array_check(struct checker *c, int number) {
    const struct kernel_description *kernel = c->nest->kernel;
    const struct kernel_array *array = &kernel->arrays[number];
    const struct symbol *symbol = c->nest->arrays[number];
    if (!symbol) return;
    long elements = 1, expected = (long)(array->stride ? array->stride : array->count);
    if (array_is_packed(kernel, number)) expected *= c->nest->machine->lanes;
    if (symbol->kind != SYMBOL_ARRAY || symbol->rank < 1 || symbol->rank > NEST_RANK_MAX) {
        fault_add(c, "'%s' has rank %d", array->name, symbol->rank);
        return;
    }
    for (int i = array->stride ? 1 : 0; i < symbol->rank; i++)
        elements *= symbol->size[i];
    if (array->stride && symbol->size[0] != 0) fault_add(c, "'%s' has no dimension of samples", array->name);
    if (elements != expected) fault_add(c, "'%s' has %ld elements, not %ld", array->name, elements, expected);
    if (symbol->written != array->written) fault_add(c, "'%s' is %s", array->name, array->written ? "read" : "written");
    symbol_add(c, symbol, NULL);
}

static void parameters_check(struct checker *c) {
    const struct nest *nest = c->nest;
    const struct symbol *const parameters[] = {nest->samples, nest->from, nest->to, nest->step, nest->term_scale};
    static const struct index any = {.kind = INDEX_VARIABLE, .most = INDEX_UNBOUNDED};
    for (int i = 0; i < 5; i++) {
        if (!parameters[i]) continue;
        symbol_add(c, parameters[i], NULL);
        c->declared[c->count - 1].used = &any;
    }
    for (int i = 0; i < nest->kernel->array_count; i++)
        array_check(c, i);
}

// A part sees its parameters and nothing else.
static void part_check(struct checker *c, const struct nest_part *part) {
    struct checker inner = {.nest = c->nest, .part = part};
    for (int i = 0; i < part->parameter_count; i++) {
        const struct symbol *parameter = part->parameters[i];
        symbol_declare(&inner, parameter, NULL);
        if (!parameter || parameter->kind != SYMBOL_BLOCK) continue;
        if (parameter->rank != 2 || parameter->size[0] != 1 || parameter->size[1] != 1 ||
            parameter->lanes != parameter->last_lanes)
            fault_add(&inner, "'%s' is not one register", parameter->name);
    }
    inner.block = inner.count;
    block_check(&inner, part->body->body);
    if (inner.fault) c->fault = arena_print(c->nest->arena, "%s: %s", part->name, inner.fault);
}

const char *nest_check_statements(struct nest *nest) {
    struct checker c = {.nest = nest};
    parameters_check(&c);
    for (const struct nest_part *part = nest->parts; part && !c.fault; part = part->next)
        part_check(&c, part);
    if (c.fault) return c.fault;
    c.block = c.count;
    block_check(&c, nest->root->body);
    return c.fault;
}

const char *nest_check(struct nest *nest) {
    const char *fault = nest_check_statements(nest);
    return fault ? fault : nest_check_formula(nest);
}
