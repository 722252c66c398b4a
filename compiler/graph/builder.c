#include "compiler/graph/builder.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// Distinguishes 0 and -0.
static bool number_equal(double a, double b) {
    return a == b && !signbit(a) == !signbit(b);
}

static bool image_equal(struct image a, struct image b) {
    return a.height == b.height && a.width == b.width && a.channels == b.channels;
}

static bool attributes_equal(const struct node *a, const struct node *b) {
    switch (op_rows[a->op].attributes) {
    case ATTRIBUTES_NONE: return true;
    case ATTRIBUTES_CODE: return a->code.head == b->code.head;
    case ATTRIBUTES_PARAMETER: return a->parameter.index == b->parameter.index;
    case ATTRIBUTES_TERM: return a->term.index == b->term.index;
    case ATTRIBUTES_SCALAR: return a->scalar.copy == b->scalar.copy && number_equal(a->scalar.value, b->scalar.value);
    case ATTRIBUTES_RANDOM:
        return a->random.site == b->random.site && number_equal(a->random.probability, b->random.probability);
    case ATTRIBUTES_CONVOLUTION: return geometry_equal(&a->convolution.geometry, &b->convolution.geometry);
    case ATTRIBUTES_REPACK:
        return a->repack.back == b->repack.back && geometry_equal(&a->repack.geometry, &b->repack.geometry);
    case ATTRIBUTES_BIAS: return image_equal(a->bias.image, b->bias.image);
    case ATTRIBUTES_PERMUTE:
        return a->permute.back == b->permute.back && image_equal(a->permute.image, b->permute.image);
    }
    return false;
}

static bool node_equal(const struct node *a, const struct node *b) {
    if (a->op != b->op || a->count != b->count || a->input_count != b->input_count) return false;
    for (int i = 0; i < a->input_count; i++)
        if (a->inputs[i] != b->inputs[i]) return false;
    return attributes_equal(a, b);
}

