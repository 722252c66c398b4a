#include "compiler/emit/emit.h"

// The functions that call the kernels: a training step's segments, and evaluation.

// How the arrays of one program are reached in the function being printed.
struct calls {
    struct emitter *emitter;
    const struct program *program;
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

static void array_print(const struct calls *calls, const struct storage *storage) {
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
    case PLACE_SCRATCH: offset_print("scratch", storage->offset * calls->program->micro_batch, out); break;
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
    const struct use use = emit_kernel(calls->emitter, kernel);
    const struct nest *nest = use.function->nest;
    struct buffer *out = calls->out;
    if (calls->training) buffer_print(out, "%*sae_mark(step, %d);\n", 4 * depth, "", kernel->number);
    buffer_print(out, "%*s%s(", 4 * depth, "", use.function->name);
    const char *comma = "";
    if (kernel->described->description.kind != KERNEL_REPACK) {
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
        array_print(calls, &use.described->tensors[i]->storage);
        buffer_print(out, ")");
        comma = ", ";
    }
    buffer_print(out, ");\n");
}

// Behind a task's last kernel none runs.
static void mark_none(const struct calls *calls, int depth) {
    buffer_print(calls->out, "%*sae_mark(step, %d);\n", 4 * depth, "", emit_kernel_count(calls->emitter));
}

// Tasks of a kernel whose function takes rows of a weight, or of one that is a single task.
static void task_print(const struct calls *calls, const struct kernel *kernel, const char *samples) {
    struct buffer *out = calls->out;
    const struct node *node = kernel->anchor;
    buffer_print(out, "    if (task < %zu) {\n", kernel->tasks.count);
    if (kernel->tasks.rows)
        buffer_print(out, "        const ptrdiff_t from = (ptrdiff_t)task * %ld, to = ae_least(from + %ld, %ld);\n",
                     kernel->tasks.rows, kernel->tasks.rows, kernel->tasks.all);
    else if (node->op == OP_BIAS_SUM)
        buffer_print(out, "        memset(step->gradient + %zu, 0, %zu * sizeof(ae_real));\n",
                     node_storage(calls->program, node)->offset, node->count);
    call_print(calls, kernel, samples, "from, to", 2);
    mark_none(calls, 2);
    buffer_print(out, "        return;\n    }\n    task -= %zu;\n", kernel->tasks.count);
}

static void tasks_print(const struct calls *calls, const struct plan_segment *segment, const char *samples) {
    for (int i = 0; i < segment->kernel_count; i++)
        task_print(calls, segment->kernels[i], samples);
}

static void range_print(struct task_range range, struct buffer *out) {
    buffer_print(out, "    {%zu, %zu, %zu, %zu},\n", range.offset, range.count, range.runs, range.stride);
}

static void weights_ranges_print(const struct calls *calls, const struct plan_segment *segment) {
    struct buffer *out = calls->out;
    buffer_print(
        out, "// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.\n"
             "static const struct ae_range net_weights_ranges[] = {\n");
    for (int i = 0; i < segment->kernel_count; i++)
        for (size_t task = 0; task < segment->kernels[i]->tasks.count; task++)
            range_print(task_range(segment->kernels[i], task), out);
    buffer_print(out, "};\n\n");
}

static void repack_print(const struct calls *calls, const struct plan_segment *segment) {
    buffer_print(
        calls->out,
        "// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.\n"
        "static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
        "    (void)scratch;\n");
    tasks_print(calls, segment, "");
    buffer_print(calls->out, "}\n\n");
}

static void samples_print(const struct calls *calls, const struct plan_segment *segment) {
    struct buffer *out = calls->out;
    buffer_print(
        out, "// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that\n"
             "// stay in cache.\n"
             "static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {\n");
    size_t slotted = calls->emitter->plan->slotted_count;
    if (slotted)
        buffer_print(out,
                     "    ae_real *gradient = ae_slot_gradient(step, task, %zu);\n"
                     "    memset(gradient, 0, %zu * sizeof *gradient);\n",
                     slotted, slotted);
    if (calls->program->scratch == 0) buffer_print(out, "    (void)scratch;\n");
    buffer_print(out,
                 "    const size_t end = ae_slot_begin(step, task + 1);\n"
                 "    for (size_t first = ae_slot_begin(step, task); first < end; first += %zu) {\n"
                 "        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), %zu);\n",
                 calls->program->micro_batch, calls->program->micro_batch);
    for (int i = 0; i < segment->kernel_count; i++)
        call_print(calls, segment->kernels[i], "samples", "", 2);
    buffer_print(out, "    }\n");
    mark_none(calls, 1);
    buffer_print(out, "}\n\n");
}

static void weights_print(struct calls *calls, const struct plan_segment *segment) {
    struct buffer *out = calls->out;
    weights_ranges_print(calls, segment);
    buffer_print(
        out,
        "// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or\n"
        "// a bias.\n"
        "static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
        "    (void)scratch;\n");
    calls->whole = true;
    tasks_print(calls, segment, "(ptrdiff_t)step->samples");
    calls->whole = false;
    buffer_print(out, "}\n\n");
}

static void join_print(const struct calls *calls, const struct plan_segment *segment) {
    const struct plan *plan = calls->emitter->plan;
    struct buffer *out = calls->out;
    buffer_print(out, "// The runs of the gradient that each task of net_join completes.\n"
                      "static const struct ae_range net_join_ranges[] = {\n");
    for (size_t task = 0; task < segment->task_count; task++)
        range_print(join_range(plan, task), out);
    buffer_print(out,
                 "};\n\n"
                 "// The slots' gradients, joined by a fixed tree; a task is a block of weights.\n"
                 "static void net_join(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
                 "    (void)scratch;\n"
                 "    ae_mark(step, %d);\n"
                 "    ae_join_slots(step, %zu, &net_join_ranges[task]);\n",
                 calls->program->kernel_count, plan->slotted_count);
    mark_none(calls, 1);
    buffer_print(out, "}\n\n");
}

static void phases_print(const struct calls *calls) {
    static const char *const rows[][2] = {
        [SEGMENT_REPACK] = {"NULL", "net_repack"},
        [SEGMENT_SAMPLES] = {"NULL", "net_samples"},
        [SEGMENT_WEIGHTS] = {"net_weights_ranges", "net_weights"},
        [SEGMENT_JOIN] = {"net_join_ranges", "net_join"},
    };
    const struct program *program = calls->program;
    struct buffer *out = calls->out;
    buffer_print(out, "// Tasks, or 0 for one a slot; what they complete of the gradient; the function.\n"
                      "static const struct ae_phase net_phases[] = {\n");
    for (int i = 0; i < program->segment_count; i++) {
        const struct plan_segment *segment = &program->segments[i];
        buffer_print(out, "    {%zu, %s, %s},\n", segment->task_count, rows[segment->kind][0], rows[segment->kind][1]);
    }
    buffer_print(out, "};\n\n");
}

static void segment_print(struct calls *calls, const struct plan_segment *segment) {
    switch (segment->kind) {
    case SEGMENT_REPACK: repack_print(calls, segment); break;
    case SEGMENT_SAMPLES: samples_print(calls, segment); break;
    case SEGMENT_WEIGHTS: weights_print(calls, segment); break;
    case SEGMENT_JOIN: join_print(calls, segment); break;
    }
}

void emit_training(struct emitter *emitter, struct buffer *out) {
    const struct program *program = &emitter->plan->training;
    struct calls calls = {emitter, program, true, false, out};
    for (int i = 0; i < program->segment_count; i++)
        segment_print(&calls, &program->segments[i]);
    phases_print(&calls);
}

static void evaluation_print(struct emitter *emitter, const struct program *program, struct buffer *out) {
    struct calls calls = {emitter, program, false, false, out};
    if (program->repacked)
        buffer_print(out, "    ae_real *repacked = scratch + %zu;\n", program->scratch * program->micro_batch);
    else if (program->scratch == 0)
        buffer_print(out, "    (void)scratch;\n");
    for (int i = 0; i < program->kernel_count; i++)
        call_print(&calls, program->kernels[i], "(ptrdiff_t)samples", "", 1);
    buffer_print(out, "}\n\n");
}

static bool reads_place(const struct program *program, enum place place) {
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (program->nodes[node->id].needed && node_storage(program, node)->place == place) return true;
    return false;
}

static void unused_print(const struct program *program, enum place place, const char *name, struct buffer *out) {
    if (!reads_place(program, place)) buffer_print(out, "    (void)%s;\n", name);
}

void emit_evaluation(struct emitter *emitter, struct buffer *out) {
    const struct plan *plan = emitter->plan;
    buffer_print(
        out, "static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,\n"
             "                       ae_real *scratch) {\n");
    unused_print(&plan->encode, PLACE_PARAMETERS, "parameters", out);
    evaluation_print(emitter, &plan->encode, out);
    buffer_print(
        out, "static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,\n"
             "                       ae_real *scratch) {\n");
    unused_print(&plan->decode, PLACE_PARAMETERS, "parameters", out);
    evaluation_print(emitter, &plan->decode, out);
    buffer_print(
        out,
        "static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,\n"
        "                        ae_real *term, ae_real *scratch) {\n");
    unused_print(&plan->measure, PLACE_INPUT, "input", out);
    unused_print(&plan->measure, PLACE_CODE, "code", out);
    unused_print(&plan->measure, PLACE_OUTPUT, "output", out);
    evaluation_print(emitter, &plan->measure, out);
}
