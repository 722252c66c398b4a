#include <string.h>

#include "compiler/nest/choose.h"
#include "compiler/plan/build.h"

// From the kernels of a program to the descriptions that nests are built from.

// Numbers of nodes in the kernel that is described; -1 elsewhere. They are kept from kernel to kernel: describing one
// takes time in proportion to its own size.
struct numbers {
    int *read, *written;             // [graph->count] in arrays
    int *uniform;                    // [graph->count] in uniforms
    const struct node **uniforms;    // those that have a number
};

struct describer {
    const struct program *program;
    const struct kernel *kernel;
    struct described *described;
    struct kernel_description *d;
    struct numbers numbers;
    struct kernel_uniform *uniforms;    // [graph->count] of the kernel, d->uniform_count of them
};

static int array_add(struct describer *r, const char *name, const struct node *node, bool written) {
    struct kernel_description *d = r->d;
    int *number = written ? &r->numbers.written[node->id] : &r->numbers.read[node->id];
    if (*number >= 0) return *number;
    r->described->nodes[d->array_count] = node;
    d->arrays[d->array_count] =
        (struct kernel_array){name, node->count, node_storage(r->program, node)->stride, written, !written};
    return *number = d->array_count++;
}

static bool is_stored(const struct describer *r, const struct node *node) {
    return node_storage(r->program, node)->place != PLACE_NONE;
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

static struct kernel_operand value_operand(struct describer *r, const struct node *node, int *inputs) {
    if (node_is_uniform(node)) return uniform_operand(r, node);
    if (node == r->kernel->anchor) return (struct kernel_operand){SOURCE_ANCHOR, 0, 0};
    if (kernel_has(r->program, r->kernel, node))
        return (struct kernel_operand){SOURCE_VALUE, r->program->nodes[node->id].value, 0};
    int number = r->numbers.read[node->id];
    if (number < 0) number = array_add(r, arena_print(r->program->arena, "in%d", (*inputs)++), node, false);
    return (struct kernel_operand){SOURCE_ARRAY, number, 0};
}

// "output" where the kernel has one, else "out0", "out1", ...
static const char *output_name(const struct describer *r, int *outputs) {
    int stored = r->d->roles.output >= 0;
    for (int i = 0; i < r->kernel->node_count; i++)
        stored += is_stored(r, r->kernel->nodes[i]);
    return stored == 1 ? "output" : arena_print(r->program->arena, "out%d", (*outputs)++);
}

static void values_describe(struct describer *r) {
    int inputs = 0, outputs = 0;
    for (int i = 0; i < r->kernel->node_count; i++) {
        const struct node *node = r->kernel->nodes[i];
        struct kernel_value value = {.op = node->op, .constant = node_constant(node), .input_count = node->input_count};
        for (int j = 0; j < node->input_count; j++)
            value.inputs[j] = value_operand(r, node->inputs[j], &inputs);
        value.after_sum = r->program->nodes[node->id].after_sum;
        value.array = -1;
        if (is_stored(r, node))
            value.array = array_add(r, output_name(r, &outputs), node, true);
        r->d->values[r->d->value_count++] = value;
    }
}

enum kernel_kind node_kernel_kind(const struct node *anchor) {
    const struct geometry geometry = node_geometry(anchor);
    switch ((int)anchor->op) {
    case OP_CONVOLVE: return KERNEL_CONVOLVE;
    // The transposed use of a dense layer is a dense layer on the repacked weight.
    case OP_CONVOLVE_TRANSPOSED: return geometry_is_dense(&geometry) ? KERNEL_CONVOLVE : KERNEL_TRANSPOSED;
    case OP_CONVOLVE_WEIGHT: return KERNEL_WEIGHT_GRADIENT;
    case OP_BIAS_SUM: return KERNEL_BIAS_GRADIENT;
    case OP_REPACK: return KERNEL_REPACK;
    case OP_PERMUTE: return KERNEL_PERMUTE;
    case OP_PACK: return KERNEL_PACK;
    case OP_UNPACK: return KERNEL_UNPACK;
    default: return KERNEL_RANDOM;
    }
}

struct geometry node_kernel_geometry(const struct node *anchor) {
    const struct geometry geometry = node_geometry(anchor);
    bool turned = anchor->op == OP_CONVOLVE_TRANSPOSED && geometry_is_dense(&geometry);
    return turned ? geometry_turned(&geometry) : geometry;
}

static void anchor_describe(struct describer *r) {
    static const char *const names[][4] = {
        [KERNEL_CONVOLVE] = {"input", "weight", "bias", "output"},
        [KERNEL_TRANSPOSED] = {"input", "weight", "bias", "output"},
        [KERNEL_WEIGHT_GRADIENT] = {"large", "small", NULL, "gradient"},
        [KERNEL_BIAS_GRADIENT] = {"image", NULL, NULL, "gradient"},
        [KERNEL_REPACK] = {"weight", NULL, NULL, "packed"},
        [KERNEL_PERMUTE] = {"input", NULL, NULL, "output"},
        [KERNEL_PACK] = {"input", NULL, NULL, "output"},
        [KERNEL_UNPACK] = {"input", NULL, NULL, "output"},
        [KERNEL_RANDOM] = {NULL, NULL, NULL, "output"},
    };
    const struct node *anchor = r->kernel->anchor;
    struct kernel_description *d = r->d;
    d->kind = node_kernel_kind(anchor);
    d->op = anchor->op;
    d->geometry = node_kernel_geometry(anchor);
    d->back = anchor->op == OP_PERMUTE && anchor->permute.back;
    if (d->kind == KERNEL_RANDOM) d->site = anchor->random.site;
    if (d->kind == KERNEL_RANDOM) d->probability = anchor->random.probability;
    d->whole_batch = node_is_whole_batch(anchor);
    d->tiling.packed = anchor->packed;
    int *roles[] = {&d->roles.input, &d->roles.weight, &d->roles.bias};
    for (int i = 0; i < 3 && i < anchor->input_count; i++)
        *roles[i] = array_add(r, names[d->kind][i], anchor->inputs[i], false);
    if (is_stored(r, anchor)) d->roles.output = array_add(r, names[d->kind][3], anchor, true);
}

// Arrays that a kernel can have: each node's inputs and result.
static size_t arrays_most(const struct kernel *kernel) {
    size_t most = kernel->anchor ? (size_t)kernel->anchor->input_count + 1 : 0;
    for (int i = 0; i < kernel->node_count; i++)
        most += (size_t)kernel->nodes[i]->input_count + 1;
    return most;
}

static void numbers_forget(struct describer *r) {
    for (int i = 0; i < r->d->array_count; i++)
        r->numbers.read[r->described->nodes[i]->id] = r->numbers.written[r->described->nodes[i]->id] = -1;
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
    described->nodes = ARENA_ARRAY(arena, const struct node *, arrays);
    d->arrays = ARENA_ARRAY(arena, struct kernel_array, arrays);
    d->values = ARENA_ARRAY(arena, struct kernel_value, kernel->node_count);
    d->roles = (struct kernel_roles){-1, -1, -1, -1};
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

static int *numbers_new(struct arena *temporary, const struct program *program) {
    int *numbers = ARENA_ARRAY(temporary, int, program->graph->count);
    for (int i = 0; i < program->graph->count; i++)
        numbers[i] = -1;
    return numbers;
}

void kernels_describe(struct arena *temporary, struct program *program) {
    int count = program->graph->count;
    struct describer r = {.program = program, .uniforms = ARENA_ARRAY(temporary, struct kernel_uniform, count)};
    r.numbers = (struct numbers){numbers_new(temporary, program), numbers_new(temporary, program),
                                 numbers_new(temporary, program), ARENA_ARRAY(temporary, const struct node *, count)};
    for (int i = 0; i < program->kernel_count; i++)
        program->kernels[i]->described = kernel_describe(&r, program->kernels[i]);
}
