#include "compiler/nest/kernels.h"

#include <string.h>

const struct index *builder_loop(struct builder *b, const char *name, long from, long to, long step,
                                 struct statement **outer) {
    if (to - from <= step) {
        *outer = nest_scope(&b->nest);
        return index_constant(b->arena, from);
    }
    *outer = nest_loop(&b->nest, name, index_constant(b->arena, from), index_constant(b->arena, to), step);
    return index_variable(b->arena, name, from, from + (to - from - 1) / step * step);
}

const struct index *builder_run(struct builder *b, const struct column_run *run, struct statement **outer) {
    if (run->alone) return index_constant(b->arena, run->from);
    long each = run->lanes, step = run->columns * each;
    return builder_loop(b, "c", run->from, run->to, step, outer);
}

void builder_run_end(struct builder *b, const struct column_run *run, struct statement *outer) {
    if (!run->alone) nest_end(&b->nest, outer);
}

const struct index *builder_samples(struct builder *b, struct statement **outer) {
    *outer = nest_loop(&b->nest, "s", index_constant(b->arena, 0),
                       index_variable(b->arena, "samples", 0, INDEX_UNBOUNDED), 1);
    return index_variable(b->arena, "s", 0, INDEX_UNBOUNDED);
}

const char *builder_name(struct builder *b, const char *stem, int number) {
    // A name for each operand of each multiply-add: this is where the emitter's time would go in a printf.
    char digits[12];
    size_t length = strlen(stem), count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    char *name = arena_allocate(b->arena, length + count + 1, 1);
    memcpy(name, stem, length);
    for (size_t i = 0; i < count; i++)
        name[length + i] = digits[count - 1 - i];
    return name;
}

const struct storage *builder_storage(const struct builder *b, const struct node *node) {
    return &b->plan->storage[node->id];
}

const char *builder_array(struct builder *b, const char *name, const struct node *node, bool written) {
    struct kernel_code *code = b->code;
    for (int i = 0; i < code->array_count; i++)
        if (code->arrays[i].node == node && code->arrays[i].written == written) return code->arrays[i].name;
    code->arrays[code->array_count++] = (struct kernel_array){name, node, written};
    return name;
}

const struct index *index_sum(struct arena *arena, const struct index *a, const struct index *b,
                              const struct index *c) {
    return index_add(arena, index_add(arena, a, b), c);
}

static int node_number(const struct kernel *kernel, const struct node *node) {
    for (int i = 0; i < kernel->node_count; i++)
        if (kernel->nodes[i] == node) return i;
    return -1;
}

static struct operand uniform_operand(struct builder *b, const struct node *node) {
    if (node->op == OP_CONSTANT) return operand_number(node->scalar.value);
    return operand_scalar(builder_name(b, "u", node->id));
}

// Declares a uniform number and those it is made of, once each.
static void uniform_declare(struct builder *b, const struct node *node, bool *declared) {
    if (node->op == OP_CONSTANT || declared[node->id]) return;
    for (int i = 0; i < node->input_count; i++)
        uniform_declare(b, node->inputs[i], declared);
    declared[node->id] = true;
    const char *name = builder_name(b, "u", node->id);
    if (node->op == OP_TERM_SCALE) {
        b->code->takes_scale = true;
        struct statement *scalar = nest_add(&b->nest, STATEMENT_SCALAR, name);
        scalar->a = operand_element("term_scale", index_constant(b->arena, node->term.index));
        return;
    }
    struct statement *op = nest_add(&b->nest, STATEMENT_OP, name);
    struct operand *operands[] = {&op->a, &op->b, &op->c};
    op->op = node->op;
    op->constant = node_constant(node);
    for (int i = 0; i < node->input_count; i++)
        *operands[i] = uniform_operand(b, node->inputs[i]);
}

void builder_prologue(struct builder *b) {
    bool *declared = ARENA_ARRAY(b->arena, bool, b->plan->graph->count);
    int in = 0, out = 0;
    for (int i = 0; i < b->kernel->node_count; i++) {
        const struct node *node = b->kernel->nodes[i];
        for (int j = 0; j < node->input_count; j++) {
            const struct node *input = node->inputs[j];
            if (node_is_uniform(input))
                uniform_declare(b, input, declared);
            else if (!kernel_has(b->plan, b->kernel, input))
                builder_array(b, builder_name(b, "in", in++), input, false);
        }
        if (builder_storage(b, node)->place != PLACE_NONE) builder_array(b, builder_name(b, "out", out++), node, true);
    }
}

