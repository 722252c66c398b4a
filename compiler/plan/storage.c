#include "compiler/plan/build.h"
#include "compiler/plan/first_fit.h"

// Assigns storage to every tensor: arrays of the caller, and memory kept between kernels.

size_t line_rounded(size_t count) {
    return (count + LINE_ELEMENTS - 1) / LINE_ELEMENTS * LINE_ELEMENTS;
}

const struct storage *node_storage(const struct program *program, const struct node *node) {
    return &program->nodes[node->id].tensor->storage;
}

size_t code_stride(const struct plan *plan, const struct program *program) {
    const struct latent *latent = &plan->network->spec->latent;
    // decode takes z.
    int heads = program->graph->purpose == GRAPH_DECODE ? 1 : latent_heads(latent);
    return (size_t)heads * shape_count(latent->shape);
}

static struct storage result_storage(const struct plan *plan, const struct program *program, enum output_kind kind,
                                     int index) {
    const struct outputs *outputs = &program->graph->outputs[kind];
    const struct node *node = outputs->list[index].node;
    switch (kind) {
    case OUTPUT_CODE: return (struct storage){PLACE_CODE, (size_t)index * node->count, code_stride(plan, program)};
    case OUTPUT_DECODED: return (struct storage){PLACE_OUTPUT, 0, node->count};
    case OUTPUT_TERM: return (struct storage){PLACE_TERM, (size_t)index, (size_t)outputs->count};
    case OUTPUT_GRADIENT: {
        const struct parameter_plan *parameter = &plan->parameters[index];
        return (struct storage){parameter->slotted ? PLACE_SLOT : PLACE_GRADIENT, parameter->offset, 0};
    }
    case OUTPUT_KINDS: break;
    }
    return (struct storage){PLACE_NONE, 0, 0};
}

struct results results_of(struct arena *temporary, const struct plan *plan, const struct program *program) {
    const struct graph *graph = program->graph;
    int most = 0;
    for (int kind = 0; kind < OUTPUT_KINDS; kind++)
        most += graph->outputs[kind].count;
    struct results results = {ARENA_ARRAY(temporary, struct result, most), 0};
    for (int kind = 0; kind < OUTPUT_KINDS; kind++)
        for (int i = 0; i < graph->outputs[kind].count; i++) {
            const struct node *node = graph->outputs[kind].list[i].node;
            if (!node) continue;
            struct storage storage = result_storage(plan, program, (enum output_kind)kind, i);
            results.list[results.count++] = (struct result){node, storage};
        }
    return results;
}

// The storage of a tensor that no kernel makes. Uniform numbers have no array; plan_check reports other leaves that are
// missing here.
static struct storage leaf_storage(const struct plan *plan, const struct node *node, size_t stride) {
    if (node->op == OP_INPUT) return (struct storage){PLACE_INPUT, 0, node->count};
    if (node->op == OP_OUTPUT) return (struct storage){PLACE_OUTPUT, 0, node->count};
    if (node->op == OP_CODE) return (struct storage){PLACE_CODE, (size_t)node->code.head * node->count, stride};
    if (node->op == OP_PARAMETER)
        return (struct storage){PLACE_PARAMETERS, plan->parameters[node->parameter.index].offset, 0};
    return (struct storage){PLACE_NONE, 0, 0};
}

// The readers of a tensor, without the kernel that makes it.
struct readers {
    int last;          // number of the last reader; 0: none, because a maker precedes its readers
    bool elsewhere;    // a reader is in another segment
};

static void reader_note(struct readers *readers, const struct tensor *tensor, const struct kernel *kernel) {
    const struct kernel *maker = tensor->kernel;
    struct readers *found = &readers[tensor->number];
    if (!maker || maker == kernel) return;
    if (maker->segment != kernel->segment) found->elsewhere = true;
    if (kernel->number > found->last) found->last = kernel->number;
}

