#include "compiler/plan/cost.h"

#include "compiler/nest/choose.h"

// The elementwise work of a kernel: its instructions, and a load or a store for each tensor.
static double elementwise_slots(const struct machine *machine, const struct kernel_description *d) {
    double each = 0;
    for (int i = 0; i < d->value_count; i++) {
        const struct kernel_value *value = &d->values[i];
        each += op_rows[value->op].cost + (value->array >= 0);
        for (int j = 0; j < value->input_count; j++)
            each += value->inputs[j].source == SOURCE_ARRAY;
    }
    return each * (double)d->count / machine->lanes;
}

// What the loop nest of a kernel's heavy op costs.
static double nest_slots(const struct machine *machine, const struct kernel_description *d) {
    double vectors = (double)d->count / machine->lanes;
    if (d->kind == KERNEL_BIAS_GRADIENT)
        return 2 * vectors * (double)(d->geometry.large_height * d->geometry.large_width);
    return d->kind == KERNEL_PACK || d->kind == KERNEL_UNPACK ? PACK_COST * vectors : tiling_cost(machine, d);
}

static double anchor_slots(const struct machine *machine, const struct kernel_description *d) {
    const struct op_row *row = &op_rows[d->op];
    switch (row->unit) {
    case COST_VECTOR: return row->cost * (double)d->count / machine->lanes;
    case COST_ELEMENT: return row->cost * (double)d->count;
    case COST_NEST: return nest_slots(machine, d);
    }
    return 0;
}

double kernel_slots(const struct program *program, const struct kernel *kernel) {
    const struct kernel_description *d = &kernel->described->description;
    return (kernel->anchor ? anchor_slots(program->machine, d) : 0) + elementwise_slots(program->machine, d);
}

double join_slots(const struct plan *plan) {
    // Each slot's gradient comes from the third-level cache.
    enum { SLOTS = 8, FAR = 8 };
    return (double)plan->slotted_count / plan->machine->lanes * SLOTS * FAR;
}
