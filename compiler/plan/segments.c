#include "compiler/plan/build.h"

// Assigns nodes to kernels, tensors to nodes, and kernels to segments.

bool node_is_uniform(const struct node *node) {
    return node->extent == EXTENT_UNIFORM;
}

bool node_is_leaf(const struct node *node) {
    return op_rows[node->op].class == CLASS_LEAF;
}

bool node_is_whole_batch(const struct node *node) {
    if (op_rows[node->op].class != CLASS_BATCH_SUM) return false;
    // Of one position: without padding the kernel has one, too.
    const struct geometry g = node_geometry(node);
    return g.large_height * g.large_width == 1 && g.padding[0] == 0 && g.padding[1] == 0;
}

bool node_is_repacked(const struct node *node) {
    return kernel_rows[node_kernel_kind(node)].work == WORK_SHARED;
}

bool kernel_is_packing(const struct kernel *kernel) {
    return kernel->kind == KERNEL_PACK || kernel->kind == KERNEL_UNPACK;
}

const char *kernel_op_name(const struct kernel *kernel) {
    if (kernel->kind == KERNEL_PACK) return "pack";
    return kernel->kind == KERNEL_UNPACK ? "unpack" : op_name(kernel->anchor->op);
}

double kernel_flops(const struct kernel *kernel) {
    return kernel->anchor && !kernel_is_packing(kernel) ? node_flops(kernel->anchor) : 0;
}

bool kernel_has(const struct program *program, const struct kernel *kernel, const struct node *node) {
    return program->nodes[node->id].tensor->kernel == kernel;
}

bool kernel_after_sum(const struct program *program, const struct kernel *kernel, const struct node *node) {
    return kernel_has(program, kernel, node) && program->nodes[node->id].after_sum;
}

// Levels order the kernels of a step before the segments are known. 0: once per step, from parameters only. Odd: sample
// by sample. Even: over the whole batch, or from such results.
enum { LEVEL_ONCE, LEVEL_SAMPLES, LEVEL_BATCH };

static int inputs_level(const struct program *program, const struct node *node) {
    int level = -1;
    for (int i = 0; i < node->input_count; i++) {
        const struct kernel *kernel = program->nodes[node->inputs[i]->id].tensor->kernel;
        if (kernel && kernel->segment > level) level = kernel->segment;
    }
    return level;
}

// The earliest level in which all inputs are complete. Work per sample stays in the level of its inputs.
static int node_level(const struct program *program, const struct node *node) {
    bool evaluation = program->graph->purpose != GRAPH_TRAINING;
    if (evaluation) return LEVEL_SAMPLES;
    int inputs = inputs_level(program, node), after = inputs % 2 == 1 ? inputs + 1 : inputs + 2;
    if (node_is_repacked(node)) return inputs < 0 ? LEVEL_ONCE : after;
    if (node_is_whole_batch(node)) return after > LEVEL_BATCH ? after : LEVEL_BATCH;
    return inputs < 0 ? LEVEL_SAMPLES : inputs + (inputs % 2 == 0);
}

static struct tensor *tensor_new(struct program *program, const struct node *node, bool packed) {
    struct tensor *tensor = ARENA_NEW(program->arena, struct tensor);
    *tensor = (struct tensor){.number = program->tensor_count, .node = node, .packed = packed};
    program->tensors[program->tensor_count++] = tensor;
    return tensor;
}

static struct kernel *kernel_new(struct program *program, enum kernel_kind kind, size_t count, int level) {
    struct kernel *kernel = ARENA_NEW(program->arena, struct kernel);
    *kernel = (struct kernel){.number = program->kernel_count, .kind = kind, .count = count, .segment = level};
    program->kernels[program->kernel_count++] = kernel;
    return kernel;
}

