#include "compiler/plan/cost.h"

#include "compiler/nest/choose.h"

// The elementwise work of a kernel: its instructions, and a load or a store for each tensor.
static double elementwise_slots(const struct plan *plan, const struct kernel *kernel) {
    double each = 0;
    for (int i = 0; i < kernel->node_count; i++) {
        const struct node *node = kernel->nodes[i];
        each += op_rows[node->op].cost + (plan->storage[node->id].place != PLACE_NONE);
        for (int j = 0; j < node->input_count; j++)
            each += !node_is_uniform(node->inputs[j]) && !kernel_has(plan, kernel, node->inputs[j]);
    }
    return each * (double)kernel->count / plan->machine->lanes;
}

// What the loop nest of a kernel's heavy op costs.
static double nest_slots(const struct machine *machine, const struct node *node) {
    const struct geometry g = node_geometry(node);
    double vectors = (double)node->count / machine->lanes;
    if (node->op == OP_CONVOLVE) return convolve_cost(machine, &g, node->packed);
    if (node->op == OP_CONVOLVE_TRANSPOSED) return transposed_cost(machine, &g, node->packed);
    if (node->op == OP_CONVOLVE_WEIGHT) return weight_cost(machine, &g);
    if (node->op == OP_BIAS_SUM) return 2 * vectors * (double)(g.large_height * g.large_width);
    return PACK_COST * vectors;
}

static double anchor_slots(const struct plan *plan, const struct node *node) {
    const struct op_row *row = &op_rows[node->op];
    switch (row->unit) {
    case COST_VECTOR: return row->cost * (double)node->count / plan->machine->lanes;
    case COST_ELEMENT: return row->cost * (double)node->count;
    case COST_NEST: return nest_slots(plan->machine, node);
    }
    return 0;
}

double kernel_slots(const struct plan *plan, const struct kernel *kernel) {
    return (kernel->anchor ? anchor_slots(plan, kernel->anchor) : 0) + elementwise_slots(plan, kernel);
}

double join_slots(const struct schedule *schedule) {
    // Each slot's gradient comes from the third-level cache.
    enum { SLOTS = 8, FAR = 8 };
    return (double)schedule->slotted_count / schedule->machine->lanes * SLOTS * FAR;
}
