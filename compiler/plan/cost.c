#include "compiler/plan/cost.h"

#include "compiler/nest/blocks.h"

// Vector instructions of an elementwise op on one vector, about.
static double op_slots(enum op op) {
    switch (op) {
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_SCALE:
    case OP_OFFSET:
    case OP_ABSOLUTE:
    case OP_SUM: return 1;
    case OP_SELECT:
    case OP_RELU: return 3;
    case OP_SIGN: return 8;
    case OP_EXP:
    case OP_EXPM1: return 20;
    case OP_SIGMOID:
    case OP_TANH: return 40;
    case OP_ERF: return 45;
    case OP_SOFTPLUS: return 50;
    case OP_INPUT:
    case OP_CODE:
    case OP_OUTPUT:
    case OP_PARAMETER:
    case OP_TERM_SCALE:
    case OP_CONSTANT:
    case OP_DROPOUT:
    case OP_NORMAL:
    case OP_CONVOLVE:
    case OP_CONVOLVE_TRANSPOSED:
    case OP_CONVOLVE_WEIGHT:
    case OP_BIAS_SUM:
    case OP_REPACK:
    case OP_PERMUTE:
    case OP_PACK:
    case OP_UNPACK:
    case OP_BROADCAST:
    case OP_KINDS: break;
    }
    return 0;
}

// The elementwise work of a kernel: its instructions, and a load or a store for each tensor.
static double elementwise_slots(const struct plan *plan, const struct kernel *kernel) {
    double each = 0;
    for (int i = 0; i < kernel->node_count; i++) {
        const struct node *node = kernel->nodes[i];
        each += op_slots(node->op) + (plan->storage[node->id].place != PLACE_NONE);
        for (int j = 0; j < node->input_count; j++)
            each += !node_is_uniform(node->inputs[j]) && !kernel_has(plan, kernel, node->inputs[j]);
    }
    return each * (double)kernel->count / plan->machine->lanes;
}

// Random numbers and moves that no vector helps take their time an element.
enum { RANDOM_SLOTS = 12, MOVE_SLOTS = 2, REPACK_SLOTS = 4 };

static double anchor_slots(const struct plan *plan, const struct node *node) {
    const struct machine *machine = plan->machine;
    double vectors = (double)node->count / machine->lanes;
    switch (node->op) {
    case OP_CONVOLVE: return convolve_cost(machine, &node->geometry, node->packed);
    case OP_CONVOLVE_TRANSPOSED: return transposed_cost(machine, &node->geometry, node->packed);
    case OP_CONVOLVE_WEIGHT: return weight_cost(machine, &node->geometry);
    case OP_BIAS_SUM: return 2 * vectors * (double)(node->geometry.large_height * node->geometry.large_width);
    case OP_REPACK: return REPACK_SLOTS * vectors;
    case OP_PACK:
    case OP_UNPACK: return PACK_COST * vectors;
    case OP_PERMUTE: return MOVE_SLOTS * (double)node->count;
    case OP_DROPOUT:
    case OP_NORMAL: return RANDOM_SLOTS * (double)node->count;
    case OP_INPUT:
    case OP_CODE:
    case OP_OUTPUT:
    case OP_PARAMETER:
    case OP_TERM_SCALE:
    case OP_CONSTANT:
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_SELECT:
    case OP_SCALE:
    case OP_OFFSET:
    case OP_RELU:
    case OP_EXP:
    case OP_EXPM1:
    case OP_TANH:
    case OP_ERF:
    case OP_SIGMOID:
    case OP_SOFTPLUS:
    case OP_ABSOLUTE:
    case OP_SIGN:
    case OP_BROADCAST:
    case OP_SUM:
    case OP_KINDS: break;
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
