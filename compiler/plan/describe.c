#include <string.h>

#include "compiler/nest/choose.h"
#include "compiler/plan/build.h"

// Makes the descriptions of a program's kernels, from which the loop nests are built.

// Numbers of nodes and tensors in the current kernel, otherwise -1. The arrays are reused for all kernels, so that
// describing a kernel takes time in proportion to its size.
struct numbers {
    int *read, *written;             // [tensor_count] in arrays
    int *uniform;                    // [graph->count] of nodes in uniforms
    const struct node **uniforms;    // the nodes that have a number
};

struct describer {
    const struct program *program;
    const struct kernel *kernel;
    struct described *described;
    struct kernel_description *d;
    struct numbers numbers;
    struct kernel_uniform *uniforms;    // [graph->count] of the kernel, d->uniform_count of them
};

static int array_add(struct describer *r, const char *name, const struct tensor *tensor, bool written) {
    struct kernel_description *d = r->d;
    int *number = written ? &r->numbers.written[tensor->number] : &r->numbers.read[tensor->number];
    if (*number >= 0) return *number;
    r->described->tensors[d->array_count] = tensor;
    d->arrays[d->array_count] =
        (struct kernel_array){name, tensor->node->count, tensor->storage.stride, written, !written};
    return *number = d->array_count++;
}

static bool is_stored(const struct tensor *tensor) {
    return tensor->storage.place != PLACE_NONE;
}

static struct kernel_operand uniform_operand(struct describer *r, const struct node *node);

static int uniform_add(struct describer *r, const struct node *node) {
    int *number = &r->numbers.uniform[node->id];
    if (*number >= 0) return *number;
    struct kernel_uniform uniform = {.op = node->op, .constant = node_constant(node), .input_count = node->input_count};
    if (node->op == OP_TERM_SCALE) uniform.term = node->term.index;
    for (int i = 0; i < node->input_count; i++)
        uniform.inputs[i] = uniform_operand(r, node->inputs[i]);
    r->numbers.uniforms[r->d->uniform_count] = node;
    r->uniforms[r->d->uniform_count] = uniform;
    return *number = r->d->uniform_count++;
}

static struct kernel_operand uniform_operand(struct describer *r, const struct node *node) {
    if (node->op == OP_CONSTANT) return (struct kernel_operand){SOURCE_NUMBER, 0, node_constant(node)};
    return (struct kernel_operand){SOURCE_UNIFORM, uniform_add(r, node), 0};
}

// The tensor's own name, for tensors of the latent and the loss: their kernels are not shared. NULL for a tensor of a
// layer, because layers can share a kernel.
static const char *own_name(const struct describer *r, const struct tensor *tensor) {
    bool once = !r->kernel->anchor && !r->kernel->nodes[0]->layer;
    return once || !tensor->node->layer ? tensor->name : NULL;
}

static const char *input_name(const struct describer *r, const struct tensor *tensor, int *inputs) {
    const char *own = own_name(r, tensor);
    return own ? own : arena_print(r->program->arena, "in%d", (*inputs)++);
}

static struct kernel_operand value_operand(struct describer *r, const struct node *node, int *inputs) {
    if (node_is_uniform(node)) return uniform_operand(r, node);
    if (node == r->kernel->anchor) return (struct kernel_operand){SOURCE_ANCHOR, 0, 0};
    if (kernel_has(r->program, r->kernel, node))
        return (struct kernel_operand){SOURCE_VALUE, r->program->nodes[node->id].value, 0};
    const struct tensor *tensor = r->program->nodes[node->id].tensor;
    int number = r->numbers.read[tensor->number];
    if (number < 0) number = array_add(r, input_name(r, tensor, inputs), tensor, false);
    return (struct kernel_operand){SOURCE_ARRAY, number, 0};
}

// For a layer: "output" if the kernel has only one, else "out0", "out1", ...
static const char *output_name(const struct describer *r, const struct tensor *tensor, int *outputs) {
    const char *own = own_name(r, tensor);
    if (own) return own;
    int stored = r->d->roles.output >= 0;
    for (int i = 0; i < r->kernel->node_count; i++)
        stored += is_stored(r->program->nodes[r->kernel->nodes[i]->id].tensor);
    return stored == 1 ? "output" : arena_print(r->program->arena, "out%d", (*outputs)++);
}

static void values_describe(struct describer *r) {
    int inputs = 0, outputs = 0;
    for (int i = 0; i < r->kernel->node_count; i++) {
        const struct node *node = r->kernel->nodes[i];
        struct kernel_value value = {.op = node->op, .constant = node_constant(node), .input_count = node->input_count};
        for (int j = 0; j < node->input_count; j++)
            value.inputs[j] = value_operand(r, node->inputs[j], &inputs);
        const struct node_plan *planned = &r->program->nodes[node->id];
        value.after_sum = planned->after_sum;
        value.array = -1;
        if (is_stored(planned->tensor))
            value.array = array_add(r, output_name(r, planned->tensor, &outputs), planned->tensor, true);
        r->d->values[r->d->value_count++] = value;
    }
}

static const enum kernel_kind kinds[] = {
#define OP(id, name, class, kernel, ...) [OP_##id] = KERNEL_##kernel,
#include "language/ops.def"
};

_Static_assert(sizeof kinds / sizeof *kinds == OP_KINDS, "a kind for each op");

