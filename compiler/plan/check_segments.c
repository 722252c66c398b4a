#include "compiler/plan/check.h"

// Checks the counts first, because the other checks use them as array bounds.

static bool is_training(const struct checker *c) {
    return c->program == &c->plan->training;
}

static bool joins(const struct checker *c) {
    return is_training(c) && c->plan->slotted_count > 0;
}

static bool counts_check(struct checker *c) {
    const struct program *program = c->program;
    int kernels = 0, segments = 1;
    if (program->kernel_count < 0 || program->kernel_count > program->tensor_count)
        return check_fails(c, "%d kernels of %d tensors", program->kernel_count, program->tensor_count);
    for (int i = 0; i < program->kernel_count; i++) {
        const struct kernel *kernel = program->kernels[i];
        if (!kernel || kernel->number != i) return check_fails(c, "kernel %d has a wrong number", i);
        if (kernel->segment < 0) return check_fails(c, "kernel %d is in no segment", i);
        if (kernel->segment >= segments) segments = kernel->segment + 1;
    }
    if (program->segment_count != segments + joins(c))
        return check_fails(c, "%d segments, not %d", program->segment_count, segments + joins(c));
    for (int i = 0; i < program->segment_count; i++)
        kernels += program->segments[i].kernel_count;
    if (kernels != program->kernel_count)
        return check_fails(c, "the segments have %d kernels of %d", kernels, program->kernel_count);
    return true;
}

static bool lists_check(struct checker *c) {
    const struct program *program = c->program;
    int *counts = ARENA_ARRAY(c->arena, int, program->segment_count);
    for (int i = 0; i < program->kernel_count; i++)
        counts[program->kernels[i]->segment]++;
    for (int i = 0; i < program->segment_count; i++) {
        const struct plan_segment *segment = &program->segments[i];
        if (segment->kernel_count != counts[i])
            return check_fails(c, "segment %d does not have its %d kernels", i, counts[i]);
        for (int j = 0, last = -1; j < segment->kernel_count; last = segment->kernels[j++]->number)
            if (segment->kernels[j]->segment != i || segment->kernels[j]->number <= last)
                return check_fails(c, "segment %d: kernel %d is not in order", i, segment->kernels[j]->number);
    }
    return true;
}

// Checks the kinds of kernels in a segment.
static bool kind_check(struct checker *c, const struct plan_segment *segment) {
    for (int i = 0; i < segment->kernel_count; i++) {
        const struct kernel *kernel = segment->kernels[i];
        bool repack = kernel->anchor && node_is_repacked(kernel->anchor);
        bool whole = kernel->anchor && node_is_whole_batch(kernel->anchor);
        bool allowed = false;
        switch (segment->kind) {
        case SEGMENT_REPACK: allowed = repack; break;
        case SEGMENT_SAMPLES: allowed = !whole && (!repack || !is_training(c)); break;
        case SEGMENT_WEIGHTS: allowed = whole || repack; break;
        case SEGMENT_JOIN: break;
        }
        if (!allowed) return check_fails(c, "kernel %d is in a segment of the wrong kind", kernel->number);
    }
    return true;
}

static bool tasks_check(struct checker *c, const struct plan_segment *segment) {
    size_t count = segment->kind == SEGMENT_JOIN ? (c->plan->slotted_count + JOIN_ELEMENTS - 1) / JOIN_ELEMENTS : 0;
    for (int i = 0; i < segment->kernel_count; i++)
        count += segment->kernels[i]->tasks.count;
    return segment->task_count == count ||
           check_fails(c, "a segment has %zu tasks, expected %zu", count, segment->task_count);
}

bool segments_check(struct checker *c) {
    const struct program *program = c->program;
    if (!counts_check(c) || !lists_check(c)) return false;
    for (int i = 0; i < program->segment_count; i++) {
        const struct plan_segment *segment = &program->segments[i];
        bool last = joins(c) && i + 1 == program->segment_count;
        if ((segment->kind == SEGMENT_JOIN) != last)
            return check_fails(c, "segment %d: only the last segment can join slots", i);
        if (!is_training(c) && segment->kind != SEGMENT_SAMPLES)
            return check_fails(c, "evaluation cannot have segment %d", i);
        if (!kind_check(c, segment) || !tasks_check(c, segment)) return false;
    }
    return true;
}

// Marks the nodes that the results need, with a different algorithm than the plan.
static bool needed_check(struct checker *c) {
    const struct program *program = c->program;
    bool *used = ARENA_ARRAY(c->arena, bool, program->graph->count);
    const struct results results = results_of(c->arena, c->plan, program);
    for (int i = 0; i < results.count; i++)
        used[results.list[i].node->id] = true;
    for (const struct node *node = program->graph->first; node; node = node->next)
        for (int i = 0; program->nodes[node->id].needed && i < node->input_count; i++) {
            used[node->inputs[i]->id] = true;
            if (!program->nodes[node->inputs[i]->id].needed)
                return check_fails(c, "node %d is needed", node->inputs[i]->id);
        }
    for (int i = 0; i < program->graph->count; i++)
        if (used[i] != program->nodes[i].needed) return check_fails(c, "node %d is %sneeded", i, used[i] ? "" : "not ");
    return true;
}

