#include "compiler/nest/kernels.h"

// Kernels that move elements and draw random ones.

static const char *place_text(struct builder *b, const char *array, const struct index *at) {
    struct buffer text = {0};
    index_print(at, &text);
    const char *place = arena_print(b->arena, "%s + %s", array, text.text);
    buffer_free(&text);
    return place;
}

// The rows of a task, a panel at a time.
static const struct index *rows_loop(struct builder *b, long step, struct statement **outer) {
    const struct index *from = index_variable(b->arena, "from", 0, INDEX_UNBOUNDED);
    b->code->takes_range = true;
    *outer = nest_loop(&b->nest, "l", from, index_variable(b->arena, "to", 0, INDEX_UNBOUNDED), step);
    return index_variable(b->arena, "l", 0, INDEX_UNBOUNDED);
}

// A weight in the order of its transposed use: [ky][kx][large][small] -> [ky][small][kx][large], each kernel position a
// matrix that is turned. A dense layer's matrices may be panels on either side: each pair of panels is turned.
void build_repack(struct builder *b) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    const char *weight = builder_array(b, "weight", b->kernel->anchor->inputs[0], false);
    const char *packed = builder_array(b, "packed", b->kernel->anchor, true);
    long turned = b->kernel->block_rows ? PANEL : 0;
    long rows = turned ? turned : g->large_channels, columns = g->panel ? g->panel : g->small_channels;
    struct statement *outer[4];
    const struct index *ky = builder_loop(b, "ky", 0, g->kernel[0], 1, &outer[0]);
    const struct index *kx = builder_loop(b, "kx", 0, g->kernel[1], 1, &outer[1]);
    const struct index *l =
        turned ? rows_loop(b, rows, &outer[2]) : builder_loop(b, "l", 0, g->large_channels, rows, &outer[2]);
    const struct index *s = builder_loop(b, "s", 0, g->small_channels, columns, &outer[3]);
    const struct index *tap = index_add(arena, index_multiply(arena, ky, g->kernel[1]), kx);
    const struct index *from = index_sum(arena, index_multiply(arena, tap, g->large_channels * g->small_channels),
                                         index_multiply(arena, s, g->panel ? g->large_channels : 1),
                                         index_multiply(arena, l, g->panel ? g->panel : g->small_channels));
    long row = g->kernel[1] * g->large_channels;
    const struct index *to = index_sum(arena, index_multiply(arena, ky, g->small_channels * row),
                                       index_multiply(arena, kx, g->large_channels),
                                       index_add(arena, index_multiply(arena, s, turned ? turned : row),
                                                 index_multiply(arena, l, turned ? g->small_channels : 1)));
    const char *text =
        arena_print(arena, "ae_turn(%ld, %ld, %s, %ld, %s, %ld);", rows, columns, place_text(b, weight, from),
                    g->panel ? g->panel : g->small_channels, place_text(b, packed, to), turned ? turned : row);
    nest_add(&b->nest, STATEMENT_TEXT, text);
    for (int i = 3; i >= 0; i--)
        nest_end(&b->nest, outer[i]);
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
    move->a = operand_element(output, index_add(arena, to, node->permute.back ? innermost : first));
    move->b = operand_element(input, index_add(arena, from, node->permute.back ? first : innermost));
    nest_end(&b->nest, inner);
    nest_end(&b->nest, outer);
    nest_end(&b->nest, sample_outer);
}

void build_pack(struct builder *b) {
    const struct node *node = b->kernel->anchor, *image = node->inputs[0];
    const char *input = builder_array(b, "input", image, false), *output = builder_array(b, "output", node, true);
    const struct node *plain = node->op == OP_PACK ? image : node;
    nest_add(&b->nest, STATEMENT_TEXT,
             arena_print(b->arena, "ae_%s(samples, %zu, %zu, %s, %s);", op_name(node->op), node->count,
                         builder_storage(b, plain)->stride, input, output));
}

void build_random(struct builder *b) {
    const struct node *node = b->kernel->anchor;
    const char *output = builder_array(b, "output", node, true);
    struct statement *outer;
    b->code->takes_step = true;
    builder_samples(b, &outer);
    struct buffer probability = {0};
    if (node->op == OP_DROPOUT) number_print(node->random.probability, &probability);
    const char *text = arena_print(
        b->arena, "ae_random_%s(step->seed, step->epoch, step->sample[first + s], %d, %s%s%zu, %s + s * %zu);",
        node->op == OP_DROPOUT ? "dropout" : "normal", node->random.site, probability.text ? probability.text : "",
        probability.text ? ", " : "", node->count, output, builder_storage(b, node)->stride);
    buffer_free(&probability);
    nest_add(&b->nest, STATEMENT_TEXT, text);
    nest_end(&b->nest, outer);
}
