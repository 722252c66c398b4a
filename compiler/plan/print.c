#include "compiler/plan/plan.h"

static void storage_print(const struct tensor *tensor, struct buffer *out) {
    static const char *const places[] = {"registers", "input", "code",    "output", "term",    "parameters",
                                         "gradient",  "slot",  "scratch", "batch",  "repacked"};
    const struct storage *storage = &tensor->storage;
    if (storage->place != PLACE_NONE) buffer_print(out, " to %s+%zu", places[storage->place], storage->offset);
}

bool kernel_block(const struct kernel *kernel, struct kernel_block *block) {
    const struct kernel_description *d = &kernel->described->description;
    const struct tiling *tiling = &d->tiling;
    if (kernel_rows[d->kind].sums == SUMS_NONE) return false;
    bool dense = geometry_is_dense(&d->geometry);
    const char *channels = dense ? "outputs" : "output channels", *positions = dense ? "samples" : "positions";
    *block = (struct kernel_block){tiling->tile, positions, channels, tiling->packed};
    if (d->kind == KERNEL_WEIGHT_GRADIENT) {
        const char *rows = dense ? "inputs" : "weight rows", *small = dense ? "outputs" : "channels of the small image";
        block->rows = tiling->turned ? small : rows;
        block->columns = tiling->turned ? rows : small;
    }
    return true;
}

static void tiling_print(const struct kernel *kernel, struct buffer *out) {
    const struct kernel_description *d = &kernel->described->description;
    struct kernel_block block;
    if (!kernel_block(kernel, &block)) return;
    buffer_print(out, ", block of %d %s x %d", block.tile.rows, block.rows, block.tile.columns);
    if (block.packed)
        buffer_print(out, " %s, samples in the lanes", block.columns);
    else
        buffer_print(out, " vectors of %s", block.columns);
    if (d->kind == KERNEL_WEIGHT_GRADIENT && d->geometry.kernel[1] > 1)
        buffer_print(out, ", kernel columns %d at a time", d->tiling.taps);
}

static void tasks_print(const struct tasks *tasks, struct buffer *out) {
    if (tasks->all > 1) buffer_print(out, ", tasks %zu of %ld rows", tasks->count, tasks->rows);
}

static void kernel_print(const struct program *program, const struct kernel *kernel, struct buffer *out) {
    const struct node *anchor = kernel->anchor, *head = anchor ? anchor : kernel->nodes[0];
    buffer_print(out, "    %d %s", kernel->number, head->label ? head->label : "-");
    if (anchor) {
        buffer_print(out, " %s", kernel_op_name(kernel));
        storage_print(kernel->output, out);
        double flops = kernel_flops(kernel);
        if (flops > 0) buffer_print(out, ", %.0f FLOP per sample", flops);
        tiling_print(kernel, out);
        tasks_print(&kernel->tasks, out);
    }
    for (int i = 0; i < kernel->node_count; i++) {
        buffer_print(out, "%s %s", i || anchor ? "," : "", op_name(kernel->nodes[i]->op));
        storage_print(program->nodes[kernel->nodes[i]->id].tensor, out);
    }
    buffer_print(out, "\n");
}

static void segment_print(const struct program *program, const struct plan_segment *segment, struct buffer *out) {
    static const char *const kinds[] = {"repack", "samples", "weights", "join"};
    buffer_print(out, "  %s", kinds[segment->kind]);
    if (segment->task_count) buffer_print(out, ": tasks %zu", segment->task_count);
    buffer_print(out, "\n");
    for (int i = 0; i < segment->kernel_count; i++)
        kernel_print(program, segment->kernels[i], out);
}

static void program_print(const struct program *program, struct buffer *out) {
    double flops = 0;
    for (int i = 0; i < program->kernel_count; i++)
        flops += kernel_flops(program->kernels[i]);
    buffer_print(
        out, "%s: micro-batch %zu, %.0f FLOP per sample; elements: %zu scratch and %zu kept per sample, %zu repacked\n",
        program->name, program->micro_batch, flops, program->scratch, program->batch, program->repacked);
    for (int i = 0; i < program->segment_count; i++)
        segment_print(program, &program->segments[i], out);
}

void plan_print(const struct plan *plan, struct buffer *out) {
    buffer_print(out, "parameters: %zu elements, the first %zu summed by slots of samples\n", plan->parameter_count,
                 plan->slotted_count);
    const struct program *programs[PROGRAMS];
    plan_programs(plan, programs);
    for (int i = 0; i < PROGRAMS; i++)
        program_print(programs[i], out);
}
