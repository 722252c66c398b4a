#include "compiler/nest/choose.h"
#include "compiler/plan/check.h"

// Compares a description with the nodes, storage and tasks of its kernel, field by field.
struct description_checker {
    struct checker *c;
    const struct kernel *kernel;
    const struct kernel_description *d;
    const struct tensor *const *tensors;    // the tensors of the arrays
    // Tensors and nodes that were found. Entries are valid for the current kernel if the stamp is its number + 1.
    int *read_stamp;                        // [tensor_count]
    int *uniform_stamp, *uniform_number;    // [graph->count]
    int reads, writes, uniforms;            // counts of the kernel: arrays read, arrays written, uniform numbers
};

static bool fails(struct description_checker *r, const char *what, int number) {
    return check_fails(r->c, "kernel %d: %s %d differs from the graph", r->kernel->number, what, number);
}

static bool array_is(const struct description_checker *r, int number, const struct tensor *tensor, bool written) {
    return number >= 0 && number < r->d->array_count && r->tensors[number] == tensor &&
           r->d->arrays[number].written == written;
}

static const struct tensor *tensor_of(const struct description_checker *r, const struct node *node) {
    return r->c->program->nodes[node->id].tensor;
}

static void read_count(struct description_checker *r, const struct tensor *tensor) {
    int stamp = r->kernel->number + 1;
    if (r->read_stamp[tensor->number] != stamp) r->reads++;
    r->read_stamp[tensor->number] = stamp;
}

static void uniform_count(struct description_checker *r, const struct node *node) {
    int stamp = r->kernel->number + 1;
    if (node->op == OP_CONSTANT || r->uniform_stamp[node->id] == stamp) return;
    r->uniform_stamp[node->id] = stamp;
    r->uniform_number[node->id] = -1;
    r->uniforms++;
    for (int i = 0; i < node->input_count; i++)
        uniform_count(r, node->inputs[i]);
}

static bool is_stored(const struct tensor *tensor) {
    return tensor->storage.place != PLACE_NONE;
}

// Checks the counts of arrays and uniform numbers, before the lists are read.
static bool counts_check(struct description_checker *r) {
    const struct kernel *kernel = r->kernel;
    r->reads = r->writes = r->uniforms = 0;
    for (int i = 0; i < kernel->input_count; i++)
        read_count(r, kernel->inputs[i]);
    r->writes += kernel->output && is_stored(kernel->output);
    for (int i = 0; i < kernel->node_count; i++) {
        const struct node *node = kernel->nodes[i];
        r->writes += is_stored(tensor_of(r, node));
        for (int j = 0; j < node->input_count; j++) {
            if (node_is_uniform(node->inputs[j]))
                uniform_count(r, node->inputs[j]);
            else if (!kernel_has(r->c->program, kernel, node->inputs[j]))
                read_count(r, tensor_of(r, node->inputs[j]));
        }
    }
    if (r->d->array_count != r->reads + r->writes) return fails(r, "number of arrays", r->d->array_count);
    if (r->d->uniform_count != r->uniforms) return fails(r, "number of uniform numbers", r->d->uniform_count);
    return r->d->value_count == kernel->node_count || fails(r, "number of values", r->d->value_count);
}

static bool arrays_check(struct description_checker *r) {
    for (int i = 0; i < r->d->array_count; i++) {
        const struct kernel_array *array = &r->d->arrays[i];
        const struct tensor *tensor = r->tensors[i];
        bool own = tensor->kernel == r->kernel;
        if (!array->name || array->count != tensor->node->count || array->stride != tensor->storage.stride ||
            array->written != own || array->read == own)
            return fails(r, "array", i);
    }
    return true;
}

static bool operand_check(struct description_checker *r, const struct kernel_operand *operand, const struct node *node,
                          int before);

// Checks that uniform number `number` is the node; each is checked once.
static bool uniform_check(struct description_checker *r, const struct node *node, int number) {
    if (number < 0 || number >= r->d->uniform_count) return fails(r, "uniform number", number);
    int *known = &r->uniform_number[node->id];
    if (*known >= 0) return *known == number || fails(r, "uniform number", number);
    *known = number;
    const struct kernel_uniform *uniform = &r->d->uniforms[number];
    int term = node->op == OP_TERM_SCALE ? node->term.index : 0;
    if (uniform->op != node->op || uniform->term != term || uniform->constant != node_constant(node) ||
        uniform->input_count != node->input_count)
        return fails(r, "uniform number", number);
    for (int i = 0; i < node->input_count; i++)
        if (!operand_check(r, &uniform->inputs[i], node->inputs[i], number)) return false;
    return true;
}

