#include "compiler/nest/build.h"
#include "compiler/nest/walk.h"

static bool holds_registers(const struct statement *block) {
    for (const struct statement *s = block->body; s; s = s->next)
        if (s->kind == STATEMENT_REGISTERS) return true;
    return false;
}

static void block_outline(struct nest *nest, struct statement *block, int number) {
    nest->block = block;
    struct nest_part *part = part_begin(nest, arena_print(nest->arena, "part%d", number), false);
    part->body->body = block->body;
    part->body->last = block->last;
    block->body = block->last = NULL;
    part_end(nest, part);
    part_call(nest, part, NULL, NULL, 0);
}

static void blocks_outline(struct nest *nest, struct statement *block, int *count) {
    for (struct statement *s = block->body; s; s = s->next) {
        if (s->kind != STATEMENT_LOOP && s->kind != STATEMENT_SCOPE) continue;
        if (holds_registers(s))
            block_outline(nest, s, ++*count);
        else
            blocks_outline(nest, s, count);
    }
}

void nest_outline(struct nest *nest) {
    int count = 0;
    blocks_outline(nest, nest->root, &count);
}
