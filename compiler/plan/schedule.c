#include "compiler/plan/schedule.h"

#include <string.h>

#include "compiler/nest/choose.h"

bool node_is_uniform(const struct node *node) {
    return node->extent == EXTENT_UNIFORM;
}

bool kernel_has(const struct plan *plan, const struct kernel *kernel, const struct node *node) {
    return plan->kernel_of[node->id] == kernel;
}

bool kernel_behind_sum(const struct plan *plan, const struct kernel *kernel, const struct node *node) {
    if (!kernel_has(plan, kernel, node) || node == kernel->anchor) return false;
    if (node->op == OP_SUM) return true;
    for (int i = 0; i < node->input_count; i++)
        if (kernel_behind_sum(plan, kernel, node->inputs[i])) return true;
    return false;
}

static void need(struct plan *plan, const struct node *node) {
    plan->needed[node->id] = true;
}

// Marks what the needed nodes depend on, from the last node to the first: a graph is too deep for recursion.
static void inputs_need(struct plan *plan) {
    const struct node **nodes = ARENA_ARRAY(plan->arena, const struct node *, plan->graph->count);
    int count = 0;
    for (const struct node *node = plan->graph->first; node; node = node->next)
        nodes[count++] = node;
    while (count-- > 0)
        for (int i = 0; plan->needed[nodes[count]->id] && i < nodes[count]->input_count; i++)
            need(plan, nodes[count]->inputs[i]);
}

static void outputs_need(struct plan *plan) {
    for (int kind = 0; kind < OUTPUT_KINDS; kind++) {
        const struct outputs *outputs = &plan->graph->outputs[kind];
        for (int i = 0; i < outputs->count; i++)
            if (outputs->list[i].node) need(plan, outputs->list[i].node);
    }
}

static struct kernel *kernel_new(struct plan *plan, struct node *anchor, size_t count, enum phase phase) {
    struct kernel *kernel = ARENA_NEW(plan->arena, struct kernel);
    kernel->number = plan->kernel_count++;
    kernel->anchor = anchor;
    kernel->count = count;
    kernel->phase = phase;
    kernel->blocks = 1;

    if (plan->last)
        plan->last->next = kernel;
    else
        plan->first = kernel;
    plan->last = kernel;
    return kernel;
}

static void kernel_add(struct plan *plan, struct kernel *kernel, struct node *node) {
    if (kernel->node_count == kernel->node_capacity) {
        int capacity = kernel->node_capacity ? 2 * kernel->node_capacity : 4;
        struct node **nodes = ARENA_ARRAY(plan->arena, struct node *, capacity);
        if (kernel->node_count) memcpy(nodes, kernel->nodes, (size_t)kernel->node_count * sizeof *nodes);
        kernel->nodes = nodes;
        kernel->node_capacity = capacity;
    }
    kernel->nodes[kernel->node_count++] = node;
    plan->kernel_of[node->id] = kernel;
}

static bool is_leaf(const struct node *node) {
    return op_rows[node->op].class == CLASS_LEAF;
}

// A gradient that sums over the whole batch in one chain: a dense layer's. Threads then own blocks of the weight.
static bool whole_batch(const struct node *node) {
    if (node->op == OP_BIAS_SUM) return node->bias.image.height * node->bias.image.width == 1;
    return geometry_is_dense(&node->convolution.geometry);
}

static enum phase anchor_phase(const struct node *node) {
    if (node->op == OP_REPACK) return PHASE_REPACK;
    bool gradient = node->op == OP_CONVOLVE_WEIGHT || node->op == OP_BIAS_SUM;
    return gradient && whole_batch(node) ? PHASE_WEIGHTS : PHASE_SAMPLES;
}

// Whole tiles of a dense layer's gradient.
static long weight_rows(const struct machine *machine, const struct geometry *g) {
    struct weight_tile weight = weight_tile(machine, g);
    long tile = weight.turned ? (long)weight.tile.columns * machine->lanes : weight.tile.rows;
    return tile < WEIGHT_BLOCK ? WEIGHT_BLOCK / tile * tile : tile;
}

