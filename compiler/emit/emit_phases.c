#include <string.h>

#include "compiler/emit/calls.h"

// The functions that call the kernels: a training step's segments, and evaluation.

static void line_print(struct calls *calls, const struct kernel *kernel, int depth) {
    buffer_print(calls->out, "%*s", 4 * depth, "");
    if (calls->walk == WALK_SLOT) buffer_print(calls->out, "AE_MARK(%d) ", kernel->number);
    calls_print(calls, kernel);
    buffer_print(calls->out, "\n");
}

// After a task's last kernel none runs.
static void mark_none(const struct calls *calls) {
    buffer_print(calls->out, "    ae_mark(step, %d);    // no kernel\n", emit_kernel_count(calls->emitter));
}

static void work_print(const struct calls *calls, size_t *line, struct tasks tasks, int kernel,
                       const struct row_range *range) {
    static const struct row_range nothing = {0, 0, 1, 0};
    if (!range) range = &nothing;
    emit_row(calls->out, line,
             arena_print(calls->emitter->arena, "{%d, %zu, %ld, %ld, {%zu, %zu, %zu, %zu}},", kernel, tasks.count,
                         tasks.rows, tasks.all, range->offset, range->count, range->runs, range->stride));
}

static void work_begin(const char *name, bool gradient, struct buffer *out) {
    buffer_print(out,
                 "// Kernel, tasks, rows of a task, all rows; %s.\n"
                 "static const struct ae_work %s_work[] = {\n",
                 gradient ? "the elements of the gradient that row 0 completes: offset, length, runs, stride"
                          : "they complete nothing of the gradient",
                 name);
}

static bool has_rows(const struct plan_segment *segment) {
    for (int i = 0; i < segment->kernel_count; i++)
        if (segment->kernels[i]->described->description.tiling.task_rows) return true;
    return false;
}

// Kernels whose functions take rows of a weight, or that are one task.
static void tasks_print(struct calls *calls, const struct plan_segment *segment, const char *name) {
    struct buffer *out = calls->out;
    calls->walk = WALK_BATCH;
    calls->from_to = "from, to";
    buffer_print(out,
                 "static void %s(const struct ae_step *step, size_t task_number, ae_real *scratch) {\n"
                 "    (void)scratch;\n"
                 "    const struct ae_task task = ae_task(%s_work, task_number);\n",
                 name, name);
    bool samples = segment->kind == SEGMENT_WEIGHTS, rows = has_rows(segment);
    if (samples || rows)
        buffer_print(out, "    const ptrdiff_t %s%s%s;\n", samples ? "samples = (ptrdiff_t)step->samples" : "",
                     samples && rows ? ", " : "", rows ? "from = task.from, to = task.to" : "");
    calls_declare_tensors(calls, segment->kernels, segment->kernel_count, 1);
    calls_declare_places(calls, segment->kernels, segment->kernel_count, 1);
    buffer_print(out, "    ae_mark(step, task.kernel);\n    switch (task.kernel) {\n");
    for (int i = 0; i < segment->kernel_count; i++) {
        struct buffer call = {0};
        calls->out = &call;
        calls_print(calls, segment->kernels[i]);
        calls->out = out;
        bool apart = call.length > CODE_WIDTH - strlen("    case 1000:  break;");
        buffer_print(out, "    case %d:%s%s%s", segment->kernels[i]->number, apart ? "\n        " : " ", call.text,
                     apart ? "\n        break;\n" : " break;\n");
        buffer_free(&call);
    }
    buffer_print(out, "    }\n");
    mark_none(calls);
    buffer_print(out, "}\n\n");
    calls->walk = WALK_SLOT;
    calls->from_to = NULL;
}

static void repack_print(struct calls *calls, const struct plan_segment *segment) {
    size_t line = 0;
    work_begin("net_transpose", false, calls->out);
    for (int i = 0; i < segment->kernel_count; i++)
        work_print(calls, &line, segment->kernels[i]->tasks, segment->kernels[i]->number, NULL);
    buffer_print(
        calls->out,
        "\n};\n\n"
        "// Transposed weights for the backward pass, once per step. A task is a weight, or some rows of one.\n");
    tasks_print(calls, segment, "net_transpose");
}

static void slot_begin(const struct calls *calls, struct buffer *out) {
    size_t slotted = calls->emitter->plan->slotted_count;
    if (slotted)
        buffer_print(out,
                     "    ae_real *const slot = ae_slot_gradient(step, task, %zu);\n"
                     "    memset(slot, 0, %zu * sizeof *slot);\n",
                     slotted, slotted);
    if (calls->program->scratch == 0) buffer_print(out, "    (void)scratch;\n");
}

