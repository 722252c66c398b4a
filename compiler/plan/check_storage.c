#include <stdlib.h>

#include "compiler/plan/check.h"

// A tensor that the step makes, and while which kernels it must be kept.
struct tensor {
    size_t from, to;    // elements of its array
    int maker, last;    // kernels
    int node;
};

struct tensors {
    struct tensor *list;    // [count]
    int count;
};

// Who reads the nodes of a program beside the kernel that makes them.
struct uses {
    int *last;          // [graph->count] number of the last kernel, -1
    bool *elsewhere;    // [graph->count] one of them is in another segment
};

static struct uses uses_find(struct checker *c) {
    const struct program *program = c->program;
    struct uses uses = {ARENA_ARRAY(c->arena, int, program->graph->count),
                        ARENA_ARRAY(c->arena, bool, program->graph->count)};
    for (int i = 0; i < program->graph->count; i++)
        uses.last[i] = -1;
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct kernel *kernel = program->nodes[node->id].kernel;
        for (int i = 0; kernel && i < node->input_count; i++) {
            int input = node->inputs[i]->id;
            const struct kernel *maker = program->nodes[input].kernel;
            if (!maker || maker == kernel) continue;
            if (kernel->number > uses.last[input]) uses.last[input] = kernel->number;
            uses.elsewhere[input] |= maker->segment != kernel->segment;
        }
    }
    return uses;
}

static bool storage_is(const struct storage *storage, enum place place, size_t offset, size_t stride) {
    return storage->place == place && storage->offset == offset && storage->stride == stride;
}

static bool leaf_check(struct checker *c, const struct node *node) {
    const struct storage *storage = node_storage(c->program, node);
    bool right = false;
    switch ((int)node->op) {
    case OP_INPUT: right = storage_is(storage, PLACE_INPUT, 0, node->count); break;
    case OP_OUTPUT: right = storage_is(storage, PLACE_OUTPUT, 0, node->count); break;
    case OP_CODE:
        right =
            storage_is(storage, PLACE_CODE, (size_t)node->code.head * node->count, code_stride(c->plan, c->program));
        break;
    case OP_PARAMETER:
        right = storage_is(storage, PLACE_PARAMETERS, c->plan->parameters[node->parameter.index].offset, 0);
        break;
    default: right = storage_is(storage, PLACE_NONE, 0, 0);
    }
    return right || check_fails(c, "node %d: it is elsewhere", node->id);
}

static bool results_check(struct checker *c, const struct uses *uses, bool *is_result) {
    const struct results results = results_of(c->arena, c->plan, c->program);
    for (int i = 0; i < results.count; i++) {
        const struct result *result = &results.list[i];
        const struct storage *want = &result->storage;
        const struct node_plan *planned = &c->program->nodes[result->node->id];
        if (!planned->kernel || !storage_is(&planned->storage, want->place, want->offset, want->stride))
            return check_fails(c, "node %d: a result is elsewhere", result->node->id);
        // Slots are summed sample by sample; a gradient of the whole batch is complete after its kernel.
        enum segment_kind kind = c->program->segments[planned->kernel->segment].kind;
        bool summed = want->place == PLACE_SLOT || want->place == PLACE_GRADIENT;
        if (summed && (kind == SEGMENT_SAMPLES) != (want->place == PLACE_SLOT))
            return check_fails(c, "node %d: a gradient of another segment", result->node->id);
        if (want->place == PLACE_SLOT && uses->last[result->node->id] >= 0)
            return check_fails(c, "node %d: slots are read before they are joined", result->node->id);
        is_result[result->node->id] = true;
    }
    return true;
}

// Where a tensor must be that is no result: as long as its readers need it.
static enum place place_of(const struct node *node, const struct uses *uses) {
    if (uses->last[node->id] < 0) return PLACE_NONE;
    if (node->extent == EXTENT_SHARED) return PLACE_REPACKED;
    return uses->elsewhere[node->id] ? PLACE_BATCH : PLACE_SCRATCH;
}