static void anchor_plan(struct plan *plan, struct node *node) {
    struct kernel *kernel = kernel_new(plan, node, node->count, anchor_phase(node));
    plan->kernel_of[node->id] = kernel;
    const struct geometry geometry = node_geometry(node), *g = &geometry;
    if (kernel->phase == PHASE_WEIGHTS && node->op == OP_CONVOLVE_WEIGHT)
        kernel->block_rows = weight_rows(plan->machine, g);
    else if (node->op == OP_REPACK && geometry_is_dense(g) && geometry_turned(g).panel)
        kernel->block_rows = WEIGHT_BLOCK;
    else
        return;
    kernel->blocks = (size_t)((g->large_channels + kernel->block_rows - 1) / kernel->block_rows);
}

// The latest kernel that makes an input of the node, NULL when all inputs are leaves or uniform.
static struct kernel *latest_kernel(const struct plan *plan, const struct node *node) {
    struct kernel *latest = NULL;
    for (int i = 0; i < node->input_count; i++) {
        struct kernel *kernel = plan->kernel_of[node->inputs[i]->id];
        if (kernel && kernel->phase == PHASE_SAMPLES && (!latest || kernel->number > latest->number)) latest = kernel;
    }
    return latest;
}

static bool input_behind_sum(const struct plan *plan, const struct kernel *kernel, const struct node *node) {
    for (int i = 0; i < node->input_count; i++)
        if (kernel_behind_sum(plan, kernel, node->inputs[i])) return true;
    return false;
}

// True when the node can be computed where the kernel has its operands at hand.
static bool can_join(const struct plan *plan, const struct kernel *kernel, const struct node *node) {
    size_t count = node->op == OP_SUM ? node->inputs[0]->count : node->count;
    if (kernel->anchor) {
        bool convolution = op_is_convolution(kernel->anchor->op);
        return convolution && node->part == PART_LAYERS && node->op != OP_SUM && count == kernel->count;
    }
    if (input_behind_sum(plan, kernel, node)) return node->count == 1 && node->op != OP_SUM;
    return count == kernel->count;
}

static void elementwise_plan(struct plan *plan, struct node *node) {
    struct kernel *kernel = latest_kernel(plan, node);
    if (!kernel || !can_join(plan, kernel, node)) {
        size_t count = node->op == OP_SUM ? node->inputs[0]->count : node->count;
        kernel = kernel_new(plan, NULL, count, PHASE_SAMPLES);
        kernel->part = node->part;
    }
    kernel_add(plan, kernel, node);
}

static void kernels_plan(struct plan *plan) {
    for (struct node *node = plan->graph->first; node; node = node->next) {
        if (!plan->needed[node->id] || is_leaf(node) || node_is_uniform(node)) continue;
        if (op_is_elementwise(node->op) || node->op == OP_SUM)
            elementwise_plan(plan, node);
        else
            anchor_plan(plan, node);
    }
}

// A tensor begins where a cache line does.
static size_t rounded(size_t count) {
    enum { LINE = 16 };
    return (count + LINE - 1) / LINE * LINE;
}

static void leaf_store(struct plan *plan, const struct node *node, size_t code_stride) {
    struct storage *storage = &plan->storage[node->id];
    const struct parameters *parameters = plan->graph->parameters;
    if (node->op == OP_INPUT) *storage = (struct storage){PLACE_INPUT, 0, node->count};
    if (node->op == OP_OUTPUT) *storage = (struct storage){PLACE_OUTPUT, 0, node->count};
    if (node->op == OP_CODE)
        *storage = (struct storage){PLACE_CODE, (size_t)node->code.head * node->count, code_stride};
    if (node->op == OP_PARAMETER)
        *storage = (struct storage){PLACE_PARAMETERS, parameters->list[node->parameter.index].info.offset, 0};
}

// Outputs go straight to where the caller wants them.
static struct storage output_place(const struct graph *graph, enum output_kind kind, int index, size_t code_stride) {
    const struct node *node = graph->outputs[kind].list[index].node;
    switch (kind) {
    case OUTPUT_CODE: return (struct storage){PLACE_CODE, (size_t)index * node->count, code_stride};
    case OUTPUT_DECODED: return (struct storage){PLACE_OUTPUT, 0, node->count};
    case OUTPUT_TERM: return (struct storage){PLACE_TERM, (size_t)index, (size_t)graph->outputs[kind].count};
    case OUTPUT_GRADIENT: {
        const struct parameter *parameter = &graph->parameters->list[index];
        return (struct storage){parameter->slotted ? PLACE_SLOT : PLACE_GRADIENT, parameter->info.offset, 0};
    }
    case OUTPUT_KINDS: break;
    }
    return (struct storage){0};
}

