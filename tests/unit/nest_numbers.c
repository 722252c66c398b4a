#include "nest_numbers.h"

static void number_add(struct nest_numbers *numbers, struct nest_number number) {
    if (numbers->count == numbers->capacity) {
        int capacity = numbers->capacity ? 2 * numbers->capacity : 256;
        struct nest_number *list = ARENA_ARRAY(numbers->arena, struct nest_number, capacity);
        for (int i = 0; i < numbers->count; i++)
            list[i] = numbers->list[i];
        numbers->list = list;
        numbers->capacity = capacity;
    }
    numbers->list[numbers->count++] = number;
}

// A node of an index has one number, a variable two: its range.
static int index_numbers(const struct index *index) {
    if (!index) return 0;
    int own = index->kind == INDEX_VARIABLE                                                      ? 2
              : index->kind == INDEX_ADD || index->kind == INDEX_MIN || index->kind == INDEX_MAX ? 0
                                                                                                 : 1;
    return own + index_numbers(index->left) + index_numbers(index->right);
}

static void index_list(struct nest_numbers *numbers, const struct index **index, const char *what,
                       const struct statement *statement) {
    for (int node = 0; node < index_numbers(*index); node++)
        number_add(numbers, (struct nest_number){NUMBER_INDEX, index, node, what, statement});
}

static void symbol_list(struct nest_numbers *numbers, const struct symbol *named) {
    struct symbol *symbol = (struct symbol *)named;
    for (int i = 0; i < numbers->symbol_count; i++)
        if (numbers->symbols[i] == named) return;
    if (numbers->symbol_count == numbers->symbol_capacity) {
        int capacity = numbers->symbol_capacity ? 2 * numbers->symbol_capacity : 64;
        const struct symbol **symbols = ARENA_ARRAY(numbers->arena, const struct symbol *, capacity);
        for (int i = 0; i < numbers->symbol_count; i++)
            symbols[i] = numbers->symbols[i];
        numbers->symbols = symbols;
        numbers->symbol_capacity = capacity;
    }
    numbers->symbols[numbers->symbol_count++] = named;
    const char *name = symbol->name;
    bool ranked = symbol->kind == SYMBOL_ARRAY || symbol->kind == SYMBOL_BLOCK || symbol->kind == SYMBOL_VALUE;
    if (!ranked) return;
    number_add(numbers, (struct nest_number){NUMBER_INT, &symbol->rank, 0,
                                             arena_print(numbers->arena, "rank of %s", name), NULL});
    for (int i = 0; i < symbol->rank; i++)
        number_add(numbers, (struct nest_number){NUMBER_LONG, &symbol->size[i], 0,
                                                 arena_print(numbers->arena, "size %d of %s", i, name), NULL});
    if (symbol->kind == SYMBOL_ARRAY) return;
    number_add(numbers, (struct nest_number){NUMBER_INT, &symbol->lanes, 0,
                                             arena_print(numbers->arena, "lanes of %s", name), NULL});
    if (symbol->kind != SYMBOL_BLOCK) return;
    number_add(numbers, (struct nest_number){NUMBER_INT, &symbol->last_lanes, 0,
                                             arena_print(numbers->arena, "last lanes of %s", name), NULL});
}

static void operand_list(struct nest_numbers *numbers, struct operand *operand, const struct statement *s) {
    if (operand->kind == OPERAND_NONE) return;
    if (operand->symbol) symbol_list(numbers, operand->symbol);
    for (int i = 0; i < NEST_RANK_MAX; i++)
        index_list(numbers, &operand->at[i], arena_print(numbers->arena, "index %d of an operand", i), s);
    if (operand->kind == OPERAND_CONSTANT)
        number_add(numbers, (struct nest_number){NUMBER_DOUBLE, &operand->constant, 0, "constant", s});
    if (operand->kind != OPERAND_MEMORY) return;
    number_add(numbers, (struct nest_number){NUMBER_INT, &operand->lane_axis, 0, "axis of the lanes", s});
    number_add(numbers, (struct nest_number){NUMBER_INT, &operand->lanes, 0, "lanes of memory", s});
}

static void call_list(struct nest_numbers *numbers, struct statement *call) {
    number_add(numbers, (struct nest_number){NUMBER_INT, &call->argument_count, 0, "number of arguments", call});
    for (int i = 0; i < call->argument_count; i++) {
        index_list(numbers, &call->arguments[i].index, arena_print(numbers->arena, "argument %d", i), call);
        operand_list(numbers, &call->arguments[i].operand, call);
    }
    if (call->callee == CALL_DROPOUT)
        number_add(numbers, (struct nest_number){NUMBER_DOUBLE, &call->constant, 0, "probability", call});
}

