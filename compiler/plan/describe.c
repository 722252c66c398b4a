#include "compiler/plan/describe.h"

#include "compiler/nest/choose.h"

struct describer {
    const struct plan *plan;
    const struct kernel *kernel;
    struct described *described;
    struct kernel_description *d;
    int *uniforms;    // [graph->count] number of a uniform node, -1 where it has none yet
};

static int array_add(struct describer *r, const char *name, const struct node *node, bool written) {
    struct kernel_description *d = r->d;
    for (int i = 0; i < d->array_count; i++)
        if (r->described->nodes[i] == node && d->arrays[i].written == written) return i;
    const struct storage *storage = &r->plan->storage[node->id];
    r->described->nodes[d->array_count] = node;
    d->arrays[d->array_count] = (struct kernel_array){name, node->count, storage->stride, written, !written};
    return d->array_count++;
}

static bool is_stored(const struct describer *r, const struct node *node) {
    return r->plan->storage[node->id].place != PLACE_NONE;
}

static int value_number(const struct kernel *kernel, const struct node *node) {
    for (int i = 0; i < kernel->node_count; i++)
        if (kernel->nodes[i] == node) return i;
    return -1;
}

static struct kernel_operand uniform_operand(struct describer *r, const struct node *node);

static int uniform_add(struct describer *r, const struct node *node) {
    if (r->uniforms[node->id] >= 0) return r->uniforms[node->id];
    struct kernel_uniform uniform = {.op = node->op, .constant = node_constant(node), .input_count = node->input_count};
    if (node->op == OP_TERM_SCALE) uniform.term = node->term.index;
    for (int i = 0; i < node->input_count; i++)
        uniform.inputs[i] = uniform_operand(r, node->inputs[i]);
    r->d->uniforms[r->d->uniform_count] = uniform;
    return r->uniforms[node->id] = r->d->uniform_count++;
}

static struct kernel_operand uniform_operand(struct describer *r, const struct node *node) {
    if (node->op == OP_CONSTANT) return (struct kernel_operand){SOURCE_NUMBER, 0, node_constant(node)};
    return (struct kernel_operand){SOURCE_UNIFORM, uniform_add(r, node), 0};
}

static struct kernel_operand value_operand(struct describer *r, const struct node *node, int *inputs) {
    if (node_is_uniform(node)) return uniform_operand(r, node);
    if (node == r->kernel->anchor) return (struct kernel_operand){SOURCE_ANCHOR, 0, 0};
    if (kernel_has(r->plan, r->kernel, node))
        return (struct kernel_operand){SOURCE_VALUE, value_number(r->kernel, node), 0};
    int before = r->d->array_count, number = array_add(r, arena_print(r->plan->arena, "in%d", *inputs), node, false);
    *inputs += number == before;
    return (struct kernel_operand){SOURCE_ARRAY, number, 0};
}

static void values_describe(struct describer *r) {
    int inputs = 0, outputs = 0;
    for (int i = 0; i < r->kernel->node_count; i++) {
        const struct node *node = r->kernel->nodes[i];
        struct kernel_value value = {.op = node->op, .constant = node_constant(node), .input_count = node->input_count};
        for (int j = 0; j < node->input_count; j++)
            value.inputs[j] = value_operand(r, node->inputs[j], &inputs);
        value.after_sum = kernel_behind_sum(r->plan, r->kernel, node);
        value.array = -1;
        if (is_stored(r, node)) value.array = array_add(r, arena_print(r->plan->arena, "out%d", outputs++), node, true);
        r->d->values[r->d->value_count++] = value;
    }
}

static void tiling_describe(struct describer *r) {
    const struct machine *machine = r->plan->machine;
    struct kernel_description *d = r->d;
    struct tiling *tiling = &d->tiling;
    tiling->packed = r->kernel->anchor->packed;
    tiling->task_rows = r->kernel->block_rows;
    if (d->kind == KERNEL_CONVOLVE) tiling->tile = convolve_tile(machine, &d->geometry, tiling->packed);
    if (d->kind == KERNEL_TRANSPOSED) tiling->tile = transposed_tile(machine, &d->geometry, tiling->packed);
    if (d->kind != KERNEL_WEIGHT_GRADIENT) return;
    struct weight_tile weight = weight_tile(machine, &d->geometry);
    tiling->tile = weight.tile;
    tiling->turned = weight.turned;
    tiling->taps = weight.taps;
}

static enum kernel_kind kind_of(const struct node *anchor) {
    const struct geometry geometry = node_geometry(anchor);
    bool dense = geometry_is_dense(&geometry);
    switch ((int)anchor->op) {
    case OP_CONVOLVE: return KERNEL_CONVOLVE;
    // The transposed use of a dense layer is a dense layer on the repacked weight.
    case OP_CONVOLVE_TRANSPOSED: return dense ? KERNEL_CONVOLVE : KERNEL_TRANSPOSED;
    case OP_CONVOLVE_WEIGHT: return KERNEL_WEIGHT_GRADIENT;
    case OP_BIAS_SUM: return KERNEL_BIAS_GRADIENT;
    case OP_REPACK: return KERNEL_REPACK;
    case OP_PERMUTE: return KERNEL_PERMUTE;
    case OP_PACK: return KERNEL_PACK;
    case OP_UNPACK: return KERNEL_UNPACK;
    default: return KERNEL_RANDOM;
    }
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
    d->kind = kind_of(anchor);
    d->op = anchor->op;
    d->geometry = node_geometry(anchor);
    if (d->kind == KERNEL_CONVOLVE && anchor->op == OP_CONVOLVE_TRANSPOSED)
        d->geometry = geometry_turned(&d->geometry);
    d->back = anchor->op == OP_PERMUTE && anchor->permute.back;
    if (d->kind == KERNEL_RANDOM) d->site = anchor->random.site;
    if (d->kind == KERNEL_RANDOM) d->probability = anchor->random.probability;
    d->whole_batch = r->kernel->phase == PHASE_WEIGHTS;
    int *roles[] = {&d->roles.input, &d->roles.weight, &d->roles.bias};
    for (int i = 0; i < anchor->input_count; i++)
        *roles[i] = array_add(r, names[d->kind][i], anchor->inputs[i], false);
    if (is_stored(r, anchor)) d->roles.output = array_add(r, names[d->kind][3], anchor, true);
    tiling_describe(r);
}

struct described *kernel_describe(const struct plan *plan, const struct kernel *kernel) {
    struct arena *arena = plan->arena;
    struct described *described = ARENA_NEW(arena, struct described);
    struct kernel_description *d = &described->description;
    size_t arrays = 8 + 4 * (size_t)kernel->node_count;
    described->nodes = ARENA_ARRAY(arena, const struct node *, arrays);
    d->arrays = ARENA_ARRAY(arena, struct kernel_array, arrays);
    d->values = ARENA_ARRAY(arena, struct kernel_value, kernel->node_count + 1);
    d->uniforms = ARENA_ARRAY(arena, struct kernel_uniform, plan->graph->count);
    d->roles = (struct kernel_roles){-1, -1, -1, -1};
    d->count = kernel->count;
    struct describer r = {plan, kernel, described, d, ARENA_ARRAY(arena, int, plan->graph->count)};
    for (int i = 0; i < plan->graph->count; i++)
        r.uniforms[i] = -1;
    if (kernel->anchor) anchor_describe(&r);
    values_describe(&r);
    return described;
}
