#include "compiler/nest/nest.h"

// Loops written out: a machine with named registers has no loop over the rows of a block.

struct replacement {
    struct arena *arena;
    const struct symbol *symbol;
    const struct index *value;
};

static const struct index *replaced(const struct replacement *r, const struct index *index) {
    return index ? index_replace(r->arena, index, r->symbol, r->value) : NULL;
}

static void operand_replace(const struct replacement *r, struct operand *operand) {
    for (int i = 0; i < NEST_RANK_MAX; i++)
        operand->at[i] = replaced(r, operand->at[i]);
}

static struct statement *statements_copy(const struct replacement *r, const struct statement *first,
                                         struct statement *parent);

static struct statement *statement_copy(const struct replacement *r, const struct statement *from,
                                        struct statement *parent) {
    struct statement *copy = ARENA_NEW(r->arena, struct statement);
    *copy = *from;
    copy->parent = parent;
    copy->next = NULL;
    copy->at = replaced(r, from->at);
    copy->from = replaced(r, from->from);
    copy->to = replaced(r, from->to);
    operand_replace(r, &copy->a);
    operand_replace(r, &copy->b);
    operand_replace(r, &copy->c);
    if (from->argument_count) {
        copy->arguments = ARENA_ARRAY(r->arena, struct passed, from->argument_count);
        for (int i = 0; i < from->argument_count; i++) {
            copy->arguments[i] = from->arguments[i];
            copy->arguments[i].index = replaced(r, from->arguments[i].index);
            operand_replace(r, &copy->arguments[i].operand);
        }
    }
    copy->body = copy->last = NULL;
    statements_copy(r, from->body, copy);
    return copy;
}

static void statement_append(struct statement *block, struct statement *statement) {
    statement->parent = block;
    statement->next = NULL;
    if (block->last)
        block->last->next = statement;
    else
        block->body = statement;
    block->last = statement;
}

static struct statement *statements_copy(const struct replacement *r, const struct statement *first,
                                         struct statement *parent) {
    for (const struct statement *s = first; s; s = s->next)
        statement_append(parent, statement_copy(r, s, parent));
    return parent;
}

static void statements_unroll(struct nest *nest, const struct statement *first, struct statement *into);

// The loop's passes one after the other; a scope of one pass is that pass.
static void loop_unroll(struct nest *nest, struct statement *loop, struct statement *into) {
    if (loop->kind == STATEMENT_SCOPE) {
        statements_unroll(nest, loop->body, into);
        return;
    }
    for (long value = loop->from->constant; value < loop->to->constant; value += loop->step) {
        struct replacement r = {nest->arena, loop->symbol, index_constant(nest->arena, value)};
        struct statement pass = {.kind = STATEMENT_SCOPE};
        statements_copy(&r, loop->body, &pass);
        statements_unroll(nest, pass.body, into);
    }
}

static void statements_unroll(struct nest *nest, const struct statement *first, struct statement *into) {
    struct statement *next;
    for (struct statement *s = (struct statement *)first; s; s = next) {
        next = s->next;
        if (s->unroll) {
            loop_unroll(nest, s, into);
            continue;
        }
        if (s->body) nest_unroll(nest, s);
        statement_append(into, s);
    }
}

void nest_unroll(struct nest *nest, struct statement *block) {
    const struct statement *first = block->body;
    block->body = block->last = NULL;
    statements_unroll(nest, first, block);
}