static void statements_list(struct nest_numbers *numbers, struct statement *first) {
    for (struct statement *s = first; s; s = s->next) {
        if (s->symbol) symbol_list(numbers, s->symbol);
        index_list(numbers, &s->at, "which value", s);
        index_list(numbers, &s->from, "from", s);
        index_list(numbers, &s->to, "to", s);
        operand_list(numbers, &s->a, s);
        operand_list(numbers, &s->b, s);
        operand_list(numbers, &s->c, s);
        if (s->kind == STATEMENT_LOOP) number_add(numbers, (struct nest_number){NUMBER_LONG, &s->step, 0, "step", s});
        if (s->kind == STATEMENT_LANES) number_add(numbers, (struct nest_number){NUMBER_INT, &s->lanes, 0, "lanes", s});
        if (s->kind == STATEMENT_OP && (s->op == OP_SCALE || s->op == OP_OFFSET))
            number_add(numbers, (struct nest_number){NUMBER_DOUBLE, &s->constant, 0, "constant", s});
        if (s->kind == STATEMENT_CALL) call_list(numbers, s);
        statements_list(numbers, s->body);
    }
}

void numbers_list(struct nest_numbers *numbers, struct nest *nest) {
    for (struct nest_part *part = nest->parts; part; part = part->next) {
        number_add(numbers, (struct nest_number){NUMBER_INT, &part->parameter_count, 0,
                                                 arena_print(numbers->arena, "parameters of %s", part->name), NULL});
        statements_list(numbers, part->body->body);
    }
    statements_list(numbers, nest->root->body);
}

// Rebuilds an index with one of its numbers changed. *node counts down to the number. NULL if the index cannot be
// built.
static const struct index *index_change(struct arena *arena, const struct index *index, int *node, int by) {
    long constant = index->constant, least = index->least, most = index->most;
    if (index->kind == INDEX_VARIABLE) {
        least += (*node)-- == 0 ? by : 0;
        most += (*node)-- == 0 ? by : 0;
        return least <= most && most <= INDEX_UNBOUNDED ? index_variable(arena, index->symbol, least, most) : NULL;
    }
    if (index->kind == INDEX_CONSTANT) return index_constant(arena, constant + ((*node)-- == 0 ? by : 0));
    bool counted = index->kind == INDEX_MULTIPLY || index->kind == INDEX_DIVIDE || index->kind == INDEX_MODULO;
    if (counted && (*node)-- == 0) constant += by;
    const struct index *left = index_change(arena, index->left, node, by);
    const struct index *right = index->right ? index_change(arena, index->right, node, by) : NULL;
    if (!left || (index->right && !right)) return NULL;
    switch (index->kind) {
    case INDEX_ADD: return index_add(arena, left, right);
    case INDEX_MULTIPLY: return index_multiply(arena, left, constant);
    case INDEX_DIVIDE: return constant > 0 ? index_divide(arena, left, constant) : NULL;
    case INDEX_MODULO: return constant > 0 ? index_modulo(arena, left, constant) : NULL;
    case INDEX_MIN: return index_min(arena, left, right);
    case INDEX_MAX: return index_max(arena, left, right);
    case INDEX_CONSTANT:
    case INDEX_VARIABLE: break;
    }
    return NULL;
}

bool number_change(struct arena *arena, const struct nest_number *number, int by, union number_kept *kept) {
    int node = number->node;
    switch (number->kind) {
    case NUMBER_LONG:
        kept->whole = *(long *)number->place;
        *(long *)number->place += by;
        return true;
    case NUMBER_INT:
        kept->small = *(int *)number->place;
        *(int *)number->place += by;
        return true;
    case NUMBER_DOUBLE:
        kept->real = *(double *)number->place;
        *(double *)number->place += by;
        return true;
    case NUMBER_INDEX: break;
    }
    const struct index **index = number->place;
    kept->index = *index;
    const struct index *changed = index_change(arena, *index, &node, by);
    if (changed) *index = changed;
    return changed != NULL;
}

void number_restore(const struct nest_number *number, union number_kept kept) {
    switch (number->kind) {
    case NUMBER_LONG: *(long *)number->place = kept.whole; return;
    case NUMBER_INT: *(int *)number->place = kept.small; return;
    case NUMBER_DOUBLE: *(double *)number->place = kept.real; return;
    case NUMBER_INDEX: *(const struct index **)number->place = kept.index; return;
    }
}