static void samples_print(struct calls *calls, const struct plan_segment *segment) {
    struct buffer *out = calls->out;
    buffer_print(
        out,
        "// Forward and backward through the network. A task is a slot: a part of the batch with a gradient of its "
        "own, walked in micro-batches that stay in cache. Scratch memory is used again after its tensor has "
        "been read for the last time.\n"
        "static void net_forward_backward(const struct ae_step *step, size_t task, ae_real *scratch) {\n");
    slot_begin(calls, out);
    calls_declare_tensors(calls, segment->kernels, segment->kernel_count, 1);
    buffer_print(out,
                 "    const size_t end = ae_slot_begin(step, task + 1);\n"
                 "    for (size_t first = ae_slot_begin(step, task); first < end; first += %zu) {\n"
                 "        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), %zu);\n",
                 calls->program->micro_batch, calls->program->micro_batch);
    calls_declare_places(calls, segment->kernels, segment->kernel_count, 2);
    for (int i = 0; i < segment->kernel_count; i++)
        line_print(calls, segment->kernels[i], 2);
    buffer_print(out, "    }\n");
    mark_none(calls);
    buffer_print(out, "}\n\n");
}

static void weights_print(struct calls *calls, const struct plan_segment *segment) {
    size_t line = 0;
    work_begin("net_weight_gradients", true, calls->out);
    for (int i = 0; i < segment->kernel_count; i++) {
        const struct kernel *kernel = segment->kernels[i];
        const struct row_range row = kernel_row(kernel);
        work_print(calls, &line, kernel->tasks, kernel->number, &row);
    }
    buffer_print(calls->out,
                 "\n};\n\n"
                 "// Gradients of dense layers, summed over the batch's samples in order. A task is some rows of "
                 "a weight (a row has the weights of one input), or a bias.\n");
    tasks_print(calls, segment, "net_weight_gradients");
}

static void join_print(const struct calls *calls, const struct plan_segment *segment) {
    size_t slotted = calls->emitter->plan->slotted_count;
    struct buffer *out = calls->out;
    size_t line = 0;
    work_begin("net_join_gradients", true, out);
    work_print(calls, &line, (struct tasks){segment->task_count, JOIN_ELEMENTS, (long)slotted},
               calls->program->kernel_count, &(struct row_range){0, 1, 1, 0});
    buffer_print(out,
                 "\n};\n\n"
                 "// The slots' gradients, joined by a fixed tree; a task is a block of weights.\n"
                 "static void net_join_gradients(const struct ae_step *step, size_t task, ae_real *scratch) {\n"
                 "    (void)scratch;\n"
                 "    ae_mark(step, %d);\n"
                 "    ae_join_slots(step, %zu, ae_task_range(net_join_gradients_work, task));\n",
                 calls->program->kernel_count, slotted);
    mark_none(calls);
    buffer_print(out, "}\n\n");
}

static void phases_print(const struct calls *calls) {
    static const char *const rows[][2] = {
        [SEGMENT_REPACK] = {"net_transpose_work", "net_transpose"},
        [SEGMENT_SAMPLES] = {"NULL", "net_forward_backward"},
        [SEGMENT_WEIGHTS] = {"net_weight_gradients_work", "net_weight_gradients"},
        [SEGMENT_JOIN] = {"net_join_gradients_work", "net_join_gradients"},
    };
    const struct program *program = calls->program;
    struct buffer *out = calls->out;
    buffer_print(
        out, "// A step: phases, one after the other; the tasks of one may run at once. Number of tasks, or 0 for one "
             "per slot; the table of tasks, or NULL; the function.\n"
             "static const struct ae_phase net_phases[] = {\n");
    size_t line = 0;
    for (int i = 0; i < program->segment_count; i++) {
        const struct plan_segment *segment = &program->segments[i];
        emit_row(out, &line,
                 arena_print(calls->emitter->arena, "{%zu, %s, %s},", segment->task_count, rows[segment->kind][0],
                             rows[segment->kind][1]));
    }
    buffer_print(out, "\n};\n\n");
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
    struct calls calls = calls_begin(emitter, program, out);
    emitter->functions = calls.functions;
    for (int i = 0; i < program->segment_count; i++)
        segment_print(&calls, &program->segments[i]);
    phases_print(&calls);
}

static void evaluation_print(struct emitter *emitter, const struct program *program, struct buffer *out) {
    struct calls calls = calls_begin(emitter, program, out);
    if (program->scratch == 0 && program->repacked == 0) buffer_print(out, "    (void)scratch;\n");
    calls_declare_tensors(&calls, program->kernels, program->kernel_count, 1);
    calls_declare_places(&calls, program->kernels, program->kernel_count, 1);
    for (int i = 0; i < program->kernel_count; i++)
        line_print(&calls, program->kernels[i], 1);
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
        out, "static void net_decode(const ae_real *parameters, size_t samples, const ae_real *z, ae_real *output,\n"
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