static void outputs_store(struct plan *plan, size_t code_stride) {
    for (int kind = 0; kind < OUTPUT_KINDS; kind++)
        for (int i = 0; i < plan->graph->outputs[kind].count; i++) {
            const struct node *node = plan->graph->outputs[kind].list[i].node;
            if (node) plan->storage[node->id] = output_place(plan->graph, (enum output_kind)kind, i, code_stride);
        }
}

// The kernels that read a node's tensor, apart from the one that makes it.
struct readers {
    const struct kernel *last;    // NULL: none
    bool later_phase;             // one of them runs in a later phase
};

// The readers of each node [graph->count].
static struct readers *readers_find(const struct plan *plan) {
    struct readers *readers = ARENA_ARRAY(plan->arena, struct readers, plan->graph->count);
    for (const struct node *user = plan->graph->first; user; user = user->next) {
        const struct kernel *kernel = plan->kernel_of[user->id];
        for (int i = 0; kernel && i < user->input_count; i++) {
            struct readers *of = &readers[user->inputs[i]->id];
            if (kernel == plan->kernel_of[user->inputs[i]->id]) continue;
            of->later_phase |= kernel->phase == PHASE_WEIGHTS;
            if (!of->last || kernel->number > of->last->number) of->last = kernel;
        }
    }
    return readers;
}

// A tensor in scratch memory, from the kernel that makes it to the last that reads it.
struct lifetime {
    size_t offset, count;
    int from, to;
};

// Adds a tensor by first fit, at the lowest offset that no tensor alive at the same time holds. `lifetimes` is sorted by
// offset, so one pass finds it.
static size_t scratch_fit(struct lifetime *lifetimes, int count, struct lifetime wanted) {
    for (int i = 0; i < count; i++) {
        const struct lifetime *other = &lifetimes[i];
        bool together = other->from <= wanted.to && wanted.from <= other->to;
        if (together && other->offset >= wanted.offset + wanted.count) break;
        if (together && wanted.offset < other->offset + other->count) wanted.offset = other->offset + other->count;
    }
    int at = count;
    for (; at > 0 && lifetimes[at - 1].offset > wanted.offset; at--)
        lifetimes[at] = lifetimes[at - 1];
    lifetimes[at] = wanted;
    return wanted.offset;
}

static void tensors_store(struct plan *plan) {
    struct lifetime *lifetimes = ARENA_ARRAY(plan->arena, struct lifetime, plan->graph->count);
    const struct readers *readers = readers_find(plan);
    int count = 0;
    for (const struct node *node = plan->graph->first; node; node = node->next) {
        struct storage *storage = &plan->storage[node->id];
        const struct kernel *maker = plan->kernel_of[node->id];
        if (!maker || storage->place != PLACE_NONE) continue;
        struct readers of = readers[node->id];
        if (!of.last) continue;
        if (node->op == OP_REPACK) {
            *storage = (struct storage){PLACE_REPACKED, plan->repacked, 0};
            plan->repacked += rounded(node->count);
        } else if (of.later_phase) {
            *storage = (struct storage){PLACE_BATCH, plan->batch, node->count};
            plan->batch += rounded(node->count);
        } else {
            struct lifetime wanted = {0, rounded(node->count), maker->number, of.last->number};
            wanted.offset = scratch_fit(lifetimes, count++, wanted);
            *storage = (struct storage){PLACE_SCRATCH, wanted.offset, node->count};
            if (plan->scratch < wanted.offset + wanted.count) plan->scratch = wanted.offset + wanted.count;
        }
    }
}

// As many samples as keep the scratch memory of a micro-batch within half of a common second-level cache.
static size_t micro_batch_choose(const struct plan *plan) {
    enum { CACHE_ELEMENTS = 512 * 1024 / 4, LEAST = 16, MOST = 64 };
    size_t each = plan->scratch + plan->batch + 1, samples = CACHE_ELEMENTS / each;
    samples = samples / LEAST * LEAST;
    if (each > LARGE_SAMPLE) return 1;
    return samples < LEAST ? LEAST : samples > MOST ? MOST : samples;
}

