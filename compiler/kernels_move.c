#include "kernels.h"

// Kernels that move elements and draw random ones.

// weight [ky][kx][large][small] -> [ky][small][kx][large], in tiles that both sides find in cache.
void build_repack(struct builder *b) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *weight = builder_array(b, "weight", b->kernel->anchor->inputs[0], false);
    const char *packed = builder_array(b, "packed", b->kernel->anchor, true);
    struct statement *ky_outer, *kx_outer, *first, *second;
    const struct index *ky = builder_loop(b, "ky", 0, g->kernel[0], 1, &ky_outer);
    const struct index *kx = builder_loop(b, "kx", 0, g->kernel[1], 1, &kx_outer);
    const struct index *large_tile = builder_loop(b, "large", 0, g->large_channels, LANES, &first);
    const struct index *small_tile = builder_loop(b, "small", 0, g->small_channels, LANES, &second);
    const struct index *large_end =
        index_min(arena, index_offset(arena, large_tile, LANES), index_constant(arena, g->large_channels));
    const struct index *small_end =
        index_min(arena, index_offset(arena, small_tile, LANES), index_constant(arena, g->small_channels));
    struct statement *i_outer = nest_loop(&b->nest, "i", small_tile, small_end, 1);
    const struct index *i = index_variable(arena, "i", 0, g->small_channels - 1);
    struct statement *l_outer = nest_loop(&b->nest, "l", large_tile, large_end, 1);
    const struct index *l = index_variable(arena, "l", 0, g->large_channels - 1);
    const struct index *tap = index_add(arena, index_multiply(arena, ky, g->kernel[1]), kx);
    struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
    move->a = operand_element(
        packed, index_sum(arena, index_multiply(arena, ky, (long)g->small_channels * g->kernel[1] * g->large_channels),
                          index_multiply(arena, i, (long)g->kernel[1] * g->large_channels),
                          index_add(arena, index_multiply(arena, kx, g->large_channels), l)));
    move->b = operand_element(weight,
                              index_sum(arena, index_multiply(arena, tap, (long)g->large_channels * g->small_channels),
                                        index_multiply(arena, l, g->small_channels), i));
    nest_end(&b->nest, l_outer);
    nest_end(&b->nest, i_outer);
    nest_end(&b->nest, second);
    nest_end(&b->nest, first);
    nest_end(&b->nest, kx_outer);
    nest_end(&b->nest, ky_outer);
}

void build_permute(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *input = builder_array(b, "input", node->inputs[0], false);
    const char *output = builder_array(b, "output", node, true);
    long positions = (long)g->large_height * g->large_width;
    struct statement *sample_outer, *outer, *inner;
    const struct index *sample = builder_samples(b, &sample_outer);
    const struct index *channel = builder_loop(b, "c", 0, g->large_channels, 1, &outer);
    const struct index *position = builder_loop(b, "i", 0, positions, 1, &inner);
    const struct index *innermost = index_add(arena, index_multiply(arena, position, g->large_channels), channel);
    const struct index *first = index_add(arena, index_multiply(arena, channel, positions), position);
    const struct index *from = index_multiply(arena, sample, (long)builder_storage(b, node->inputs[0])->stride);
    const struct index *to = index_multiply(arena, sample, (long)builder_storage(b, node)->stride);
    struct statement *move = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
    move->a = operand_element(output, index_add(arena, to, node->number ? innermost : first));
    move->b = operand_element(input, index_add(arena, from, node->number ? first : innermost));
    nest_end(&b->nest, inner);
    nest_end(&b->nest, outer);
    nest_end(&b->nest, sample_outer);
}

void build_random(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const char *output = builder_array(b, "output", node, true);
    struct statement *outer;
    b->code->takes_step = true;
    builder_samples(b, &outer);
    struct buffer probability = {0};
    if (node->op == OP_DROPOUT) number_print(node->constant, &probability);
    const char *text = arena_print(
        b->arena, "ae_random_%s(step->seed, step->epoch, step->sample[first + s], %d, %s%s%zu, %s + s * %zu);",
        node->op == OP_DROPOUT ? "dropout" : "normal", node->number, probability.text ? probability.text : "",
        probability.text ? ", " : "", node->count, output, builder_storage(b, node)->stride);
    buffer_free(&probability);
    nest_add(&b->nest, STATEMENT_TEXT, text);
    nest_end(&b->nest, outer);
}
