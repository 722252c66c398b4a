#include "compiler/nest/walk.h"

#include <string.h>

static void index_visit(const struct index *index, struct visitor *visitor) {
    if (!index) return;
    if (index->kind == INDEX_VARIABLE) visitor->symbol(visitor, index->symbol, false);
    if (index->kind == INDEX_VARIABLE && visitor->variable) visitor->variable(visitor, index);
    index_visit(index->left, visitor);
    index_visit(index->right, visitor);
}

static void operand_visit(const struct operand *operand, struct visitor *visitor) {
    if (operand->kind == OPERAND_NONE) return;
    if (operand->symbol) visitor->symbol(visitor, operand->symbol, false);
    for (int i = 0; i < NEST_RANK_MAX; i++)
        index_visit(operand->at[i], visitor);
}

static void call_visit(const struct statement *call, struct visitor *visitor) {
    for (int i = 0; i < call->argument_count; i++) {
        const struct passed *argument = &call->arguments[i];
        index_visit(argument->index, visitor);
        if (argument->symbol) visitor->symbol(visitor, argument->symbol, false);
        operand_visit(&argument->operand, visitor);
    }
}

static bool declares(const struct statement *s) {
    switch (s->kind) {
    case STATEMENT_LOOP:
    case STATEMENT_REGISTERS:
    case STATEMENT_PARTIALS:
    case STATEMENT_INDEX:
    case STATEMENT_NUMBER:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_JOIN: return true;
    case STATEMENT_SCOPE:
    case STATEMENT_LANES:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD:
    case STATEMENT_CALL: break;
    }
    return false;
}

void statement_visit(const struct statement *s, struct visitor *visitor) {
    index_visit(s->at, visitor);
    index_visit(s->from, visitor);
    index_visit(s->to, visitor);
    operand_visit(&s->a, visitor);
    operand_visit(&s->b, visitor);
    operand_visit(&s->c, visitor);
    if (s->kind == STATEMENT_CALL) call_visit(s, visitor);
    if (declares(s)) visitor->symbol(visitor, s->symbol, true);
}

static void statements_visit(const struct statement *first, struct visitor *visitor) {
    for (const struct statement *s = first; s; s = s->next) {
        statement_visit(s, visitor);
        statements_visit(s->body, visitor);
    }
}

// Symbols in the order of their first use, and which of them are declared.
struct symbols {
    struct arena *arena;
    const struct symbol **list;
    bool *declared;
    int count, capacity;
};

static int symbol_number(struct symbols *symbols, const struct symbol *symbol) {
    for (int i = symbols->count; i > 0; i--)
        if (symbols->list[i - 1] == symbol) return i - 1;
    if (symbols->count == symbols->capacity) {
        int capacity = symbols->capacity ? 2 * symbols->capacity : 32;
        const struct symbol **list = ARENA_ARRAY(symbols->arena, const struct symbol *, capacity);
        bool *declared = ARENA_ARRAY(symbols->arena, bool, capacity);
        for (int i = 0; i < symbols->count; i++) {
            list[i] = symbols->list[i];
            declared[i] = symbols->declared[i];
        }
        symbols->list = list;
        symbols->declared = declared;
        symbols->capacity = capacity;
    }
    symbols->list[symbols->count] = symbol;
    return symbols->count++;
}

static void symbol_collect(struct visitor *visitor, const struct symbol *symbol, bool declares_it) {
    struct symbols *symbols = visitor->context;
    int number = symbol_number(symbols, symbol);
    if (declares_it) symbols->declared[number] = true;
}

const struct symbol **nest_free_symbols(struct arena *arena, const struct statement *first, int *count) {
    struct symbols symbols = {.arena = arena};
    struct visitor visitor = {.symbol = symbol_collect, .context = &symbols};
    statements_visit(first, &visitor);
    int found = 0;
    for (int i = 0; i < symbols.count; i++)
        if (!symbols.declared[i]) symbols.list[found++] = symbols.list[i];
    *count = found;
    return symbols.list;
}

// A nest as a row of numbers.
struct writer {
    struct symbols symbols;
    struct buffer *out;
};

