#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "compiler/plan/check.h"

bool check_fails(struct checker *c, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!c->fault)
        c->fault = arena_print(c->arena, "%s%s%s", c->program ? c->program->name : "", c->program ? ": " : "", text);
    return false;
}

// The range of a parameter in an array.
struct parameter_range {
    size_t from, to;
    int number;
};

static int range_order(const void *a, const void *b) {
    const struct parameter_range *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

// Whether a parameter's gradient is summed by slots, according to the graph.
static bool sums_by_slots(const struct checker *c, int parameter) {
    const struct node *gradient = c->plan->network->training.outputs[OUTPUT_GRADIENT].list[parameter].node;
    return !gradient || !node_is_whole_batch(gradient);
}

bool parameters_check(struct checker *c) {
    const struct plan *plan = c->plan;
    const struct parameters *parameters = &plan->network->parameters;
    struct parameter_range *ranges = ARENA_ARRAY(c->arena, struct parameter_range, parameters->count);
    for (int i = 0; i < parameters->count; i++) {
        const struct parameter_plan *p = &plan->parameters[i];
        if (p->slotted != sums_by_slots(c, i))
            return check_fails(c, "parameter %d: its gradient is in the wrong array", i);
        if (p->offset % LINE_ELEMENTS) return check_fails(c, "parameter %d is not aligned", i);
        ranges[i] = (struct parameter_range){p->offset, p->offset + line_rounded(parameters->list[i].count), i};
    }
    qsort(ranges, (size_t)parameters->count, sizeof *ranges, range_order);
    size_t slotted = 0, end = 0;
    for (int i = 0; i < parameters->count; i++) {
        const struct parameter_range *e = &ranges[i];
        if (e->from < end) return check_fails(c, "parameter %d overlaps another parameter", e->number);
        if (plan->parameters[e->number].slotted && slotted < end)
            return check_fails(c, "parameter %d is not adjacent to those summed by slots", e->number);
        end = e->to;
        if (plan->parameters[e->number].slotted) slotted = end;
    }
    if (plan->slotted_count != slotted)
        return check_fails(c, "%zu elements are summed by slots, not %zu", slotted, plan->slotted_count);
    if (plan->parameter_count != end)
        return check_fails(c, "parameters end at %zu, not %zu", end, plan->parameter_count);
    return true;
}

// Checks that the trainer allocates the memory that the programs need.
static bool memory_check(struct checker *c) {
    const struct plan *plan = c->plan;
    const struct program *training = &plan->training;
    const struct step_memory *memory = &plan->memory;
    const struct spec *spec = plan->network->spec;
    bool right = memory->parameters == plan->parameter_count && memory->trainable == plan->parameter_count &&
                 memory->slotted == plan->slotted_count && memory->repacked == training->repacked &&
                 memory->terms == (size_t)spec->term_count && memory->input == shape_count(spec->input) &&
                 memory->kept == training->batch && memory->scratch == training->scratch * training->micro_batch;
    return right || check_fails(c, "the memory of a step differs from what its program needs");
}

static bool samples_check(struct checker *c) {
    const struct plan *plan = c->plan;
    const struct program *program = c->program;
    if (program->micro_batch < 1) return check_fails(c, "the micro-batch is empty");
    if (program != &plan->training && program->micro_batch != plan->encode.micro_batch)
        return check_fails(c, "the micro-batches of evaluations differ");
    // Packed kernels compute whole groups of samples, so the arrays of a micro-batch must have room for these.
    if (program_is_packed(program) && program->micro_batch % (size_t)plan->machine->lanes)
        return check_fails(c, "a micro-batch of %zu samples is not a multiple of %d", program->micro_batch,
                           plan->machine->lanes);
    return true;
}

const char *plan_check(const struct plan *plan) {
    struct arena temporary = {0};
    struct checker c = {.plan = plan, .arena = &temporary};
    const struct program *programs[PROGRAMS];
    plan_programs(plan, programs);
    bool right = parameters_check(&c) && memory_check(&c);
    for (int i = 0; right && i < PROGRAMS; i++) {
        c.program = programs[i];
        right = segments_check(&c) && tensors_check(&c) && samples_check(&c) && kernels_check(&c) &&
                storage_check(&c) && descriptions_check(&c);
    }
    const char *fault = c.fault ? arena_print(plan->training.arena, "%s", c.fault) : NULL;
    arena_free(&temporary);
    return fault;
}
