#include "compiler/emit/emit.h"

// The functions that call the kernels: a training step's phases, and evaluation.

// How the arrays of one plan are reached in the function being printed.
struct calls {
    struct emitter *emitter;
    const struct plan *plan;
    bool training, whole;    // whole: all samples of the batch, not those from `first` on
    struct buffer *out;
};

static void offset_print(const char *array, size_t offset, struct buffer *out) {
    if (offset)
        buffer_print(out, "%s + %zu", array, offset);
    else
        buffer_print(out, "%s", array);
}

// Samples from `first` on in an array of the whole batch.
static void first_print(const struct calls *calls, size_t stride, struct buffer *out) {
    if (calls->training && !calls->whole) buffer_print(out, " + first * %zu", stride);
}

static void array_print(const struct calls *calls, const struct node *node) {
    const struct storage *storage = &calls->plan->storage[node->id];
    struct buffer *out = calls->out;
    const char *step = calls->training ? "step->" : "";
    switch (storage->place) {
    case PLACE_INPUT:
        buffer_print(out, "%sinput", step);
        first_print(calls, storage->stride, out);
        break;
    case PLACE_TERM:
        buffer_print(out, "%sterm", step);
        first_print(calls, storage->stride, out);
        if (storage->offset) buffer_print(out, " + %zu", storage->offset);
        break;
    case PLACE_CODE: offset_print("code", storage->offset, out); break;
    case PLACE_OUTPUT: buffer_print(out, "output"); break;
    case PLACE_PARAMETERS:
        buffer_print(out, "%s", step);
        offset_print("parameters", storage->offset, out);
        break;
    case PLACE_GRADIENT:
        buffer_print(out, "step->");
        offset_print("gradient", storage->offset, out);
        break;
    case PLACE_SLOT: offset_print("gradient", storage->offset, out); break;
    case PLACE_SCRATCH: offset_print("scratch", storage->offset * calls->plan->micro_batch, out); break;
    case PLACE_REPACKED:
        buffer_print(out, "%s", step);
        offset_print("repacked", storage->offset, out);
        break;
    case PLACE_BATCH:
        buffer_print(out, "step->kept");
        if (storage->offset) buffer_print(out, " + %zu * step->samples", storage->offset);
        first_print(calls, storage->stride, out);
        break;
    case PLACE_NONE: break;
    }
}

static void call_print(const struct calls *calls, const struct kernel *kernel, const char *samples, const char *range,
                       int depth) {
    const struct use use = emit_kernel(calls->emitter, calls->plan, kernel);
    const struct nest *nest = use.function->nest;
    struct buffer *out = calls->out;
    if (calls->training) buffer_print(out, "%*sae_mark(step, %d);\n", 4 * depth, "", kernel->number);
    buffer_print(out, "%*s%s(", 4 * depth, "", use.function->name);
    const char *comma = "";
    if (kernel->phase != PHASE_REPACK) {
        buffer_print(out, "%s", samples);
        comma = ", ";
    }
    if (nest->step) buffer_print(out, "%sstep, first", comma);
    if (nest->from && *range)
        buffer_print(out, "%s%s", comma, range);
    else if (nest->from)
        buffer_print(out, "%s0, %ld", comma, node_geometry(kernel->anchor).large_channels);
    if (nest->from) comma = ", ";
    if (nest->term_scale) buffer_print(out, "%sstep->term_scale", comma);
    for (int i = 0; i < use.described->description.array_count; i++) {
        buffer_print(out, "%s(void *)(", comma);
        array_print(calls, use.described->nodes[i]);
        buffer_print(out, ")");
        comma = ", ";
    }
    buffer_print(out, ");\n");
}

// Behind a task's last kernel none runs.
static void mark_none(const struct calls *calls, int depth) {
    buffer_print(calls->out, "%*sae_mark(step, %d);\n", 4 * depth, "", emit_kernel_count(calls->emitter));
}

static bool has_phase(const struct plan *plan, enum phase phase) {
    for (const struct kernel *kernel = plan->first; kernel; kernel = kernel->next)
        if (kernel->phase == phase) return true;
    return false;
}

