#include <string.h>

#include "compiler/plan/build.h"

// Where every tensor is: what the caller gives and takes, and what is kept between kernels.

size_t line_rounded(size_t count) {
    return (count + LINE_ELEMENTS - 1) / LINE_ELEMENTS * LINE_ELEMENTS;
}

const struct storage *node_storage(const struct program *program, const struct node *node) {
    return &program->nodes[node->id].storage;
}

size_t code_stride(const struct plan *plan, const struct program *program) {
    const struct latent *latent = &plan->network->spec->latent;
    // decode takes z itself.
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

static struct storage leaf_storage(const struct plan *plan, const struct node *node, size_t stride) {
    switch ((int)node->op) {
    case OP_INPUT: return (struct storage){PLACE_INPUT, 0, node->count};
    case OP_OUTPUT: return (struct storage){PLACE_OUTPUT, 0, node->count};
    case OP_CODE: return (struct storage){PLACE_CODE, (size_t)node->code.head * node->count, stride};
    case OP_PARAMETER: return (struct storage){PLACE_PARAMETERS, plan->parameters[node->parameter.index].offset, 0};
    default: return (struct storage){PLACE_NONE, 0, 0};
    }
}

// Who reads a node's tensor beside the kernel that makes it.
struct readers {
    int last;          // number of the last kernel that does; 0: none does, since a maker comes before
    bool elsewhere;    // one in another segment does
};

static struct readers *readers_find(struct arena *temporary, const struct program *program) {
    struct readers *readers = ARENA_ARRAY(temporary, struct readers, program->graph->count);
    for (const struct node *user = program->graph->first; user; user = user->next) {
        const struct kernel *kernel = program->nodes[user->id].kernel;
        for (int i = 0; kernel && i < user->input_count; i++) {
            const struct kernel *maker = program->nodes[user->inputs[i]->id].kernel;
            struct readers *found = &readers[user->inputs[i]->id];
            if (!maker || maker == kernel) continue;
            if (maker->segment != kernel->segment) found->elsewhere = true;
            if (kernel->number > found->last) found->last = kernel->number;
        }
    }
    return readers;
}

// A tensor in scratch memory, from the kernel that makes it to the last that reads it.
struct lifetime {
    size_t offset, count;
    int from, to;
};

// Those that a tensor to come may meet, by offset.
struct live {
    struct lifetime *list;    // [count]
    int count;
};

// First fit: the lowest offset that no tensor alive at the same time has. Tensors that ended before `earliest` are
// dropped: no kernel to come makes a tensor before that.
static size_t live_fit(struct live *live, const struct lifetime *wanted, int earliest) {
    size_t offset = 0;
    int kept = 0;
    bool found = false;
    for (int i = 0; i < live->count; i++) {
        const struct lifetime other = live->list[i];
        if (other.to < earliest) continue;
        live->list[kept++] = other;
        bool together = other.from <= wanted->to && wanted->from <= other.to;
        if (found || !together) continue;
        found = other.offset >= offset + wanted->count;
        if (!found && other.offset + other.count > offset) offset = other.offset + other.count;
    }
    live->count = kept;
    return offset;
}

static void live_add(struct live *live, const struct lifetime *lifetime) {
    int at = live->count++;
    for (; at > 0 && live->list[at - 1].offset > lifetime->offset; at--)
        live->list[at] = live->list[at - 1];
    live->list[at] = *lifetime;
}

// Nodes whose tensors are in scratch memory, in order, and for each the earliest kernel that makes one of those from it
// on. Fused nodes belong to earlier kernels than nodes before them, so the kernels of the list go back and forth.
struct scratch_list {
    const struct node **nodes;    // [count]
    int *earliest;
    int count;
};

static struct scratch_list scratch_list(struct arena *temporary, const struct program *program) {
    int count = program->graph->count;
    struct scratch_list list = {ARENA_ARRAY(temporary, const struct node *, count), ARENA_ARRAY(temporary, int, count),
                                0};
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (node_storage(program, node)->place == PLACE_SCRATCH) list.nodes[list.count++] = node;
    for (int i = list.count - 1; i >= 0; i--) {
        list.earliest[i] = program->nodes[list.nodes[i]->id].kernel->number;
        if (i + 1 < list.count && list.earliest[i + 1] < list.earliest[i]) list.earliest[i] = list.earliest[i + 1];
    }
    return list;
}

static void scratch_store(struct arena *temporary, struct program *program, const struct readers *readers) {
    struct scratch_list list = scratch_list(temporary, program);
    struct live live = {ARENA_ARRAY(temporary, struct lifetime, list.count), 0};
    for (int i = 0; i < list.count; i++) {
        const struct node *node = list.nodes[i];
        struct node_plan *planned = &program->nodes[node->id];
        struct lifetime wanted = {0, line_rounded(node->count), planned->kernel->number, readers[node->id].last};
        wanted.offset = live_fit(&live, &wanted, list.earliest[i]);
        live_add(&live, &wanted);
        planned->storage.offset = wanted.offset;
        if (program->scratch < wanted.offset + wanted.count) program->scratch = wanted.offset + wanted.count;
    }
}

static void tensor_store(struct program *program, const struct node *node, const struct readers *readers) {
    struct storage *storage = &program->nodes[node->id].storage;
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
    for (const struct node *node = program->graph->first; node; node = node->next)
        program->nodes[node->id].storage = leaf_storage(plan, node, stride);
    for (int i = 0; i < results->count; i++)
        program->nodes[results->list[i].node->id].storage = results->list[i].storage;
    for (const struct node *node = program->graph->first; node; node = node->next) {
        const struct node_plan *planned = &program->nodes[node->id];
        if (planned->kernel && planned->storage.place == PLACE_NONE && readers[node->id].last)
            tensor_store(program, node, &readers[node->id]);
    }
    scratch_store(temporary, program, readers);
}
