#include "compiler/plan/build.h"

// Which kernel computes each node, and which segment each kernel is in.

bool node_is_uniform(const struct node *node) {
    return node->extent == EXTENT_UNIFORM;
}

bool node_is_leaf(const struct node *node) {
    return op_rows[node->op].class == CLASS_LEAF;
}

bool node_is_whole_batch(const struct node *node) {
    if (node->op == OP_BIAS_SUM) return node->bias.image.height * node->bias.image.width == 1;
    return node->op == OP_CONVOLVE_WEIGHT && geometry_is_dense(&node->convolution.geometry);
}

bool kernel_has(const struct program *program, const struct kernel *kernel, const struct node *node) {
    return program->nodes[node->id].kernel == kernel;
}

bool kernel_after_sum(const struct program *program, const struct kernel *kernel, const struct node *node) {
    return kernel_has(program, kernel, node) && program->nodes[node->id].after_sum;
}

// Levels order the kernels of a step until the segments are known. 0: once a step, of parameters alone. Odd: sample by
// sample. Even: over the whole batch, or of what was.
enum { LEVEL_ONCE, LEVEL_SAMPLES, LEVEL_BATCH };

static int inputs_level(const struct program *program, const struct node *node) {
    int level = -1;
    for (int i = 0; i < node->input_count; i++) {
        const struct kernel *kernel = program->nodes[node->inputs[i]->id].kernel;
        if (kernel && kernel->segment > level) level = kernel->segment;
    }
    return level;
}

// The earliest level where all inputs are complete. Sample by sample, a kernel goes on in the level of its inputs.
static int node_level(const struct program *program, const struct node *node) {
    bool evaluation = program->graph->purpose != GRAPH_TRAINING;
    if (evaluation) return LEVEL_SAMPLES;
    int inputs = inputs_level(program, node), after = inputs % 2 == 1 ? inputs + 1 : inputs + 2;
    if (node->op == OP_REPACK) return inputs < 0 ? LEVEL_ONCE : after;
    if (node_is_whole_batch(node)) return after > LEVEL_BATCH ? after : LEVEL_BATCH;
    return inputs < 0 ? LEVEL_SAMPLES : inputs + (inputs % 2 == 0);
}

static struct kernel *kernel_new(struct program *program, const struct node *anchor, size_t count, int level) {
    struct kernel *kernel = ARENA_NEW(program->arena, struct kernel);
    kernel->number = program->kernel_count;
    kernel->anchor = anchor;
    kernel->count = count;
    kernel->segment = level;
    program->kernels[program->kernel_count++] = kernel;
    return kernel;
}

// The latest kernel of a level that makes an input of the node, NULL when all are leaves, uniform or of other levels.
static struct kernel *latest_kernel(const struct program *program, const struct node *node, int level) {
    struct kernel *latest = NULL;
    for (int i = 0; i < node->input_count; i++) {
        struct kernel *kernel = program->nodes[node->inputs[i]->id].kernel;
        if (kernel && kernel->segment == level && (!latest || kernel->number > latest->number)) latest = kernel;
    }
    return latest;
}

static bool input_after_sum(const struct program *program, const struct kernel *kernel, const struct node *node) {
    for (int i = 0; i < node->input_count; i++)
        if (kernel_after_sum(program, kernel, node->inputs[i])) return true;
    return false;
}

static size_t walked_count(const struct node *node) {
    return node->op == OP_SUM ? node->inputs[0]->count : node->count;
}

// True when the node can be computed where the kernel has its operands at hand.
static bool can_join(const struct program *program, const struct kernel *kernel, const struct node *node) {
    size_t count = walked_count(node);
    if (kernel->anchor) {
        bool convolution = op_is_convolution(kernel->anchor->op);
        return convolution && node->part == PART_LAYERS && node->op != OP_SUM && count == kernel->count;
    }
    if (input_after_sum(program, kernel, node)) return node->count == 1 && node->op != OP_SUM;
    return count == kernel->count;
}