// The latest kernel of a level that makes an input of the node; NULL if all inputs are leaves, uniform or of other
// levels.
static struct kernel *latest_kernel(const struct program *program, const struct node *node, int level) {
    struct kernel *latest = NULL;
    for (int i = 0; i < node->input_count; i++) {
        struct kernel *kernel = program->nodes[node->inputs[i]->id].tensor->kernel;
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

// True if the node can be fused into the kernel.
static bool can_join(const struct program *program, const struct kernel *kernel, const struct node *node) {
    size_t count = walked_count(node);
    if (kernel->anchor) {
        bool fuses = kernel_rows[kernel->kind].sums == SUMS_FUSED;
        return fuses && node->part == PART_LAYERS && node->op != OP_SUM && count == kernel->count;
    }
    if (input_after_sum(program, kernel, node)) return node->count == 1 && node->op != OP_SUM;
    return count == kernel->count;
}

static void elementwise_plan(struct program *program, const struct node *node) {
    int level = node_level(program, node);
    struct kernel *kernel = latest_kernel(program, node, level);
    if (!kernel || !can_join(program, kernel, node)) {
        kernel = kernel_new(program, KERNEL_ELEMENTWISE, walked_count(node), level);
        kernel->part = node->part;
    }
    bool after_sum = node->op == OP_SUM || input_after_sum(program, kernel, node);
    struct node_plan *planned = &program->nodes[node->id];
    planned->tensor->kernel = kernel;
    planned->value = kernel->node_count++;
    planned->after_sum = after_sum;
}

// Adds a kernel with an anchor that makes `output`; the caller adds its inputs.
static struct kernel *anchor_kernel(struct program *program, enum kernel_kind kind, const struct node *anchor,
                                    int level, struct tensor *output) {
    struct kernel *kernel = kernel_new(program, kind, output->node->count, level);
    kernel->anchor = anchor;
    kernel->output = output;
    output->kernel = kernel;
    return kernel;
}

static void reads_add(struct kernel *kernel, struct tensor *tensor) {
    kernel->inputs[kernel->input_count++] = tensor;
}

// The packed image of a convolution, shared by the convolutions of a level. Another level packs the image again,
// because packed tensors are kept only for a micro-batch.
static struct tensor *image_pack(struct program *program, const struct node *node, int level, struct tensor **image) {
    if (*image && (*image)->kernel->segment == level) return *image;
    *image = tensor_new(program, node->inputs[0], true);
    struct kernel *kernel = anchor_kernel(program, KERNEL_PACK, node, level, *image);
    reads_add(kernel, program->nodes[node->inputs[0]->id].tensor);
    return *image;
}

// Adds the kernels of an anchor. A packed convolution has three: pack the image, convolve, unpack the result. `image`:
// the packed tensor of its image, if it exists; NULL: the node is not packed.
static void anchor_plan(struct program *program, const struct node *node, struct tensor **image) {
    int level = node_level(program, node);
    bool packs = image != NULL;
    struct tensor *packed = packs ? image_pack(program, node, level, image) : NULL;
    struct tensor *result = tensor_new(program, node, packs);
    struct kernel *kernel = anchor_kernel(program, node_kernel_kind(node), node, level, result);
    for (int i = 0; i < node->input_count; i++)
        reads_add(kernel, i == 0 && packs ? packed : program->nodes[node->inputs[i]->id].tensor);
    struct node_plan *planned = &program->nodes[node->id];
    planned->value = -1;
    planned->tensor = packs ? tensor_new(program, node, false) : result;
    if (packs) reads_add(anchor_kernel(program, KERNEL_UNPACK, node, level, planned->tensor), result);
}

static bool is_computed(const struct program *program, const struct node *node) {
    return program->nodes[node->id].needed && !node_is_leaf(node) && !node_is_uniform(node);
}

static void nodes_list(struct program *program) {
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct node_plan *planned = &program->nodes[node->id];
        struct kernel *kernel = planned->tensor->kernel;
        if (!kernel || planned->value < 0) continue;
        if (!kernel->nodes) kernel->nodes = ARENA_ARRAY(program->arena, const struct node *, kernel->node_count);
        kernel->nodes[planned->value] = node;
    }
}

static enum segment_kind level_kind(int level) {
    if (level == LEVEL_ONCE) return SEGMENT_REPACK;
    return level % 2 ? SEGMENT_SAMPLES : SEGMENT_WEIGHTS;
}

// Makes a segment for each level that has kernels, in order. The list has room for the join.
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
        // Every program has a segment of samples, even without kernels.
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

void kernels_plan(struct arena *temporary, struct program *program, bool may_pack) {
    enum { MOST = 3 };    // the most kernels and tensors for one node: those of a packed convolution
    int most = MOST * program->graph->count;
    program->kernels = ARENA_ARRAY(program->arena, struct kernel *, most);
    program->tensors = ARENA_ARRAY(program->arena, struct tensor *, most);
    struct tensor **images = ARENA_ARRAY(temporary, struct tensor *, program->graph->count);
    for (const struct node *node = program->graph->first; node; node = node->next) {
        bool computed = is_computed(program, node), fused = op_is_elementwise(node->op) || node->op == OP_SUM;
        if (computed && !fused) {
            bool packs = may_pack && packing_pays(program->machine, node);
            anchor_plan(program, node, packs ? &images[node->inputs[0]->id] : NULL);
            continue;
        }
        program->nodes[node->id].tensor = tensor_new(program, node, false);
        if (computed) elementwise_plan(program, node);
    }
    nodes_list(program);
    segments_cut(program);
}

bool program_is_packed(const struct program *program) {
    for (int i = 0; i < program->tensor_count; i++)
        if (program->tensors[i]->packed) return true;
    return false;
}

void segments_join(struct program *program, size_t slotted_count) {
    struct plan_segment *segment = &program->segments[program->segment_count++];
    segment->kind = SEGMENT_JOIN;
    segment->task_count = (slotted_count + JOIN_ELEMENTS - 1) / JOIN_ELEMENTS;
}