static struct readers *readers_find(struct arena *temporary, const struct program *program) {
    struct readers *readers = ARENA_ARRAY(temporary, struct readers, program->tensor_count);
    for (int k = 0; k < program->kernel_count; k++) {
        const struct kernel *kernel = program->kernels[k];
        for (int i = 0; i < kernel->input_count; i++)
            reader_note(readers, kernel->inputs[i], kernel);
        for (int i = 0; i < kernel->node_count; i++)
            for (int j = 0; j < kernel->nodes[i]->input_count; j++)
                reader_note(readers, program->nodes[kernel->nodes[i]->inputs[j]->id].tensor, kernel);
    }
    return readers;
}

// Tensors in scratch memory, in order, and for each the earliest maker of it and all later tensors. The makers are not
// in order, because a fused node can belong to an earlier kernel than the nodes before it.
struct scratch_list {
    struct tensor **tensors;    // [count]
    int *earliest;
    int count;
};

static struct scratch_list scratch_list(struct arena *temporary, const struct program *program) {
    int count = program->tensor_count;
    struct scratch_list list = {ARENA_ARRAY(temporary, struct tensor *, count), ARENA_ARRAY(temporary, int, count), 0};
    for (int i = 0; i < count; i++)
        if (program->tensors[i]->storage.place == PLACE_SCRATCH) list.tensors[list.count++] = program->tensors[i];
    for (int i = list.count - 1; i >= 0; i--) {
        list.earliest[i] = list.tensors[i]->kernel->number;
        if (i + 1 < list.count && list.earliest[i + 1] < list.earliest[i]) list.earliest[i] = list.earliest[i + 1];
    }
    return list;
}

static void scratch_store(struct arena *temporary, struct program *program, const struct readers *readers) {
    struct scratch_list list = scratch_list(temporary, program);
    struct lifetime *lifetimes = ARENA_ARRAY(temporary, struct lifetime, list.count);
    struct first_fit fit = {0};
    for (int i = 0; i < list.count; i++) {
        struct tensor *tensor = list.tensors[i];
        struct lifetime *lifetime = &lifetimes[i];
        *lifetime = (struct lifetime){.count = line_rounded(tensor->node->count),
                                      .from = tensor->kernel->number,
                                      .to = readers[tensor->number].last};
        first_fit_place(&fit, lifetime, list.earliest[i]);
        tensor->storage.offset = lifetime->offset;
        size_t end = lifetime->offset + lifetime->count;
        if (program->scratch < end) program->scratch = end;
    }
}

static void tensor_store(struct program *program, struct tensor *tensor, const struct readers *readers) {
    const struct node *node = tensor->node;
    struct storage *storage = &tensor->storage;
    if (node->extent == EXTENT_SHARED) {
        *storage = (struct storage){PLACE_REPACKED, program->repacked, 0};
        program->repacked += line_rounded(node->count);
    } else if (readers->elsewhere) {
        *storage = (struct storage){PLACE_BATCH, program->batch, node->count};
        program->batch += line_rounded(node->count);
    } else {
        *storage = (struct storage){PLACE_SCRATCH, 0, node->count};
    }
}

void storage_plan(struct arena *temporary, const struct plan *plan, struct program *program,
                  const struct results *results) {
    size_t stride = code_stride(plan, program);
    const struct readers *readers = readers_find(temporary, program);
    for (int i = 0; i < program->tensor_count; i++) {
        struct tensor *tensor = program->tensors[i];
        if (!tensor->kernel) tensor->storage = leaf_storage(plan, tensor->node, stride);
    }
    for (int i = 0; i < results->count; i++)
        program->nodes[results->list[i].node->id].tensor->storage = results->list[i].storage;
    for (int i = 0; i < program->tensor_count; i++) {
        struct tensor *tensor = program->tensors[i];
        if (tensor->kernel && tensor->storage.place == PLACE_NONE && readers[i].last)
            tensor_store(program, tensor, &readers[i]);
    }
    scratch_store(temporary, program, readers);
}