// Tasks of a kernel whose function takes rows of a weight, or of one that is a single task.
static void task_print(const struct calls *calls, const struct kernel *kernel, const char *samples) {
    struct buffer *out = calls->out;
    const struct node *node = kernel->anchor;
    buffer_print(out, "    if (task < %zu) {\n", kernel->blocks);
    if (kernel->block_rows)
        buffer_print(out, "        const ptrdiff_t from = (ptrdiff_t)task * %ld, to = ae_least(from + %ld, %ld);\n",
                     kernel->block_rows, kernel->block_rows, node_geometry(node).large_channels);
    else if (node->op == OP_BIAS_SUM)
        buffer_print(out, "        memset(step->gradient + %zu, 0, %zu * sizeof(ae_real));\n",
                     calls->plan->storage[node->id].offset, node->count);
    call_print(calls, kernel, samples, "from, to", 2);
    mark_none(calls, 2);
    buffer_print(out, "        return;\n    }\n    task -= %zu;\n", kernel->blocks);
}

static void tasks_print(const struct calls *calls, enum phase phase, const char *samples) {
    for (const struct kernel *kernel = calls->plan->first; kernel; kernel = kernel->next)
        if (kernel->phase == phase) task_print(calls, kernel, samples);
}

static size_t tasks_count(const struct plan *plan, enum phase phase) {
    size_t tasks = 0;
    for (const struct kernel *kernel = plan->first; kernel; kernel = kernel->next)
        if (kernel->phase == phase) tasks += kernel->blocks;
    return tasks;
}

// What a function of the weights' gradients completes, a row for each task.
static void rows_ranges_print(const struct kernel *kernel, size_t offset, struct buffer *out) {
    const struct geometry geometry = node_geometry(kernel->anchor), *g = &geometry;
    size_t panel = (size_t)(g->panel ? g->panel : g->small_channels), rows = (size_t)g->large_channels;
    for (size_t from = 0; from < rows; from += (size_t)kernel->block_rows) {
        size_t left = rows - from, taken = left < (size_t)kernel->block_rows ? left : (size_t)kernel->block_rows;
        buffer_print(out, "    {%zu, %zu, %zu, %zu},\n", offset + from * panel, taken * panel,
                     (size_t)g->small_channels / panel, rows * panel);
    }
}

static void weights_ranges_print(const struct calls *calls) {
    struct buffer *out = calls->out;
    buffer_print(
        out, "// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.\n"
             "static const struct ae_range net_weights_ranges[] = {\n");
    for (const struct kernel *kernel = calls->plan->first; kernel; kernel = kernel->next) {
        if (kernel->phase != PHASE_WEIGHTS) continue;
        size_t offset = calls->plan->storage[kernel->anchor->id].offset;
        if (kernel->block_rows)
            rows_ranges_print(kernel, offset, out);
        else
            buffer_print(out, "    {%zu, %zu, 1, 0},\n", offset, kernel->anchor->count);
    }
    buffer_print(out, "};\n\n");
}

static void repack_print(const struct calls *calls) {
    buffer_print(
        calls->out,
        "// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.\n"
        "static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
        "    (void)scratch;\n");
    tasks_print(calls, PHASE_REPACK, "");
    buffer_print(calls->out, "}\n\n");
}

static void samples_print(const struct calls *calls) {
    struct buffer *out = calls->out;
    buffer_print(
        out, "// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that\n"
             "// stay in cache.\n"
             "static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {\n");
    size_t slotted = calls->emitter->schedule->slotted_count;
    if (slotted)
        buffer_print(out,
                     "    ae_real *gradient = ae_slot_gradient(step, task, %zu);\n"
                     "    memset(gradient, 0, %zu * sizeof *gradient);\n",
                     slotted, slotted);
    if (calls->plan->scratch == 0) buffer_print(out, "    (void)scratch;\n");
    buffer_print(out,
                 "    const size_t end = ae_slot_begin(step, task + 1);\n"
                 "    for (size_t first = ae_slot_begin(step, task); first < end; first += %zu) {\n"
                 "        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), %zu);\n",
                 calls->plan->micro_batch, calls->plan->micro_batch);
    for (const struct kernel *kernel = calls->plan->first; kernel; kernel = kernel->next)
        if (kernel->phase == PHASE_SAMPLES) call_print(calls, kernel, "samples", "", 2);
    buffer_print(out, "    }\n");
    mark_none(calls, 1);
    buffer_print(out, "}\n\n");
}

static void weights_print(struct calls *calls) {
    struct buffer *out = calls->out;
    weights_ranges_print(calls);
    buffer_print(
        out,
        "// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or\n"
        "// a bias.\n"
        "static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
        "    (void)scratch;\n");
    calls->whole = true;
    tasks_print(calls, PHASE_WEIGHTS, "(ptrdiff_t)step->samples");
    calls->whole = false;
    buffer_print(out, "}\n\n");
}

static size_t join_tasks(const struct schedule *schedule) {
    return (schedule->slotted_count + JOIN_BLOCK - 1) / JOIN_BLOCK;
}