static void long_write(struct writer *writer, long number) {
    buffer_add(writer->out, (const char *)&number, sizeof number);
}

static void double_write(struct writer *writer, double number) {
    buffer_add(writer->out, (const char *)&number, sizeof number);
}

// A symbol by its number; at its first use with all that its declaration says. A parameter's name is part of it.
static void symbol_write(struct writer *writer, const struct symbol *symbol) {
    int known = writer->symbols.count;
    if (!symbol) {
        long_write(writer, -1);
        return;
    }
    int number = symbol_number(&writer->symbols, symbol);
    long_write(writer, number);
    if (number < known) return;
    long_write(writer, symbol->kind);
    long_write(writer, symbol->rank);
    for (int i = 0; i < symbol->rank; i++)
        long_write(writer, symbol->size[i]);
    long_write(writer, symbol->lanes);
    long_write(writer, symbol->last_lanes);
    long_write(writer, symbol->written);
    buffer_add(writer->out, symbol->name, strlen(symbol->name) + 1);
}

static void index_write(struct writer *writer, const struct index *index) {
    long_write(writer, index ? (long)index->kind : -1);
    if (!index) return;
    long_write(writer, index->constant);
    if (index->kind == INDEX_VARIABLE) symbol_write(writer, index->symbol);
    if (index->left) index_write(writer, index->left);
    if (index->right) index_write(writer, index->right);
}

static void operand_write(struct writer *writer, const struct operand *operand) {
    long_write(writer, operand->kind);
    if (operand->kind == OPERAND_NONE) return;
    symbol_write(writer, operand->symbol);
    for (int i = 0; i < NEST_RANK_MAX && operand->at[i]; i++)
        index_write(writer, operand->at[i]);
    long_write(writer, operand->lane_axis);
    long_write(writer, operand->lanes);
    double_write(writer, operand->constant);
}

static int part_number(const struct nest *nest, const struct nest_part *part) {
    int number = 0;
    for (const struct nest_part *p = nest->parts; p && p != part; p = p->next)
        number++;
    return number;
}

static void call_write(struct writer *writer, const struct nest *nest, const struct statement *call) {
    long_write(writer, call->callee);
    long_write(writer, call->callee == CALL_PART ? part_number(nest, call->part) : -1);
    long_write(writer, call->argument_count);
    for (int i = 0; i < call->argument_count; i++) {
        long_write(writer, call->arguments[i].kind);
        index_write(writer, call->arguments[i].index);
        symbol_write(writer, call->arguments[i].symbol);
        operand_write(writer, &call->arguments[i].operand);
    }
}

static void statements_write(struct writer *writer, const struct nest *nest, const struct statement *first) {
    for (const struct statement *s = first; s; s = s->next) {
        long_write(writer, s->kind);
        symbol_write(writer, s->symbol);
        index_write(writer, s->at);
        index_write(writer, s->from);
        index_write(writer, s->to);
        long_write(writer, s->step);
        long_write(writer, s->unroll);
        long_write(writer, s->lanes);
        long_write(writer, s->kind == STATEMENT_OP ? (long)s->op : -1);
        double_write(writer, s->constant);
        operand_write(writer, &s->a);
        operand_write(writer, &s->b);
        operand_write(writer, &s->c);
        if (s->kind == STATEMENT_CALL) call_write(writer, nest, s);
        statements_write(writer, nest, s->body);
        long_write(writer, -2);
    }
}

void nest_serialize(const struct nest *nest, struct buffer *out) {
    struct writer writer = {.symbols = {.arena = nest->arena}, .out = out};
    for (int i = 0; i < nest->kernel->array_count; i++)
        symbol_write(&writer, nest->arrays[i]);
    for (const struct nest_part *part = nest->parts; part; part = part->next) {
        for (int i = 0; i < part->parameter_count; i++)
            symbol_write(&writer, part->parameters[i]);
        statements_write(&writer, nest, part->body->body);
    }
    statements_write(&writer, nest, nest->root->body);
}

uint64_t nest_hash(const struct buffer *serialized) {
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < serialized->length; i++)
        hash = (hash ^ (unsigned char)serialized->text[i]) * 0x100000001b3u;
    return hash;
}