// Samples go into the lanes where the channels would leave most of them empty. That takes as many samples at a time as
// there are lanes, which for large images is more than a cache holds.
static bool wants_packing(const struct machine *machine, const struct node *node) {
    enum { LARGE_IMAGE = 1 << 16, PACKED_ELEMENTS = 96 * 1024 };
    if (!machine->macro || !op_is_convolution(node->op) || node->packed) return false;
    size_t moved = node->inputs[0]->count + node->count;
    if (moved > LARGE_IMAGE) return false;
    bool transposed = node->op == OP_CONVOLVE_TRANSPOSED;
    double (*cost)(const struct machine *, const struct geometry *, bool) =
        transposed ? transposed_cost : convolve_cost;
    double plain = cost(machine, &node->convolution.geometry, false),
           packed = cost(machine, &node->convolution.geometry, true);
    // A group of samples whose images outgrow the second-level cache is read from the third: twice the time, measured.
    if (node->inputs[0]->count * (size_t)machine->lanes > PACKED_ELEMENTS) packed *= 2;
    return packed + PACK_COST * (double)moved / machine->lanes < 0.8 * plain;
}

static void graph_lay_out(struct graph *graph, const struct machine *machine) {
    for (struct node *node = graph->first; node; node = node->next)
        if (wants_packing(machine, node)) graph_pack(graph, node);
}

static void plan_make(struct plan *plan, struct graph *graph, const struct machine *machine, size_t code_stride) {
    graph_lay_out(graph, machine);
    *plan = (struct plan){.arena = graph->arena, .graph = graph, .machine = machine};
    plan->kernel_of = ARENA_ARRAY(plan->arena, struct kernel *, graph->count);
    plan->storage = ARENA_ARRAY(plan->arena, struct storage, graph->count);
    plan->needed = ARENA_ARRAY(plan->arena, bool, graph->count);
    outputs_need(plan);
    inputs_need(plan);
    kernels_plan(plan);
    for (const struct node *node = graph->first; node; node = node->next)
        leaf_store(plan, node, code_stride);
    outputs_store(plan, code_stride);
    tensors_store(plan);
    plan->micro_batch = micro_batch_choose(plan);
}

// A gradient that no term reaches is zero: it takes part in the slots, which begin at zero.
static bool is_slotted(const struct graph *training, int parameter) {
    const struct node *gradient = training->outputs[OUTPUT_GRADIENT].list[parameter].node;
    return !gradient || (gradient->op != OP_CONVOLVE_WEIGHT && gradient->op != OP_BIAS_SUM) || !whole_batch(gradient);
}

static void parameters_place(struct schedule *schedule, struct network *network) {
    size_t offset = 0;
    for (int slotted = 1; slotted >= 0; slotted--) {
        for (int i = 0; i < network->parameters.count; i++) {
            struct parameter *parameter = &network->parameters.list[i];
            parameter->slotted = is_slotted(&network->training, i);
            if (parameter->slotted != (slotted == 1)) continue;
            parameter->info.offset = offset;
            offset += rounded(parameter->count);
        }
        if (slotted) schedule->slotted_count = offset;
    }
    schedule->parameter_count = offset;
}

static struct step_memory memory_of(const struct schedule *schedule) {
    const struct spec *spec = schedule->network->spec;
    const struct plan *training = &schedule->training;
    return (struct step_memory){.parameters = schedule->parameter_count,
                                .trainable = schedule->parameter_count,
                                .slotted = schedule->slotted_count,
                                .repacked = training->repacked,
                                .terms = (size_t)spec->term_count,
                                .input = shape_count(spec->input),
                                .kept = training->batch,
                                .scratch = training->scratch * training->micro_batch};
}

struct schedule *schedule_make(struct network *network, const struct machine *machine) {
    struct schedule *schedule = ARENA_NEW(network->training.arena, struct schedule);
    const struct latent *latent = &network->spec->latent;
    size_t units = shape_count(latent->shape), code = units * (size_t)latent_heads(latent);
    schedule->network = network;
    schedule->machine = machine;
    parameters_place(schedule, network);
    plan_make(&schedule->training, &network->training, machine, code);
    plan_make(&schedule->encode, &network->encode, machine, code);
    plan_make(&schedule->decode, &network->decode, machine, units);
    plan_make(&schedule->measure, &network->measure, machine, code);
    const struct plan *evaluations[] = {&schedule->encode, &schedule->decode, &schedule->measure};
    schedule->evaluate_samples = EVALUATE_SAMPLES;
    for (int i = 0; i < 3; i++)
        if (evaluations[i]->scratch > LARGE_SAMPLE) schedule->evaluate_samples = 1;
    schedule->memory = memory_of(schedule);
    return schedule;
}