static uint64_t hash_add(uint64_t hash, uint64_t number) {
    hash = (hash ^ number) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

// A hash of the fields in which nodes usually differ; equal nodes have equal hashes.
static size_t node_hash(const struct node *node) {
    uint64_t hash = hash_add((uint64_t)node->op, node->count), constant = 0;
    double number = node_constant(node);
    memcpy(&constant, &number, sizeof constant);
    hash = hash_add(hash, constant);
    for (int i = 0; i < node->input_count; i++)
        hash = hash_add(hash, (uint64_t)node->inputs[i]->id);
    switch (op_rows[node->op].attributes) {
    case ATTRIBUTES_CODE: hash = hash_add(hash, (uint64_t)node->code.head); break;
    case ATTRIBUTES_PARAMETER: hash = hash_add(hash, (uint64_t)node->parameter.index); break;
    case ATTRIBUTES_TERM: hash = hash_add(hash, (uint64_t)node->term.index); break;
    case ATTRIBUTES_RANDOM: hash = hash_add(hash, (uint64_t)node->random.site); break;
    case ATTRIBUTES_SCALAR: hash = hash_add(hash, (uint64_t)node->scalar.copy); break;
    case ATTRIBUTES_NONE:
    case ATTRIBUTES_CONVOLUTION:
    case ATTRIBUTES_REPACK:
    case ATTRIBUTES_BIAS:
    case ATTRIBUTES_PERMUTE: break;
    }
    return (size_t)(hash ^ hash >> 32);
}

// The slot with an equal node, or the free slot where this node would be added. The table must have a free slot.
static struct node **slot_find(const struct graph *graph, const struct node *node) {
    size_t mask = (size_t)graph->table.capacity - 1, i = node_hash(node) & mask;
    while (graph->table.slots[i] && !node_equal(graph->table.slots[i], node))
        i = (i + 1) & mask;
    return &graph->table.slots[i];
}

struct node *graph_find(const struct graph *graph, const struct node *like) {
    return *slot_find(graph, like);
}

static void table_grow(struct graph *graph) {
    graph->table.capacity = graph->table.capacity ? 2 * graph->table.capacity : 256;
    graph->table.slots = ARENA_ARRAY(graph->arena, struct node *, graph->table.capacity);
    for (struct node *node = graph->first; node; node = node->next)
        *slot_find(graph, node) = node;
}

static struct node *node_add(struct graph_builder *b, struct node made) {
    struct graph *graph = b->graph;
    made.extent = node_extent(&made);
    made.count = node_count(&made);
    if (2 * graph->count >= graph->table.capacity) table_grow(graph);
    struct node **slot = slot_find(graph, &made);
    if (*slot) return *slot;
    struct node *node = *slot = ARENA_NEW(graph->arena, struct node);
    *node = made;
    node->id = graph->count++;
    node->part = b->part;
    node->backward = b->backward;
    node->layer = b->layer;
    node->label = b->label;
    if (graph->last)
        graph->last->next = node;
    else
        graph->first = node;
    return graph->last = node;
}

static struct node node_made(enum op op, struct node *first, struct node *second, struct node *third) {
    return (struct node){.op = op,
                         .inputs = {first, second, third},
                         .input_count = third    ? 3
                                        : second ? 2
                                        : first  ? 1
                                                 : 0};
}

struct node *graph_input(struct graph_builder *b, size_t count) {
    return node_add(b, (struct node){.op = OP_INPUT, .count = count});
}

struct node *graph_code(struct graph_builder *b, int head, size_t count) {
    return node_add(b, (struct node){.op = OP_CODE, .count = count, .code.head = head});
}

struct node *graph_decoded(struct graph_builder *b, size_t count) {
    return node_add(b, (struct node){.op = OP_OUTPUT, .count = count});
}

struct node *graph_parameter(struct graph_builder *b, int index) {
    size_t count = b->graph->parameters->list[index].count;
    return node_add(b, (struct node){.op = OP_PARAMETER, .count = count, .parameter.index = index});
}

struct node *graph_term_scale(struct graph_builder *b, int term) {
    return node_add(b, (struct node){.op = OP_TERM_SCALE, .term.index = term});
}

struct node *graph_constant(struct graph_builder *b, double value) {
    return node_add(b, (struct node){.op = OP_CONSTANT, .scalar.value = value});
}

struct node *graph_dropout(struct graph_builder *b, int site, double probability, size_t count) {
    return node_add(b, (struct node){.op = OP_DROPOUT, .count = count, .random = {site, probability}});
}

struct node *graph_normal(struct graph_builder *b, int site, size_t count) {
    return node_add(b, (struct node){.op = OP_NORMAL, .count = count, .random = {site, 0}});
}

struct node *graph_geometric(struct graph_builder *b, enum op op, const struct geometry *geometry, struct node *first,
                             struct node *second, struct node *third) {
    struct node made = node_made(op, first, second, third);
    made.convolution.geometry = *geometry;
    return node_add(b, made);
}

struct node *graph_convolve(struct graph_builder *b, const struct geometry *geometry, struct node *large,
                            struct node *weight, struct node *bias) {
    return graph_geometric(b, OP_CONVOLVE, geometry, large, weight, bias);
}

struct node *graph_convolve_transposed(struct graph_builder *b, const struct geometry *geometry, struct node *small,
                                       struct node *repacked, struct node *bias) {
    return graph_geometric(b, OP_CONVOLVE_TRANSPOSED, geometry, small, repacked, bias);
}

struct node *graph_convolve_weight(struct graph_builder *b, const struct geometry *geometry, struct node *large,
                                   struct node *small) {
    return graph_geometric(b, OP_CONVOLVE_WEIGHT, geometry, large, small, NULL);
}

struct node *graph_repack(struct graph_builder *b, const struct geometry *geometry, struct node *weight, bool back) {
    struct node made = node_made(OP_REPACK, weight, NULL, NULL);
    made.repack.geometry = *geometry;
    made.repack.back = back;
    return node_add(b, made);
}

struct node *graph_bias_sum(struct graph_builder *b, struct image image, struct node *a) {
    struct node made = node_made(OP_BIAS_SUM, a, NULL, NULL);
    made.bias.image = image;
    return node_add(b, made);
}

struct node *graph_bias_spread(struct graph_builder *b, struct image image, struct node *bias) {
    struct node made = node_made(OP_BIAS_SPREAD, bias, NULL, NULL);
    made.bias.image = image;
    return node_add(b, made);
}

struct node *graph_permute(struct graph_builder *b, struct image image, struct node *a, bool back) {
    if (image.channels == 1 || image.height * image.width == 1) return a;
    struct node made = node_made(OP_PERMUTE, a, NULL, NULL);
    made.permute.image = image;
    made.permute.back = back;
    return node_add(b, made);
}

struct node *graph_unary(struct graph_builder *b, enum op op, struct node *a) {
    return node_add(b, node_made(op, a, NULL, NULL));
}

struct node *graph_binary(struct graph_builder *b, enum op op, struct node *left, struct node *right) {
    return node_add(b, node_made(op, left, right, NULL));
}

struct node *graph_select(struct graph_builder *b, struct node *condition, struct node *not_above, struct node *above) {
    return node_add(b, node_made(OP_SELECT, condition, not_above, above));
}

static struct node *scalar_add(struct graph_builder *b, enum op op, struct node *a, double value, int copy) {
    struct node made = node_made(op, a, NULL, NULL);
    made.scalar.value = value;
    made.scalar.copy = copy;
    return node_add(b, made);
}

struct node *graph_scale(struct graph_builder *b, struct node *a, double factor) {
    return scalar_add(b, OP_SCALE, a, factor, 0);
}

struct node *graph_offset(struct graph_builder *b, struct node *a, double offset) {
    return scalar_add(b, OP_OFFSET, a, offset, 0);
}

struct node *graph_broadcast(struct graph_builder *b, struct node *a, size_t count) {
    struct node made = node_made(OP_BROADCAST, a, NULL, NULL);
    made.count = count;
    return node_add(b, made);
}

struct node *graph_sum(struct graph_builder *b, struct node *a) {
    return graph_unary(b, OP_SUM, a);
}

struct node *graph_copy(struct graph_builder *b, struct node *a, int copy) {
    return scalar_add(b, OP_SCALE, a, 1, copy);
}

void graph_output_add(struct graph *graph, enum output_kind kind, const char *name, struct node *node) {
    struct outputs *outputs = &graph->outputs[kind];
    // The list doubles whenever its count is a power of two.
    if ((outputs->count & (outputs->count - 1)) == 0) {
        struct output *list = ARENA_ARRAY(graph->arena, struct output, outputs->count ? 2 * outputs->count : 1);
        if (outputs->count) memcpy(list, outputs->list, (size_t)outputs->count * sizeof *list);
        outputs->list = list;
    }
    outputs->list[outputs->count++] = (struct output){name, node};
}