static void join_print(const struct calls *calls) {
    size_t slotted = calls->emitter->schedule->slotted_count;
    struct buffer *out = calls->out;
    buffer_print(out, "// The runs of the gradient that each task of net_join completes.\n"
                      "static const struct ae_range net_join_ranges[] = {\n");
    for (size_t from = 0; from < slotted; from += JOIN_BLOCK)
        buffer_print(out, "    {%zu, %zu, 1, 0},\n", from,
                     slotted - from < JOIN_BLOCK ? slotted - from : (size_t)JOIN_BLOCK);
    buffer_print(out,
                 "};\n\n"
                 "// The slots' gradients, joined by a fixed tree; a task is a block of weights.\n"
                 "static void net_join(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
                 "    (void)scratch;\n"
                 "    ae_mark(step, %d);\n"
                 "    ae_join_slots(step, %zu, &net_join_ranges[task]);\n",
                 calls->plan->kernel_count, slotted);
    mark_none(calls, 1);
    buffer_print(out, "}\n\n");
}

static void phases_print(const struct calls *calls) {
    const struct schedule *schedule = calls->emitter->schedule;
    const struct plan *plan = calls->plan;
    struct buffer *out = calls->out;
    buffer_print(out, "// Tasks, or 0 for one a slot; what they complete of the gradient; the function.\n"
                      "static const struct ae_phase net_phases[] = {\n");
    if (has_phase(plan, PHASE_REPACK))
        buffer_print(out, "    {%zu, NULL, net_repack},\n", tasks_count(plan, PHASE_REPACK));
    buffer_print(out, "    {0, NULL, net_samples},\n");
    if (has_phase(plan, PHASE_WEIGHTS))
        buffer_print(out, "    {%zu, net_weights_ranges, net_weights},\n", tasks_count(plan, PHASE_WEIGHTS));
    if (schedule->slotted_count) buffer_print(out, "    {%zu, net_join_ranges, net_join},\n", join_tasks(schedule));
    buffer_print(out, "};\n\n");
}

void emit_training(struct emitter *emitter, struct buffer *out) {
    struct calls calls = {emitter, &emitter->schedule->training, true, false, out};
    if (has_phase(calls.plan, PHASE_REPACK)) repack_print(&calls);
    samples_print(&calls);
    if (has_phase(calls.plan, PHASE_WEIGHTS)) weights_print(&calls);
    if (emitter->schedule->slotted_count) join_print(&calls);
    phases_print(&calls);
}

static void evaluation_print(struct emitter *emitter, const struct plan *plan, struct buffer *out) {
    struct plan sized = *plan;
    sized.micro_batch = emitter->schedule->evaluate_samples;
    struct calls calls = {emitter, &sized, false, false, out};
    if (plan->repacked)
        buffer_print(out, "    ae_real *repacked = scratch + %zu;\n", plan->scratch * sized.micro_batch);
    else if (plan->scratch == 0)
        buffer_print(out, "    (void)scratch;\n");
    for (const struct kernel *kernel = plan->first; kernel; kernel = kernel->next)
        call_print(&calls, kernel, "(ptrdiff_t)samples", "", 1);
    buffer_print(out, "}\n\n");
}

static bool reads_place(const struct plan *plan, enum place place) {
    for (const struct node *node = plan->graph->first; node; node = node->next)
        if (plan->needed[node->id] && plan->storage[node->id].place == place) return true;
    return false;
}

static void unused_print(const struct plan *plan, enum place place, const char *name, struct buffer *out) {
    if (!reads_place(plan, place)) buffer_print(out, "    (void)%s;\n", name);
}

void emit_evaluation(struct emitter *emitter, struct buffer *out) {
    const struct schedule *schedule = emitter->schedule;
    buffer_print(
        out, "static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,\n"
             "                       ae_real *scratch) {\n");
    unused_print(&schedule->encode, PLACE_PARAMETERS, "parameters", out);
    evaluation_print(emitter, &schedule->encode, out);
    buffer_print(
        out, "static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,\n"
             "                       ae_real *scratch) {\n");
    unused_print(&schedule->decode, PLACE_PARAMETERS, "parameters", out);
    evaluation_print(emitter, &schedule->decode, out);
    buffer_print(
        out,
        "static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,\n"
        "                        ae_real *term, ae_real *scratch) {\n");
    unused_print(&schedule->measure, PLACE_INPUT, "input", out);
    unused_print(&schedule->measure, PLACE_CODE, "code", out);
    unused_print(&schedule->measure, PLACE_OUTPUT, "output", out);
    evaluation_print(emitter, &schedule->measure, out);
}