// Checks an operand of value or uniform number `before`.
static bool operand_check(struct description_checker *r, const struct kernel_operand *operand, const struct node *node,
                          int before) {
    const struct program *program = r->c->program;
    bool right = false;
    if (operand->source != SOURCE_NUMBER && operand->constant != 0) return fails(r, "an operand of value", before);
    switch (operand->source) {
    case SOURCE_NUMBER:
        right = node->op == OP_CONSTANT && operand->constant == node_constant(node) && operand->number == 0;
        break;
    case SOURCE_UNIFORM:
        if (!node_is_uniform(node) || node->op == OP_CONSTANT) break;
        return uniform_check(r, node, operand->number);
    case SOURCE_ARRAY: right = array_is(r, operand->number, tensor_of(r, node), false); break;
    case SOURCE_ANCHOR: right = node == r->kernel->anchor && operand->number == 0; break;
    case SOURCE_VALUE:
        right = kernel_has(program, r->kernel, node) && operand->number >= 0 && operand->number < before &&
                r->kernel->nodes[operand->number] == node;
        break;
    }
    return right || fails(r, "an operand of value", before);
}

static bool values_check(struct description_checker *r) {
    for (int i = 0; i < r->d->value_count; i++) {
        const struct kernel_value *value = &r->d->values[i];
        const struct node *node = r->kernel->nodes[i];
        const struct tensor *tensor = tensor_of(r, node);
        bool stored = is_stored(tensor) ? array_is(r, value->array, tensor, true) : value->array == -1;
        if (!stored || value->op != node->op || value->constant != node_constant(node) ||
            value->input_count != node->input_count || value->after_sum != r->c->program->nodes[node->id].after_sum)
            return fails(r, "value", i);
        for (int j = 0; j < node->input_count; j++)
            if (!operand_check(r, &value->inputs[j], node->inputs[j], i)) return false;
    }
    return true;
}

static bool roles_check(struct description_checker *r) {
    const struct kernel *kernel = r->kernel;
    const struct kernel_roles *roles = &r->d->roles;
    const int inputs[] = {roles->input, roles->weight, roles->bias};
    for (int i = 0; i < 3; i++) {
        bool has = i < kernel->input_count;
        if (has ? !array_is(r, inputs[i], kernel->inputs[i], false) : inputs[i] != -1) return fails(r, "role", i);
    }
    bool stored = kernel->output && is_stored(kernel->output);
    if (stored ? !array_is(r, roles->output, kernel->output, true) : roles->output != -1) return fails(r, "role", 3);
    return true;
}

static bool anchor_check(struct description_checker *r) {
    const struct node *anchor = r->kernel->anchor;
    const struct kernel_description *d = r->d;
    struct kernel_description want = {.kind = r->kernel->kind};
    if (anchor) {
        want.op = anchor->op;
        if (!kernel_is_packing(r->kernel)) want.geometry = node_kernel_geometry(anchor);
        want.tiling.packed = r->kernel->output->packed;
        want.whole_batch = node_is_whole_batch(anchor);
        enum op_attributes attributes = op_rows[anchor->op].attributes;
        want.back = attributes == ATTRIBUTES_PERMUTE && anchor->permute.back;
        want.site = attributes == ATTRIBUTES_RANDOM ? anchor->random.site : 0;
        want.probability = attributes == ATTRIBUTES_RANDOM ? anchor->random.probability : 0;
    }
    if (d->kind != want.kind || d->op != want.op || !geometry_equal(&d->geometry, &want.geometry) ||
        d->tiling.packed != want.tiling.packed || d->count != r->kernel->count)
        return fails(r, "op", (int)d->op);
    if (d->whole_batch != want.whole_batch || d->back != want.back || d->site != want.site ||
        d->probability != want.probability)
        return fails(r, "option of op", (int)d->op);
    return roles_check(r);
}

static bool tiling_check(struct description_checker *r) {
    const struct kernel *kernel = r->kernel;
    const char *fault = tiling_fault(r->c->plan->machine, r->d);
    if (fault) return check_fails(r->c, "kernel %d: %s", kernel->number, fault);
    long rows = r->d->tiling.task_rows, all = r->d->geometry.large_channels;
    struct tasks want = {1, 1, 1};
    if (rows) want = (struct tasks){(size_t)((all + rows - 1) / rows), rows, all};
    if (r->c->program->segments[kernel->segment].kind == SEGMENT_SAMPLES) want = (struct tasks){0, 0, 0};
    const struct tasks *tasks = &kernel->tasks;
    if (tasks->count != want.count || tasks->rows != want.rows || tasks->all != want.all)
        return check_fails(r->c, "kernel %d: the tasks do not cover the weight", kernel->number);
    return true;
}

bool descriptions_check(struct checker *c) {
    const struct program *program = c->program;
    int count = program->graph->count;
    struct description_checker r = {c, .read_stamp = ARENA_ARRAY(c->arena, int, program->tensor_count),
                                    .uniform_stamp = ARENA_ARRAY(c->arena, int, count),
                                    .uniform_number = ARENA_ARRAY(c->arena, int, count)};
    for (int i = 0; i < program->kernel_count; i++) {
        r.kernel = program->kernels[i];
        r.d = &r.kernel->described->description;
        r.tensors = r.kernel->described->tensors;
        if (!counts_check(&r) || !arrays_check(&r) || !anchor_check(&r) || !values_check(&r) || !tiling_check(&r))
            return false;
    }
    return true;
}
