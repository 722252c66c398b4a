#include "compiler/nest/choose.h"
#include "compiler/plan/build.h"

// Chooses the tilings of kernels, and the tasks that depend on them.

enum { TASK_ROWS = 64 };    // approximate rows of a dense layer's weight in one task

// A multiple of the blocks of a dense layer's gradient.
static long gradient_rows(const struct machine *machine, const struct tiling *tiling) {
    long block = tiling->turned ? (long)tiling->tile.columns * machine->lanes : tiling->tile.rows;
    return block < TASK_ROWS ? TASK_ROWS / block * block : block;
}

static long task_rows(const struct machine *machine, const struct kernel_description *d) {
    if (kernel_rows[d->kind].sums == SUMS_BLOCK && d->whole_batch) return gradient_rows(machine, &d->tiling);
    // A dense layer's weight that is repacked to panels.
    bool panels =
        d->kind == KERNEL_REPACK && geometry_is_dense(&d->geometry) && d->geometry.large_channels % PANEL == 0;
    return panels ? TASK_ROWS : 0;
}

static void tasks_plan(const struct program *program, struct kernel *kernel) {
    const struct kernel_description *d = &kernel->described->description;
    if (program->segments[kernel->segment].kind == SEGMENT_SAMPLES) return;
    long rows = d->tiling.task_rows, all = d->geometry.large_channels;
    kernel->tasks = (struct tasks){1, 1, 1};
    if (rows) kernel->tasks = (struct tasks){(size_t)((all + rows - 1) / rows), rows, all};
    program->segments[kernel->segment].task_count += kernel->tasks.count;
}

void tilings_plan(struct program *program) {
    for (int i = 0; i < program->kernel_count; i++) {
        struct kernel *kernel = program->kernels[i];
        struct kernel_description *d = &kernel->described->description;
        tiling_choose(program->machine, d);
        d->tiling.task_rows = task_rows(program->machine, d);
        tasks_plan(program, kernel);
    }
}

struct row_range kernel_row(const struct kernel *kernel) {
    const struct kernel_description *d = &kernel->described->description;
    size_t offset = kernel->output->storage.offset, count = kernel->anchor->count;
    if (kernel->tasks.all == 1) return (struct row_range){offset, count, 1, 0};
    size_t all = (size_t)kernel->tasks.all, small = count / all;
    // The parts of a row are in different panels, except for a repacked weight, whose panels consist of rows.
    size_t width = d->kind == KERNEL_REPACK || !d->geometry.panel ? small : (size_t)d->geometry.panel;
    return (struct row_range){offset, width, small / width, small > width ? all * width : 0};
}