static bool tensor_check(struct checker *c, const struct node *node, const struct uses *uses) {
    const struct storage *storage = node_storage(c->program, node);
    enum place place = place_of(node, uses);
    size_t stride = node->extent == EXTENT_SHARED || place == PLACE_NONE ? 0 : node->count;
    bool stored = place != PLACE_NONE, training = c->program == &c->plan->training;
    const struct kernel *kernel = c->program->nodes[node->id].kernel;
    if (place == PLACE_REPACKED && training && c->program->segments[kernel->segment].kind == SEGMENT_SAMPLES)
        return check_fails(c, "node %d: each slot would write a shared tensor", node->id);
    if (storage->place != place || storage->stride != stride || storage->offset % LINE_ELEMENTS ||
        (!stored && storage->offset))
        return check_fails(c, "node %d: not where its readers look", node->id);
    return true;
}

static int tensor_order(const void *a, const void *b) {
    const struct tensor *x = a, *y = b;
    if (x->maker != y->maker) return x->maker < y->maker ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

// Leaves out those that no kernel from `maker` on reads.
static int tensors_drop(struct tensor *kept, int count, int maker) {
    int left = 0;
    for (int i = 0; i < count; i++)
        if (kept[i].last >= maker) kept[left++] = kept[i];
    return left;
}

// No two tensors that are kept at the same time overlap: goes through them by the kernels that make them, with a list by
// offsets of those that are kept.
static bool overlap_check(struct checker *c, struct tensors *tensors) {
    struct tensor *kept = ARENA_ARRAY(c->arena, struct tensor, tensors->count);
    int count = 0;
    qsort(tensors->list, (size_t)tensors->count, sizeof *tensors->list, tensor_order);
    for (int i = 0; i < tensors->count; i++) {
        const struct tensor tensor = tensors->list[i];
        bool later = i > 0 && tensors->list[i - 1].maker < tensor.maker;
        if (later) count = tensors_drop(kept, count, tensor.maker);
        int at = count++;
        for (; at > 0 && kept[at - 1].from > tensor.from; at--)
            kept[at] = kept[at - 1];
        kept[at] = tensor;
        if ((at > 0 && kept[at - 1].to > tensor.from) || (at + 1 < count && kept[at + 1].from < tensor.to))
            return check_fails(c, "node %d overlaps another tensor", tensor.node);
    }
    return true;
}

// The tensors of a place. What is kept for the batch or shared is kept to the end of the step.
static struct tensors tensors_of(struct checker *c, enum place place, const struct uses *uses) {
    const struct program *program = c->program;
    struct tensors tensors = {NULL, 0};
    for (int i = 0; i < program->graph->count; i++)
        tensors.count += program->nodes[i].storage.place == place;
    struct tensor *tensor = tensors.list = ARENA_ARRAY(c->arena, struct tensor, tensors.count);
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct node_plan *planned = &program->nodes[node->id];
        if (planned->storage.place != place) continue;
        size_t from = planned->storage.offset;
        bool scratch = place == PLACE_SCRATCH;
        *tensor++ = (struct tensor){from, from + line_rounded(node->count), scratch ? planned->kernel->number : 0,
                                    scratch ? uses->last[node->id] : program->kernel_count, node->id};
    }
    return tensors;
}

// The tensors of a place end at `size` and do not overlap.
static bool place_check(struct checker *c, enum place place, size_t size, const struct uses *uses) {
    struct tensors tensors = tensors_of(c, place, uses);
    size_t end = 0;
    for (int i = 0; i < tensors.count; i++)
        if (tensors.list[i].to > end) end = tensors.list[i].to;
    if (end != size) return check_fails(c, "%zu elements are stored, not %zu", end, size);
    return overlap_check(c, &tensors);
}

bool storage_check(struct checker *c) {
    const struct program *program = c->program;
    bool *is_result = ARENA_ARRAY(c->arena, bool, program->graph->count);
    const struct uses uses = uses_find(c);
    if (!results_check(c, &uses, is_result)) return false;
    for (const struct node *node = program->graph->first; node; node = node->next) {
        bool made = program->nodes[node->id].kernel != NULL;
        if (is_result[node->id]) continue;
        if (made ? !tensor_check(c, node, &uses) : !leaf_check(c, node)) return false;
    }
    return place_check(c, PLACE_SCRATCH, program->scratch, &uses) &&
           place_check(c, PLACE_BATCH, program->batch, &uses) &&
           place_check(c, PLACE_REPACKED, program->repacked, &uses);
}
