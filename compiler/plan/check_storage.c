#include "compiler/plan/check.h"

// The readers of a program's tensors, without the kernels that make them.
struct uses {
    int *last;          // [tensor_count] number of the last kernel, -1
    bool *elsewhere;    // [tensor_count] a reader is in another segment
};

static void use_note(struct uses *uses, const struct tensor *tensor, const struct kernel *kernel) {
    int number = tensor->number;
    if (!tensor->kernel || tensor->kernel == kernel) return;
    if (kernel->number > uses->last[number]) uses->last[number] = kernel->number;
    uses->elsewhere[number] |= tensor->kernel->segment != kernel->segment;
}

static struct uses uses_find(struct checker *c) {
    const struct program *program = c->program;
    struct uses uses = {ARENA_ARRAY(c->arena, int, program->tensor_count),
                        ARENA_ARRAY(c->arena, bool, program->tensor_count)};
    for (int i = 0; i < program->tensor_count; i++)
        uses.last[i] = -1;
    for (int k = 0; k < program->kernel_count; k++) {
        const struct kernel *kernel = program->kernels[k];
        for (int i = 0; i < kernel->input_count; i++)
            use_note(&uses, kernel->inputs[i], kernel);
        for (int i = 0; i < kernel->node_count; i++)
            for (int j = 0; j < kernel->nodes[i]->input_count; j++)
                use_note(&uses, program->nodes[kernel->nodes[i]->inputs[j]->id].tensor, kernel);
    }
    return uses;
}

static bool storage_is(const struct storage *storage, enum place place, size_t offset, size_t stride) {
    return storage->place == place && storage->offset == offset && storage->stride == stride;
}

// Checks a tensor that no kernel makes. Only uniform numbers and tensors that are not needed have no array.
static bool leaf_check(struct checker *c, const struct tensor *tensor) {
    const struct node *node = tensor->node;
    const struct storage *storage = &tensor->storage;
    bool right = storage_is(storage, PLACE_NONE, 0, 0);
    if (node->op == OP_INPUT) {
        right = storage_is(storage, PLACE_INPUT, 0, node->count);
    } else if (node->op == OP_OUTPUT) {
        right = storage_is(storage, PLACE_OUTPUT, 0, node->count);
    } else if (node->op == OP_CODE) {
        size_t stride = code_stride(c->plan, c->program);
        right = storage_is(storage, PLACE_CODE, (size_t)node->code.head * node->count, stride);
    } else if (node->op == OP_PARAMETER) {
        right = storage_is(storage, PLACE_PARAMETERS, c->plan->parameters[node->parameter.index].offset, 0);
    } else if (node_is_leaf(node) && !node_is_uniform(node)) {
        return check_fails(c, "node %d: the elements of %s have no array", node->id, op_name(node->op));
    }
    return right || check_fails(c, "node %d: wrong storage", node->id);
}

static bool results_check(struct checker *c, const struct uses *uses, bool *is_result) {
    const struct results results = results_of(c->arena, c->plan, c->program);
    for (int i = 0; i < results.count; i++) {
        const struct result *result = &results.list[i];
        const struct storage *want = &result->storage;
        const struct tensor *tensor = c->program->nodes[result->node->id].tensor;
        if (!tensor->kernel || !storage_is(&tensor->storage, want->place, want->offset, want->stride))
            return check_fails(c, "node %d: wrong storage of a result", result->node->id);
        // Slots are summed sample by sample; a gradient of the whole batch is complete after its kernel.
        enum segment_kind kind = c->program->segments[tensor->kernel->segment].kind;
        bool summed = want->place == PLACE_SLOT || want->place == PLACE_GRADIENT;
        if (summed && (kind == SEGMENT_SAMPLES) != (want->place == PLACE_SLOT))
            return check_fails(c, "node %d: a gradient in the wrong segment", result->node->id);
        if (want->place == PLACE_SLOT && uses->last[tensor->number] >= 0)
            return check_fails(c, "node %d: slots are read before they are joined", result->node->id);
        is_result[tensor->number] = true;
    }
    return true;
}

// The place of a tensor that is not a result, from its lifetime.
static enum place place_of(const struct tensor *tensor, const struct uses *uses) {
    if (uses->last[tensor->number] < 0) return PLACE_NONE;
    if (tensor->node->extent == EXTENT_SHARED) return PLACE_REPACKED;
    return uses->elsewhere[tensor->number] ? PLACE_BATCH : PLACE_SCRATCH;
}

static bool tensor_check(struct checker *c, const struct tensor *tensor, const struct uses *uses) {
    const struct node *node = tensor->node;
    const struct storage *storage = &tensor->storage;
    enum place place = place_of(tensor, uses);
    size_t stride = node->extent == EXTENT_SHARED || place == PLACE_NONE ? 0 : node->count;
    bool stored = place != PLACE_NONE, training = c->program == &c->plan->training;
    if (place == PLACE_REPACKED && training && c->program->segments[tensor->kernel->segment].kind == SEGMENT_SAMPLES)
        return check_fails(c, "node %d: each slot would write a shared tensor", node->id);
    if (tensor->packed && place != PLACE_SCRATCH)
        return check_fails(c, "node %d: groups of samples are read outside of their micro-batch", node->id);
    if (storage->place != place || storage->stride != stride || storage->offset % LINE_ELEMENTS ||
        (!stored && storage->offset))
        return check_fails(c, "node %d: not in the place that its readers use", node->id);
    return true;
}

// Checks that the tensors of a place end at `size` and do not overlap. Tensors kept for the batch and shared tensors
// are alive until the end of the step.
static bool place_check(struct checker *c, enum place place, size_t size, const struct uses *uses) {
    const struct program *program = c->program;
    struct range *ranges = ARENA_ARRAY(c->arena, struct range, program->tensor_count);
    int count = 0;
    size_t end = 0;
    for (int i = 0; i < program->tensor_count; i++) {
        const struct tensor *tensor = program->tensors[i];
        if (tensor->storage.place != place) continue;
        struct range range = {tensor->storage.offset, tensor->storage.offset + line_rounded(tensor->node->count), 0,
                              program->kernel_count, tensor->node->id};
        if (place == PLACE_SCRATCH) range.maker = tensor->kernel->number;
        if (place == PLACE_SCRATCH) range.last = uses->last[i];
        if (range.to > end) end = range.to;
        ranges[count++] = range;
    }
    if (end != size) return check_fails(c, "%zu elements are stored, expected %zu", end, size);
    return overlap_check(c, ranges, count);
}

bool storage_check(struct checker *c) {
    const struct program *program = c->program;
    bool *is_result = ARENA_ARRAY(c->arena, bool, program->tensor_count);
    const struct uses uses = uses_find(c);
    if (!results_check(c, &uses, is_result)) return false;
    for (int i = 0; i < program->tensor_count; i++) {
        const struct tensor *tensor = program->tensors[i];
        if (is_result[i]) continue;
        if (tensor->kernel ? !tensor_check(c, tensor, &uses) : !leaf_check(c, tensor)) return false;
    }
    return place_check(c, PLACE_SCRATCH, program->scratch, &uses) &&
           place_check(c, PLACE_BATCH, program->batch, &uses) &&
           place_check(c, PLACE_REPACKED, program->repacked, &uses);
}