enum kernel_kind node_kernel_kind(const struct node *anchor) {
    const struct geometry geometry = node_geometry(anchor);
    // A transposed dense layer is a dense layer with the repacked weight.
    bool turned = anchor->op == OP_CONVOLVE_TRANSPOSED && geometry_is_dense(&geometry);
    return turned ? KERNEL_CONVOLVE : kinds[anchor->op];
}

struct geometry node_kernel_geometry(const struct node *anchor) {
    const struct geometry geometry = node_geometry(anchor);
    bool turned = anchor->op == OP_CONVOLVE_TRANSPOSED && geometry_is_dense(&geometry);
    return turned ? geometry_turned(&geometry) : geometry;
}

// The names of the arrays of a kernel's anchor: its inputs and its result. d_output is the gradient with respect to a
// layer's output.
static const char *const *role_names(const struct kernel *kernel) {
    static const char *const backward[] = {"d_output", "weight", "bias", "d_input"};
    static const char *const dense_gradient[] = {"input", "d_output", NULL, "gradient"};
    const struct geometry geometry = node_geometry(kernel->anchor);
    if (kernel_rows[kernel->kind].sums == SUMS_FUSED && kernel->anchor->backward) return backward;
    bool dense = geometry_is_dense(&geometry);
    return dense && kernel->kind == KERNEL_WEIGHT_GRADIENT ? dense_gradient : kernel_rows[kernel->kind].roles;
}

static void anchor_describe(struct describer *r) {
    const struct kernel *kernel = r->kernel;
    const struct node *anchor = kernel->anchor;
    const char *const *names = role_names(kernel);
    struct kernel_description *d = r->d;
    d->op = anchor->op;
    d->geometry = kernel_is_packing(kernel) ? (struct geometry){0} : node_kernel_geometry(anchor);
    enum op_attributes attributes = op_rows[anchor->op].attributes;
    d->back = attributes == ATTRIBUTES_PERMUTE && anchor->permute.back;
    if (attributes == ATTRIBUTES_RANDOM) d->site = anchor->random.site;
    if (attributes == ATTRIBUTES_RANDOM) d->probability = anchor->random.probability;
    d->whole_batch = node_is_whole_batch(anchor);
    d->tiling.packed = kernel->output->packed;
    int inputs[OP_INPUTS] = {-1, -1, -1};
    for (int i = 0; i < kernel->input_count; i++)
        inputs[i] = array_add(r, names[i], kernel->inputs[i], false);
    d->roles.input = inputs[0];
    d->roles.weight = inputs[1];
    d->roles.bias = inputs[2];
    if (is_stored(kernel->output)) d->roles.output = array_add(r, names[3], kernel->output, true);
}

// The most arrays that a kernel can have: the inputs and the result of each node.
static size_t arrays_most(const struct kernel *kernel) {
    size_t most = (size_t)kernel->input_count + 1;
    for (int i = 0; i < kernel->node_count; i++)
        most += (size_t)kernel->nodes[i]->input_count + 1;
    return most;
}

static void numbers_forget(struct describer *r) {
    for (int i = 0; i < r->d->array_count; i++)
        r->numbers.read[r->described->tensors[i]->number] = r->numbers.written[r->described->tensors[i]->number] = -1;
    for (int i = 0; i < r->d->uniform_count; i++)
        r->numbers.uniform[r->numbers.uniforms[i]->id] = -1;
}

static void uniforms_copy(struct describer *r) {
    struct kernel_description *d = r->d;
    d->uniforms = ARENA_ARRAY(r->program->arena, struct kernel_uniform, d->uniform_count);
    if (d->uniform_count) memcpy(d->uniforms, r->uniforms, (size_t)d->uniform_count * sizeof *d->uniforms);
}

static struct described *kernel_describe(struct describer *r, const struct kernel *kernel) {
    struct arena *arena = r->program->arena;
    struct described *described = ARENA_NEW(arena, struct described);
    struct kernel_description *d = &described->description;
    size_t arrays = arrays_most(kernel);
    described->tensors = ARENA_ARRAY(arena, const struct tensor *, arrays);
    d->arrays = ARENA_ARRAY(arena, struct kernel_array, arrays);
    d->values = ARENA_ARRAY(arena, struct kernel_value, kernel->node_count);
    d->roles = (struct kernel_roles){-1, -1, -1, -1};
    d->kind = kernel->kind;
    d->count = kernel->count;
    r->kernel = kernel;
    r->described = described;
    r->d = d;
    if (kernel->anchor) anchor_describe(r);
    values_describe(r);
    uniforms_copy(r);
    numbers_forget(r);
    return described;
}

static int *numbers_new(struct arena *temporary, int count) {
    int *numbers = ARENA_ARRAY(temporary, int, count);
    for (int i = 0; i < count; i++)
        numbers[i] = -1;
    return numbers;
}

void kernels_describe(struct arena *temporary, struct program *program) {
    int count = program->graph->count;
    struct describer r = {.program = program, .uniforms = ARENA_ARRAY(temporary, struct kernel_uniform, count)};
    r.numbers =
        (struct numbers){numbers_new(temporary, program->tensor_count), numbers_new(temporary, program->tensor_count),
                         numbers_new(temporary, count), ARENA_ARRAY(temporary, const struct node *, count)};
    for (int i = 0; i < program->kernel_count; i++)
        program->kernels[i]->described = kernel_describe(&r, program->kernels[i]);
}