static void elementwise_plan(struct program *program, const struct node *node) {
    int level = node_level(program, node);
    struct kernel *kernel = latest_kernel(program, node, level);
    if (!kernel || !can_join(program, kernel, node)) {
        kernel = kernel_new(program, NULL, walked_count(node), level);
        kernel->part = node->part;
    }
    bool after_sum = node->op == OP_SUM || input_after_sum(program, kernel, node);
    struct node_plan *planned = &program->nodes[node->id];
    planned->kernel = kernel;
    planned->value = kernel->node_count++;
    planned->after_sum = after_sum;
}

static void anchor_plan(struct program *program, const struct node *node) {
    struct node_plan *planned = &program->nodes[node->id];
    planned->kernel = kernel_new(program, node, node->count, node_level(program, node));
    planned->value = -1;
}

static bool is_computed(const struct program *program, const struct node *node) {
    return program->nodes[node->id].needed && !node_is_leaf(node) && !node_is_uniform(node);
}

static void nodes_list(struct program *program) {
    for (int i = 0; i < program->kernel_count; i++) {
        struct kernel *kernel = program->kernels[i];
        kernel->nodes = ARENA_ARRAY(program->arena, const struct node *, kernel->node_count);
    }
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct node_plan *planned = &program->nodes[node->id];
        if (planned->kernel && planned->value >= 0) planned->kernel->nodes[planned->value] = node;
    }
}

static enum segment_kind level_kind(int level) {
    if (level == LEVEL_ONCE) return SEGMENT_REPACK;
    return level % 2 ? SEGMENT_SAMPLES : SEGMENT_WEIGHTS;
}

// Segments of the levels that have kernels, in order. The list has room for the join.
static void segments_cut(struct program *program) {
    struct arena *arena = program->arena;
    int levels = LEVEL_BATCH + 1;
    for (int i = 0; i < program->kernel_count; i++)
        if (program->kernels[i]->segment >= levels) levels = program->kernels[i]->segment + 1;
    int *counts = ARENA_ARRAY(arena, int, levels), *segment_of = ARENA_ARRAY(arena, int, levels);
    for (int i = 0; i < program->kernel_count; i++)
        counts[program->kernels[i]->segment]++;
    program->segments = ARENA_ARRAY(arena, struct plan_segment, levels + 1);
    for (int level = 0; level < levels; level++) {
        // Every program goes through its samples, if only to give out no terms.
        if (counts[level] == 0 && level != LEVEL_SAMPLES) continue;
        segment_of[level] = program->segment_count;
        struct plan_segment *segment = &program->segments[program->segment_count++];
        segment->kind = level_kind(level);
        segment->kernels = ARENA_ARRAY(arena, struct kernel *, counts[level]);
    }
    for (int i = 0; i < program->kernel_count; i++) {
        struct kernel *kernel = program->kernels[i];
        kernel->segment = segment_of[kernel->segment];
        struct plan_segment *segment = &program->segments[kernel->segment];
        segment->kernels[segment->kernel_count++] = kernel;
    }
}

void kernels_plan(struct program *program) {
    program->kernels = ARENA_ARRAY(program->arena, struct kernel *, program->graph->count);
    for (const struct node *node = program->graph->first; node; node = node->next) {
        if (!is_computed(program, node)) continue;
        if (op_is_elementwise(node->op) || node->op == OP_SUM)
            elementwise_plan(program, node);
        else
            anchor_plan(program, node);
    }
    nodes_list(program);
    segments_cut(program);
}

void segments_join(struct program *program, size_t slotted_count) {
    struct plan_segment *segment = &program->segments[program->segment_count++];
    segment->kind = SEGMENT_JOIN;
    segment->task_count = (slotted_count + JOIN_ELEMENTS - 1) / JOIN_ELEMENTS;
}