// Checks that the kernel of a node has it as the anchor, or as the value of that number.
static bool place_check(struct checker *c, const struct node *node) {
    const struct node_plan *planned = &c->program->nodes[node->id];
    const struct kernel *kernel = planned->tensor->kernel;
    bool computed = planned->needed && !node_is_leaf(node) && !node_is_uniform(node), right;
    if (!kernel)
        right = !computed && planned->value == 0 && !planned->after_sum;
    else if (planned->value == -1)
        right = computed && kernel->output == planned->tensor;
    else
        right = computed && planned->value >= 0 && planned->value < kernel->node_count &&
                kernel->nodes[planned->value] == node;
    return right || check_fails(c, "node %d is not in its place in its kernel", node->id);
}

// Checks that each needed node is in one kernel, and that each kernel has only its nodes.
static bool places_check(struct checker *c) {
    const struct program *program = c->program;
    int *found = ARENA_ARRAY(c->arena, int, program->kernel_count);
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct node_plan *planned = &program->nodes[node->id];
        if (!place_check(c, node)) return false;
        const struct kernel *kernel = planned->tensor->kernel;
        if (kernel && planned->value >= 0) found[kernel->number]++;
    }
    for (int i = 0; i < program->kernel_count; i++) {
        const struct kernel *kernel = program->kernels[i];
        if (kernel->node_count != found[i] || (!kernel->anchor && found[i] == 0))
            return check_fails(c, "kernel %d has nodes of other kernels", i);
    }
    return true;
}

// Whether a tensor is complete when a kernel reads it.
static bool is_before(const struct program *program, const struct tensor *tensor, const struct kernel *kernel) {
    const struct kernel *maker = tensor->kernel;
    if (!maker) return true;
    bool samples = program->segments[kernel->segment].kind == SEGMENT_SAMPLES;
    bool segment = samples ? maker->segment <= kernel->segment : maker->segment < kernel->segment;
    return segment && maker->number < kernel->number;
}

// Checks a fused node: it is computed in the loop over the kernel's elements, or from a sum of the kernel.
static bool fused_check(struct checker *c, const struct kernel *kernel, const struct node *node) {
    const struct node_plan *planned = &c->program->nodes[node->id];
    bool sum = node->op == OP_SUM, input_after = false;
    for (int i = 0; i < node->input_count; i++)
        input_after |= kernel_after_sum(c->program, kernel, node->inputs[i]);
    if (planned->after_sum != (sum || input_after)) return check_fails(c, "node %d: wrong side of a sum", node->id);
    size_t count = sum ? node->inputs[0]->count : input_after ? kernel->count : node->count;
    bool fuses = kernel_rows[kernel->kind].sums == SUMS_FUSED;
    bool allowed = kernel->anchor ? fuses && !sum : !input_after || (!sum && node->count == 1);
    if (!allowed || node->extent != EXTENT_SAMPLE || !(sum || op_is_elementwise(node->op)) || count != kernel->count)
        return check_fails(c, "node %d cannot be computed in kernel %d", node->id, kernel->number);
    return true;
}

// Checks that the inputs of a fused node are computed before it, by the same kernel or another.
static bool order_check(struct checker *c, const struct kernel *kernel, const struct node *node) {
    const struct node_plan *nodes = c->program->nodes;
    for (int i = 0; i < node->input_count; i++) {
        const struct node_plan *input = &nodes[node->inputs[i]->id];
        bool own = input->tensor->kernel == kernel;
        if (own ? input->value >= nodes[node->id].value : !is_before(c->program, input->tensor, kernel))
            return check_fails(c, "node %d precedes its input", node->id);
    }
    return true;
}

static bool anchor_check(struct checker *c, const struct kernel *kernel) {
    for (int i = 0; i < kernel->input_count; i++)
        if (!is_before(c->program, kernel->inputs[i], kernel))
            return check_fails(c, "kernel %d precedes its input", kernel->number);
    size_t count = kernel->output->node->count;
    if (c->program->nodes[kernel->anchor->id].after_sum || kernel->count != count)
        return check_fails(c, "kernel %d has %zu elements, expected %zu", kernel->number, kernel->count, count);
    return true;
}

bool kernels_check(struct checker *c) {
    const struct program *program = c->program;
    if (!needed_check(c) || !places_check(c)) return false;
    for (int i = 0; i < program->kernel_count; i++) {
        const struct kernel *kernel = program->kernels[i];
        if (kernel->anchor && !anchor_check(c, kernel)) return false;
        for (int j = 0; j < kernel->node_count; j++)
            if (!order_check(c, kernel, kernel->nodes[j]) || !fused_check(c, kernel, kernel->nodes[j])) return false;
    }
    return true;
}
