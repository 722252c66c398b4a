#include "compiler/plan/plan.h"

#include "compiler/plan/build.h"
#include "compiler/plan/names.h"

// The steps of making a plan, in order.

void plan_programs(const struct plan *plan, const struct program *programs[PROGRAMS]) {
    programs[0] = &plan->training;
    programs[1] = &plan->encode;
    programs[2] = &plan->decode;
    programs[3] = &plan->measure;
}

// Marks the nodes that the results need, from the last node to the first.
static void results_need(struct arena *temporary, struct program *program, const struct results *results) {
    const struct graph *graph = program->graph;
    const struct node **order = ARENA_ARRAY(temporary, const struct node *, graph->count);
    int count = 0;
    for (const struct node *node = graph->first; node; node = node->next)
        order[count++] = node;
    for (int i = 0; i < results->count; i++)
        program->nodes[results->list[i].node->id].needed = true;
    for (int i = count - 1; i >= 0; i--)
        for (int j = 0; program->nodes[order[i]->id].needed && j < order[i]->input_count; j++)
            program->nodes[order[i]->inputs[j]->id].needed = true;
}

// The number of samples for which the scratch memory of a micro-batch fits in half of a typical second-level cache.
static size_t micro_batch_choose(const struct program *program) {
    enum { CACHE_ELEMENTS = 512 * 1024 / 4, LEAST = 16, MOST = 64 };
    size_t each = program->scratch + program->batch + 1, samples = CACHE_ELEMENTS / each;
    samples = samples / LEAST * LEAST;
    if (each > LARGE_SAMPLE) return 1;
    return samples < LEAST ? LEAST : samples > MOST ? MOST : samples;
}

static void program_make(const struct plan *plan, struct program *program, const struct graph *graph, bool may_pack) {
    *program = (struct program){
        .name = purpose_name(graph->purpose), .arena = graph->arena, .machine = plan->machine, .graph = graph};
    program->nodes = ARENA_ARRAY(program->arena, struct node_plan, graph->count);
    struct arena temporary = {0};
    struct results results = results_of(&temporary, plan, program);
    results_need(&temporary, program, &results);
    kernels_plan(&temporary, program, may_pack);
    storage_plan(&temporary, plan, program, &results);
    tensors_name(plan, program);
    kernels_describe(&temporary, program);
    tilings_plan(program);
    arena_free(&temporary);
}

// A gradient that does not depend on any term is zero: it is stored with the slots, which are initially zero.
static bool is_slotted(const struct graph *training, int parameter) {
    const struct node *gradient = training->outputs[OUTPUT_GRADIENT].list[parameter].node;
    return !gradient || !node_is_whole_batch(gradient);
}

static void parameters_place(struct plan *plan) {
    const struct parameters *parameters = &plan->network->parameters;
    plan->parameters = ARENA_ARRAY(plan->network->training.arena, struct parameter_plan, parameters->count);
    size_t offset = 0;
    for (int slotted = 1; slotted >= 0; slotted--) {
        for (int i = 0; i < parameters->count; i++) {
            if (is_slotted(&plan->network->training, i) != (slotted == 1)) continue;
            plan->parameters[i] = (struct parameter_plan){offset, slotted == 1};
            offset += line_rounded(parameters->list[i].count);
        }
        if (slotted) plan->slotted_count = offset;
    }
    plan->parameter_count = offset;
}

static void training_make(struct plan *plan, bool may_pack) {
    struct program *training = &plan->training;
    program_make(plan, training, &plan->network->training, may_pack);
    if (plan->slotted_count) segments_join(training, plan->slotted_count);
    training->micro_batch = micro_batch_choose(training);
}

// All evaluations use the same micro-batch, because the caller uses only one number.
static void evaluations_make(struct plan *plan, bool may_pack) {
    struct program *evaluations[] = {&plan->encode, &plan->decode, &plan->measure};
    const struct graph *graphs[] = {&plan->network->encode, &plan->network->decode, &plan->network->measure};
    size_t samples = EVALUATE_SAMPLES;
    for (int i = 0; i < 3; i++) {
        program_make(plan, evaluations[i], graphs[i], may_pack);
        if (evaluations[i]->scratch > LARGE_SAMPLE) samples = 1;
    }
    for (int i = 0; i < 3; i++)
        evaluations[i]->micro_batch = samples;
}

static struct step_memory memory_of(const struct plan *plan) {
    const struct spec *spec = plan->network->spec;
    const struct program *training = &plan->training;
    return (struct step_memory){.parameters = plan->parameter_count,
                                .trainable = plan->parameter_count,
                                .slotted = plan->slotted_count,
                                .repacked = training->repacked,
                                .terms = (size_t)spec->term_count,
                                .input = shape_count(spec->input),
                                .kept = training->batch,
                                .scratch = training->scratch * training->micro_batch};
}

// Packed kernels compute whole groups of samples, so nothing is packed if the micro-batch is one sample.
struct plan *plan_make(const struct network *network, const struct machine *machine) {
    struct plan *plan = ARENA_NEW(network->training.arena, struct plan);
    plan->network = network;
    plan->machine = machine;
    parameters_place(plan);
    training_make(plan, true);
    if (plan->training.micro_batch == 1) training_make(plan, false);
    evaluations_make(plan, true);
    if (plan->encode.micro_batch == 1) evaluations_make(plan, false);
    plan->memory = memory_of(plan);
    return plan;
}