// Where element `at` of a sample lies in the array of a node.
static const struct index *element_index(struct builder *b, const struct node *node, const struct index *sample,
                                         const struct index *at) {
    return index_add(b->arena, index_multiply(b->arena, sample, (long)builder_storage(b, node)->stride), at);
}

static struct operand value_operand(struct builder *b, const struct node *node, const char *anchor,
                                    const struct index *sample, const struct index *at) {
    if (node_is_uniform(node)) return uniform_operand(b, node);
    if (node == b->kernel->anchor) return operand_register(anchor);
    if (kernel_has(b->plan, b->kernel, node)) return operand_value(builder_name(b, "v", node_number(b->kernel, node)));
    const char *name = builder_array(b, "in", node, false);
    if (node->count == 1) return operand_element(name, element_index(b, node, sample, index_constant(b->arena, 0)));
    return operand_memory(name, element_index(b, node, sample, at));
}

// A choice is made between values, not between reads: gcc 12 with AVX-512 at -O3 turns a conditional read of memory into
// a masked one of the wrong lanes.
static struct operand operand_loaded(struct builder *b, struct operand operand, const char *name) {
    if (operand.kind != OPERAND_MEMORY && operand.kind != OPERAND_REGISTER) return operand;
    nest_add(&b->nest, STATEMENT_LOAD, name)->a = operand;
    return operand_value(name);
}

static void value_compute(struct builder *b, const struct node *node, const char *anchor, const struct index *sample,
                          const struct index *at) {
    static const char *const names[] = {"a", "b", "c"};
    struct operand operands[3] = {{0}};
    int number = node_number(b->kernel, node);
    for (int i = 0; i < node->input_count; i++) {
        operands[i] = value_operand(b, node->inputs[i], anchor, sample, at);
        if (!b->machine->macro && (node->op == OP_SELECT || node->op == OP_RELU))
            operands[i] = operand_loaded(b, operands[i], builder_name(b, names[i], number));
    }
    struct statement *op = nest_add(&b->nest, STATEMENT_OP, builder_name(b, "v", number));
    op->op = node->op;
    op->constant = node_constant(node);
    op->a = operands[0];
    op->b = operands[1];
    op->c = operands[2];
}

static void value_store(struct builder *b, const struct node *node, struct operand value, const struct index *sample,
                        const struct index *at, bool element) {
    if (builder_storage(b, node)->place == PLACE_NONE) return;
    struct statement *store = nest_add(&b->nest, STATEMENT_ASSIGN, NULL);
    const struct index *where = element_index(b, node, sample, at);
    const char *name = builder_array(b, "out", node, true);
    store->a = element ? operand_element(name, where) : operand_memory(name, where);
    store->b = value;
}

void builder_epilogue(struct builder *b, const char *anchor, const struct index *sample, const struct index *at,
                      int vector) {
    if (b->kernel->anchor) value_store(b, b->kernel->anchor, operand_register(anchor), sample, at, false);
    for (int i = 0; i < b->kernel->node_count; i++) {
        const struct node *node = b->kernel->nodes[i];
        if (node->op == OP_SUM) {
            if (kernel_behind_sum(b->plan, b->kernel, node->inputs[0])) continue;
            struct statement *add = nest_add(&b->nest, STATEMENT_ADD, NULL);
            add->a = builder_partial(b, builder_name(b, "partial", i), vector);
            add->b = value_operand(b, node->inputs[0], anchor, sample, at);
            continue;
        }
        if (kernel_behind_sum(b->plan, b->kernel, node)) continue;
        value_compute(b, node, anchor, sample, at);
        value_store(b, node, operand_value(builder_name(b, "v", i)), sample, at, false);
    }
}

struct operand builder_partial(const struct builder *b, const char *name, int vector) {
    if (b->machine->macro) return operand_register(arena_print(b->arena, "%s[%d]", name, vector));
    return b->nest.block->lanes > 1 ? operand_register(name) : operand_element(name, index_constant(b->arena, 0));
}

static bool partials_clear(struct builder *b) {
    bool any = false;
    for (int i = 0; i < b->kernel->node_count; i++) {
        if (b->kernel->nodes[i]->op != OP_SUM) continue;
        nest_add(&b->nest, STATEMENT_PARTIALS, builder_name(b, "partial", i));
        any = true;
    }
    return any;
}