static void storage_print(const struct storage *storage, struct buffer *out) {
    static const char *const places[] = {"registers", "input", "code",    "output", "term",    "parameters",
                                         "gradient",  "slot",  "scratch", "batch",  "repacked"};
    buffer_print(out, "%s", places[storage->place]);
    if (storage->place != PLACE_NONE) buffer_print(out, "+%zu", storage->offset);
}

bool kernel_block(const struct plan *plan, const struct kernel *kernel, struct kernel_block *block) {
    const struct node *node = kernel->anchor;
    if (!node || node_flops(node) == 0) return false;
    const struct machine *machine = plan->machine;
    const struct geometry *g = &node->convolution.geometry, turned = geometry_turned(g);
    struct weight_tile weight = weight_tile(machine, g);
    bool up = node->op == OP_CONVOLVE_TRANSPOSED, dense = geometry_is_dense(g);
    block->rows = dense ? "samples" : "positions";
    block->columns = "output channels";
    block->packed = node->packed;
    if (node->op == OP_CONVOLVE_WEIGHT) {
        block->tile = weight.tile;
        block->rows = weight.turned ? "channels of the small image" : "weight rows";
        block->columns = weight.turned ? "weight rows" : "channels of the small image";
    } else if (up && !dense) {
        block->tile = transposed_tile(machine, g, node->packed);
    } else {
        block->tile = convolve_tile(machine, up ? &turned : g, node->packed);
    }
    return true;
}

static void block_print(const struct plan *plan, const struct kernel *kernel, struct buffer *out) {
    struct kernel_block block;
    if (!kernel_block(plan, kernel, &block)) return;
    buffer_print(out, ", block of %d %s x %d", block.tile.rows, block.rows, block.tile.columns);
    if (block.packed)
        buffer_print(out, " %s, samples in the lanes", block.columns);
    else
        buffer_print(out, " vectors of %s", block.columns);
}

static void kernel_print(const struct plan *plan, const struct kernel *kernel, struct buffer *out) {
    static const char *const phases[] = {"repack", "samples", "weights"};
    const struct node *head = kernel->anchor ? kernel->anchor : kernel->nodes[0];
    buffer_print(out, "  %d %s %s", kernel->number, phases[kernel->phase], head->label ? head->label : "-");
    if (kernel->anchor) {
        buffer_print(out, " %s", op_name(kernel->anchor->op));
        if (plan->storage[kernel->anchor->id].place != PLACE_NONE) {
            buffer_print(out, " to ");
            storage_print(&plan->storage[kernel->anchor->id], out);
        }
        double flops = node_flops(kernel->anchor);
        if (flops > 0) buffer_print(out, ", %.0f FLOP a sample", flops);
        block_print(plan, kernel, out);
    }
    for (int i = 0; i < kernel->node_count; i++) {
        buffer_print(out, "%s %s", i || kernel->anchor ? "," : "", op_name(kernel->nodes[i]->op));
        if (plan->storage[kernel->nodes[i]->id].place == PLACE_NONE) continue;
        buffer_print(out, " to ");
        storage_print(&plan->storage[kernel->nodes[i]->id], out);
    }
    buffer_print(out, "\n");
}

static void plan_print(const struct plan *plan, const char *name, struct buffer *out) {
    double flops = 0;
    for (const struct kernel *kernel = plan->first; kernel; kernel = kernel->next)
        if (kernel->anchor) flops += node_flops(kernel->anchor);
    buffer_print(out,
                 "%s: micro-batch %zu, %.0f FLOP a sample; elements: %zu scratch and %zu kept a sample, %zu repacked\n",
                 name, plan->micro_batch, flops, plan->scratch, plan->batch, plan->repacked);
    for (const struct kernel *kernel = plan->first; kernel; kernel = kernel->next)
        kernel_print(plan, kernel, out);
}

void schedule_print(const struct schedule *schedule, struct buffer *out) {
    buffer_print(out, "parameters: %zu elements, the first %zu summed by slots of samples\n", schedule->parameter_count,
                 schedule->slotted_count);
    plan_print(&schedule->training, "training", out);
    plan_print(&schedule->encode, "encode", out);
    plan_print(&schedule->decode, "decode", out);
    plan_print(&schedule->measure, "measure", out);
}
