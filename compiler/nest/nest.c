#include "compiler/nest/nest.h"

struct operand operand_register(const char *name) {
    return (struct operand){.kind = OPERAND_REGISTER, .name = name};
}

struct operand operand_value(const char *name) {
    return (struct operand){.kind = OPERAND_VALUE, .name = name};
}

struct operand operand_scalar(const char *name) {
    return (struct operand){.kind = OPERAND_SCALAR, .name = name};
}

struct operand operand_memory(const char *name, const struct index *at) {
    return operand_apart(name, at, 1);
}

struct operand operand_apart(const char *name, const struct index *at, long stride) {
    return (struct operand){.kind = OPERAND_MEMORY, .name = name, .at = at, .stride = stride};
}

struct operand operand_element(const char *name, const struct index *at) {
    return (struct operand){.kind = OPERAND_ELEMENT, .name = name, .at = at};
}

struct operand operand_number(double number) {
    return (struct operand){.kind = OPERAND_NUMBER, .constant = number};
}

struct statement *nest_add(struct nest *nest, enum statement_kind kind, const char *name) {
    struct statement *statement = ARENA_NEW(nest->arena, struct statement);
    statement->kind = kind;
    statement->name = name;
    struct statement *block = nest->block;
    if (block->last)
        block->last->next = statement;
    else
        block->body = statement;
    block->last = statement;
    return statement;
}

struct statement *nest_loop(struct nest *nest, const char *variable, const struct index *from, const struct index *to,
                            long step) {
    struct statement *outer = nest->block, *loop = nest_add(nest, STATEMENT_LOOP, variable);
    loop->from = from;
    loop->to = to;
    loop->step = step;
    nest->block = loop;
    return outer;
}

struct statement *nest_scope(struct nest *nest) {
    struct statement *outer = nest->block;
    nest->block = nest_add(nest, STATEMENT_SCOPE, NULL);
    return outer;
}

struct statement *nest_lanes(struct nest *nest, int lanes) {
    struct statement *outer = nest->block;
    nest->block = nest_add(nest, STATEMENT_LANES, NULL);
    nest->block->lanes = lanes;
    return outer;
}

void nest_end(struct nest *nest, struct statement *outer) {
    nest->block = outer;
}