// Joins the partial sums and computes what follows from them.
static void sums_finish(struct builder *b, const struct index *sample) {
    const struct index *zero = index_constant(b->arena, 0);
    for (int i = 0; i < b->kernel->node_count; i++) {
        const struct node *node = b->kernel->nodes[i];
        if (!kernel_behind_sum(b->plan, b->kernel, node)) continue;
        if (node->op == OP_SUM) {
            struct statement *join = nest_add(&b->nest, STATEMENT_JOIN, builder_name(b, "v", i));
            join->a = operand_register(builder_name(b, "partial", i));
        } else {
            value_compute(b, node, NULL, sample, zero);
        }
        value_store(b, node, operand_value(builder_name(b, "v", i)), sample, zero, true);
    }
}

void builder_elements(struct builder *b, long count, bool partials,
                      void (*body)(struct builder *b, const struct index *sample, const struct index *at, int vector),
                      const struct index *sample) {
    long lanes = b->machine->lanes, step = partials ? PARTIALS : lanes, full = count / step * step;
    struct statement *outer, *lanes_outer;
    if (full) {
        const struct index *at = builder_loop(b, "i", 0, full, step, &outer);
        for (int vector = 0; vector * lanes < step; vector++) {
            lanes_outer = nest_lanes(&b->nest, (int)lanes);
            body(b, sample, index_offset(b->arena, at, vector * lanes), vector);
            nest_end(&b->nest, lanes_outer);
        }
        nest_end(&b->nest, outer);
    }
    for (int vector = 0; full + vector * lanes < count; vector++) {
        long rest = count - full - vector * lanes;
        lanes_outer = nest_lanes(&b->nest, (int)(rest < lanes ? rest : lanes));
        body(b, sample, index_constant(b->arena, full + vector * lanes), vector);
        nest_end(&b->nest, lanes_outer);
    }
}

static void elements_compute(struct builder *b, const struct index *sample, const struct index *at, int vector) {
    builder_epilogue(b, NULL, sample, at, vector);
}

void build_elementwise(struct builder *b) {
    builder_prologue(b);
    struct statement *sample_outer;
    const struct index *sample = builder_samples(b, &sample_outer);
    bool partials = partials_clear(b);
    builder_elements(b, (long)b->kernel->count, partials, elements_compute, sample);
    sums_finish(b, sample);
    nest_end(&b->nest, sample_outer);
}

const struct index *weight_index(const struct builder *b, const struct index *row, const struct index *channel,
                                 long offset) {
    const struct geometry *g = &b->geometry;
    struct arena *arena = b->arena;
    if (!g->panel)
        return index_sum(arena, index_multiply(arena, row, g->small_channels), channel, index_constant(arena, offset));
    long within = offset / g->panel * g->panel * g->large_channels + offset % g->panel;
    return index_sum(arena, index_multiply(arena, channel, g->large_channels), index_multiply(arena, row, g->panel),
                     index_constant(arena, within));
}

// The nest of each op that is a kernel's anchor.
static void (*const builders[OP_KINDS])(struct builder *b) = {
    [OP_CONVOLVE] = build_convolve,
    [OP_CONVOLVE_TRANSPOSED] = build_transposed,
    [OP_CONVOLVE_WEIGHT] = build_weight_gradient,
    [OP_BIAS_SUM] = build_bias_sum,
    [OP_REPACK] = build_repack,
    [OP_PERMUTE] = build_permute,
    [OP_PACK] = build_pack,
    [OP_UNPACK] = build_pack,
    [OP_DROPOUT] = build_random,
    [OP_NORMAL] = build_random,
};

struct kernel_code *kernel_build(const struct plan *plan, const struct kernel *kernel) {
    struct kernel_code *code = ARENA_NEW(plan->arena, struct kernel_code);
    struct statement *root = ARENA_NEW(plan->arena, struct statement);
    struct builder b = {plan, kernel, code, {plan->arena, root}, plan->arena, plan->machine, {0}};
    if (kernel->anchor) b.geometry = node_geometry(kernel->anchor);
    code->kernel = kernel;
    code->arrays = ARENA_ARRAY(plan->arena, struct kernel_array, 8 + 4 * (size_t)kernel->node_count);
    (kernel->anchor ? builders[kernel->anchor->op] : build_elementwise)(&b);
    code->body = root->body;
    return code;
}
