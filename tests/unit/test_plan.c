// Plans of specs with one op: plan_check accepts them, and reports each number that is changed by one.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/graph/builder.h"
#include "compiler/plan/plan.h"
#include "tests/unit/networks.h"
#include "tests/unit/suite.h"

#define ONE_OP(encoder, latent, decoder, loss)                                                       \
    "model one\ninput x : [3, 6, 6]\nencoder { " encoder " }\nlatent " latent "\ndecoder { " decoder \
    " }\nloss { " loss " }\n"

static const char *const specs[] = {
    ONE_OP("flatten; dense(5)", "z = code(5)", "dense(108); reshape(3, 6, 6)", "mse(x)"),
    ONE_OP("flatten; dense(96) -> relu", "z = code(64)", "dense(108); reshape(3, 6, 6)", "sse(x)"),
    ONE_OP("conv(20, kernel = 3)", "z = code(3)", "dense(108); reshape(3, 6, 6)", "mae(x)"),
    ONE_OP("conv(3, kernel = 3, stride = 2, padding = 1)", "z = code(3)", "dense(108); reshape(3, 6, 6)", "sae(x)"),
    ONE_OP("flatten; dense(12); reshape(3, 2, 2)", "z = code(12)",
           "reshape(3, 2, 2); deconv(3, kernel = 4, stride = 2)", "mse(x)"),
    ONE_OP("flatten; dense(16); dropout(0.25)", "z = code(16)", "dense(108); reshape(3, 6, 6)", "mse(x)"),
    ONE_OP("flatten; reshape(6, 3, 6); conv(2, kernel = 1)", "z = code(2)", "dense(108); reshape(3, 6, 6)", "mse(x)"),
    ONE_OP("", "z ~ gaussian(4)", "dense(108); reshape(3, 6, 6)", "sse(x); 0.5 * kl(z)"),
    ONE_OP("", "z = code(4)", "dense(108); reshape(3, 6, 6)", "bce(x); 0.1 * l1(z); 0.2 * l2(z)"),
    ONE_OP("conv(2, kernel = 5, padding = 2) -> softplus", "z = code(2)", "dense(108); reshape(3, 6, 6)", "mse(x)"),
};
enum { SPECS = sizeof specs / sizeof *specs };
static const enum target targets[] = {TARGET_SCALAR, TARGET_AVX512};

static struct plan *plan_new(struct arena *arena, const char *text, enum target target) {
    struct network *network = network_make(arena, "one", text, true);
    ck_assert_ptr_nonnull(network);
    return plan_make(network, machine_of(target));
}

// A number of a plan. `free`: another value can be a valid plan, so plan_check may accept it.
struct number {
    void *at;
    size_t size;
    enum { WHOLE, FLAG, REAL } kind;
    bool free;
    char name[160];
};

struct numbers {
    struct number *list;
    int count, capacity;
    char prefix[96];
};

static void number_add(struct numbers *numbers, void *at, size_t size, int kind, const char *name, bool is_free) {
    if (numbers->count == numbers->capacity) {
        numbers->capacity = numbers->capacity ? 2 * numbers->capacity : 1024;
        numbers->list = realloc(numbers->list, (size_t)numbers->capacity * sizeof *numbers->list);
        ck_assert_ptr_nonnull(numbers->list);
    }
    struct number *number = &numbers->list[numbers->count++];
    *number = (struct number){at, size, kind, is_free, ""};
    snprintf(number->name, sizeof number->name, "%s%s", numbers->prefix, name);
}

#define KIND(field) _Generic((field), bool : FLAG, double : REAL, default : WHOLE)
#define NUMBER(field) number_add(numbers, &(field), sizeof(field), KIND(field), #field, false)
#define FREE(field) number_add(numbers, &(field), sizeof(field), KIND(field), #field, true)

static void geometry_numbers(struct numbers *numbers, struct geometry *g) {
    NUMBER(g->large_height), NUMBER(g->large_width), NUMBER(g->large_channels);
    NUMBER(g->small_height), NUMBER(g->small_width), NUMBER(g->small_channels);
    for (int i = 0; i < 2; i++)
        NUMBER(g->kernel[i]), NUMBER(g->stride[i]), NUMBER(g->padding[i]);
    NUMBER(g->panel);
}

static void operand_numbers(struct numbers *numbers, struct kernel_operand *operand) {
    NUMBER(operand->source), NUMBER(operand->number), NUMBER(operand->constant);
}

static void description_numbers(struct numbers *numbers, struct kernel_description *d) {
    NUMBER(d->kind), NUMBER(d->op), NUMBER(d->count), NUMBER(d->whole_batch), NUMBER(d->back), NUMBER(d->site);
    NUMBER(d->probability), NUMBER(d->array_count), NUMBER(d->uniform_count), NUMBER(d->value_count);
    NUMBER(d->roles.input), NUMBER(d->roles.weight), NUMBER(d->roles.bias), NUMBER(d->roles.output);
    // Blocks are free: each sum has the order of docs/numerics.md in any block.
    FREE(d->tiling.tile.rows), FREE(d->tiling.tile.columns), FREE(d->tiling.turned), FREE(d->tiling.taps);
    NUMBER(d->tiling.packed), NUMBER(d->tiling.task_rows);
    geometry_numbers(numbers, &d->geometry);
    for (int i = 0; i < d->array_count; i++) {
        struct kernel_array *array = &d->arrays[i];
        NUMBER(array->count), NUMBER(array->stride), NUMBER(array->written), NUMBER(array->read);
    }
    for (int i = 0; i < d->uniform_count; i++) {
        struct kernel_uniform *uniform = &d->uniforms[i];
        NUMBER(uniform->op), NUMBER(uniform->term), NUMBER(uniform->constant), NUMBER(uniform->input_count);
        for (int j = 0; j < uniform->input_count; j++)
            operand_numbers(numbers, &uniform->inputs[j]);
    }
    for (int i = 0; i < d->value_count; i++) {
        struct kernel_value *value = &d->values[i];
        NUMBER(value->op), NUMBER(value->constant), NUMBER(value->input_count);
        NUMBER(value->array), NUMBER(value->after_sum);
        for (int j = 0; j < value->input_count; j++)
            operand_numbers(numbers, &value->inputs[j]);
    }
}

static void kernel_numbers(struct numbers *numbers, struct kernel *kernel) {
    NUMBER(kernel->number), NUMBER(kernel->segment), NUMBER(kernel->node_count), NUMBER(kernel->count);
    NUMBER(kernel->tasks.count), NUMBER(kernel->tasks.rows), NUMBER(kernel->tasks.all);
    NUMBER(kernel->kind), NUMBER(kernel->input_count);
    // Names and comments.
    FREE(kernel->part);
    description_numbers(numbers, &kernel->described->description);
}

static void program_numbers(struct numbers *numbers, struct program *program, bool training) {
    NUMBER(program->kernel_count), NUMBER(program->segment_count), NUMBER(program->tensor_count);
    NUMBER(program->scratch), NUMBER(program->batch), NUMBER(program->repacked);
    // Micro-batches are free in training, where sums continue from the array; those of evaluations must be equal.
    if (training)
        FREE(program->micro_batch);
    else
        NUMBER(program->micro_batch);
    for (int i = 0; i < program->segment_count; i++) {
        struct plan_segment *segment = &program->segments[i];
        NUMBER(segment->kind), NUMBER(segment->kernel_count), NUMBER(segment->task_count);
    }
    for (int i = 0; i < program->graph->count; i++) {
        struct node_plan *node = &program->nodes[i];
        NUMBER(node->value), NUMBER(node->needed), NUMBER(node->after_sum);
    }
    for (int i = 0; i < program->tensor_count; i++) {
        struct tensor *tensor = program->tensors[i];
        NUMBER(tensor->number), NUMBER(tensor->packed);
        NUMBER(tensor->storage.place), NUMBER(tensor->storage.offset), NUMBER(tensor->storage.stride);
    }
    for (int i = 0; i < program->kernel_count; i++) {
        snprintf(numbers->prefix, sizeof numbers->prefix, "%s, kernel %d: ", program->name, i);
        kernel_numbers(numbers, program->kernels[i]);
    }
}

static struct numbers numbers_of(struct plan *plan) {
    struct numbers list = {0}, *numbers = &list;
    struct step_memory *memory = &plan->memory;
    NUMBER(plan->parameter_count), NUMBER(plan->slotted_count);
    NUMBER(memory->parameters), NUMBER(memory->trainable), NUMBER(memory->slotted), NUMBER(memory->repacked);
    NUMBER(memory->terms), NUMBER(memory->input), NUMBER(memory->kept), NUMBER(memory->scratch);
    for (int i = 0; i < plan->network->parameters.count; i++)
        NUMBER(plan->parameters[i].offset), NUMBER(plan->parameters[i].slotted);
    struct program *programs[] = {&plan->training, &plan->encode, &plan->decode, &plan->measure};
    for (int i = 0; i < PROGRAMS; i++) {
        snprintf(list.prefix, sizeof list.prefix, "%s: ", programs[i]->name);
        program_numbers(numbers, programs[i], i == 0);
    }
    return list;
}

static void number_change(const struct number *number, int by) {
    if (number->kind == FLAG) {
        *(bool *)number->at = !*(bool *)number->at;
    } else if (number->kind == REAL) {
        *(double *)number->at += by;
    } else if (number->size == sizeof(int)) {
        *(int *)number->at += by;
    } else {
        ck_assert_uint_eq(number->size, sizeof(long));
        *(long *)number->at += by;
    }
}

// Changes each number by 1, then by -1.
static void plan_damage(struct plan *plan, const char *spec) {
    struct numbers numbers = numbers_of(plan);
    int free_count = 0;
    for (int i = 0; i < numbers.count; i++)
        for (int by = -1; by <= 1; by += 2) {
            const struct number *number = &numbers.list[i];
            unsigned char before[sizeof(double)];
            memcpy(before, number->at, number->size);
            number_change(number, by);
            const char *fault = plan_check(plan);
            memcpy(number->at, before, number->size);
            ck_assert_msg(fault || number->free, "%s%+d is not found in\n%s", number->name, by, spec);
            free_count += !fault;
        }
    // Few numbers may be free, otherwise the test is useless.
    ck_assert_int_gt(numbers.count, 1000);
    ck_assert_int_lt(free_count, numbers.count / 10);
    free(numbers.list);
}

START_TEST(wrong_numbers_are_found) {
    for (int t = 0; t < 2; t++) {
        struct arena arena = {0};
        struct plan *plan = plan_new(&arena, specs[_i], targets[t]);
        ck_assert_ptr_null(plan_check(plan));
        plan_damage(plan, specs[_i]);
        ck_assert_ptr_null(plan_check(plan));
        arena_free(&arena);
    }
}
END_TEST

// The place in a kernel's description of a tensor that its anchor reads or makes.
static const struct tensor **described_place(const struct kernel *kernel, const struct tensor *tensor) {
    const struct described *described = kernel->described;
    bool written = tensor == kernel->output;
    for (int i = 0; i < described->description.array_count; i++)
        if (described->tensors[i] == tensor && described->description.arrays[i].written == written)
            return &described->tensors[i];
    return NULL;
}

// Replaces a tensor by each other tensor, only in the kernel, and also in its description.
static void tensor_damage(struct plan *plan, const struct program *program, struct kernel *kernel,
                          struct tensor **place) {
    struct tensor *right = *place;
    const struct tensor **described = described_place(kernel, right);
    for (int t = 0; t < program->tensor_count; t++) {
        *place = program->tensors[t];
        ck_assert_int_eq(plan_check(plan) == NULL, *place == right);
        if (described) *described = *place;
        ck_assert_int_eq(plan_check(plan) == NULL, *place == right);
        if (described) *described = right;
    }
    *place = right;
}

START_TEST(wrong_tensors_are_found) {
    struct arena arena = {0};
    struct plan *plan = plan_new(&arena, specs[_i], TARGET_AVX512);
    const struct program *programs[PROGRAMS];
    plan_programs(plan, programs);
    for (int p = 0; p < PROGRAMS; p++)
        for (int k = 0; k < programs[p]->kernel_count; k++) {
            struct kernel *kernel = programs[p]->kernels[k];
            for (int i = 0; i < kernel->input_count; i++)
                tensor_damage(plan, programs[p], kernel, &kernel->inputs[i]);
            if (kernel->anchor) tensor_damage(plan, programs[p], kernel, &kernel->output);
        }
    arena_free(&arena);
}
END_TEST

// Counts how often each element is written by the tasks of a kernel.
static void tasks_cover(const struct kernel *kernel) {
    size_t count = kernel->anchor->count, offset = kernel->output->storage.offset;
    unsigned char *written = calloc(count, 1);
    struct row_range row = kernel_row(kernel);
    size_t rows = (size_t)kernel->tasks.rows, all = (size_t)kernel->tasks.all;
    ck_assert(rows * kernel->tasks.count >= all && rows * (kernel->tasks.count - 1) < all);
    for (size_t r = 0; r < all; r++)
        for (size_t run = 0; run < row.runs; run++)
            for (size_t i = 0; i < row.count; i++) {
                size_t at = row.offset + r * row.count + run * row.stride + i - offset;
                ck_assert_uint_lt(at, count);
                written[at]++;
            }
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(written[i], 1);
    free(written);
}

// Rows 64 .. 127 of a weight [200][32] in panels of 16 outputs, of one [200][5], and of the repacked [208] -> panels.
START_TEST(tasks_write_each_element_once) {
    static const char *const weights[] = {"model m\ninput x : [200]\nencoder { dense(32) }\nlatent z = "
                                          "code(5)\ndecoder { dense(208); dense(200) }\nloss { mse(x) }\n",
                                          "model m\ninput x : [3, 9, 9]\nencoder { conv(5, kernel = 2) }\nlatent z = "
                                          "code(5)\ndecoder { dense(243); reshape(3, 9, 9) }\nloss { mse(x) }\n"};
    int kernels = 0, cut = 0;
    for (int i = 0; i < 4; i++) {
        struct arena arena = {0};
        const struct program *training = &plan_new(&arena, weights[i / 2], targets[i % 2])->training;
        for (int k = 0; k < training->kernel_count; k++) {
            const struct kernel *kernel = training->kernels[k];
            if (kernel->tasks.count == 0) continue;
            tasks_cover(kernel);
            kernels++;
            cut += kernel->tasks.count > 1;
        }
        arena_free(&arena);
    }
    ck_assert_int_gt(kernels, 20);
    ck_assert_int_gt(cut, 8);
}
END_TEST

static const struct kernel *kernel_of(const struct program *program, const struct node *node) {
    return program->nodes[node->id].tensor->kernel;
}

// y = x W, G = the sum over the batch of x y, then x G: the last product needs the whole batch.
START_TEST(whole_batch_results_cut_segments) {
    struct arena arena = {0};
    struct network *network = network_make(&arena, "cut",
                                           "model m\ninput x : [4]\nencoder { dense(4) }\nlatent z = code\n"
                                           "decoder { dense(4) }\nloss { l1(z) }\n",
                                           true);
    struct graph_builder b = {.graph = &network->training};
    struct node *y = NULL;
    for (struct node *node = b.graph->first; node && !y; node = node->next)
        if (node->op == OP_CONVOLVE) y = node;
    ck_assert_ptr_nonnull(y);
    const struct geometry g = y->convolution.geometry;
    struct node *sum = graph_convolve_weight(&b, &g, y->inputs[0], y);
    struct node *product = graph_convolve(&b, &g, y->inputs[0], sum, NULL);
    b.graph->outputs[OUTPUT_TERM].list[0].node = graph_sum(&b, product);
    struct plan *plan = plan_make(network, machine_of(TARGET_SCALAR));
    ck_assert_ptr_null(plan_check(plan));
    const struct program *training = &plan->training;
    const struct kernel *made = kernel_of(training, y), *summed = kernel_of(training, sum),
                        *used = kernel_of(training, product);
    ck_assert_int_eq(training->segments[made->segment].kind, SEGMENT_SAMPLES);
    ck_assert_int_eq(training->segments[summed->segment].kind, SEGMENT_WEIGHTS);
    ck_assert_int_eq(training->segments[used->segment].kind, SEGMENT_SAMPLES);
    ck_assert_int_lt(made->segment, summed->segment);
    ck_assert_int_lt(summed->segment, used->segment);
    ck_assert_int_eq(node_storage(training, y)->place, PLACE_BATCH);
    ck_assert_int_eq(node_storage(training, sum)->place, PLACE_REPACKED);
    ck_assert_int_eq(node_storage(training, product)->place, PLACE_SCRATCH);
    arena_free(&arena);
}
END_TEST

static bool says(const char *fault, const char *what) {
    return fault && strstr(fault, what);
}

// A convolution that is packed on a machine with 16 lanes, with images of SIDE x SIDE between its layers.
#define PACKED_BETWEEN(side)                                                                             \
    "model m\ninput x : [3, 8, 8]\nencoder { conv(3, kernel = 3, padding = 1); deconv(1, kernel = " side \
    ", stride = " side "); conv(3, kernel = " side ", stride = " side ") }\nlatent z = code\n"           \
    "decoder { deconv(3, kernel = 3, padding = 1) }\nloss { mse(x) }\n"

// Groups of 16 samples are always complete.
START_TEST(groups_of_samples_are_not_cut) {
    struct arena arena = {0};
    struct plan *plan = plan_new(&arena, PACKED_BETWEEN("8"), TARGET_AVX512);
    struct program *evaluations[] = {&plan->encode, &plan->decode, &plan->measure};
    ck_assert_ptr_null(plan_check(plan));
    ck_assert(program_is_packed(&plan->training) && program_is_packed(&plan->encode));
    size_t samples = plan->training.micro_batch;
    plan->training.micro_batch = 24;
    plan->memory.scratch = plan->training.scratch * 24;
    ck_assert(says(plan_check(plan), "training: a micro-batch of 24 samples is not a multiple of 16"));
    plan->training.micro_batch = samples;
    plan->memory.scratch = plan->training.scratch * samples;
    for (int i = 0; i < 3; i++)
        evaluations[i]->micro_batch = 24;
    ck_assert(says(plan_check(plan), "encode: a micro-batch of 24 samples is not a multiple of 16"));
    arena_free(&arena);
}
END_TEST

// There are no groups if samples are computed one at a time.
START_TEST(large_samples_are_not_packed) {
    struct arena arena = {0};
    struct plan *plan = plan_new(&arena, PACKED_BETWEEN("128"), TARGET_AVX512);
    const struct program *programs[PROGRAMS];
    plan_programs(plan, programs);
    ck_assert_ptr_null(plan_check(plan));
    for (int i = 0; i < PROGRAMS; i++) {
        ck_assert_uint_eq(programs[i]->micro_batch, 1);
        ck_assert(!program_is_packed(programs[i]));
    }
    arena_free(&arena);
}
END_TEST

// An image used by several convolutions of a level is packed once; the graphs do not change.
START_TEST(packing_leaves_the_graphs) {
    struct arena arena = {0};
    struct network *network = network_make(&arena, "packed", PACKED_BETWEEN("8"), true);
    struct graph_builder b = {.graph = &network->training};
    struct node *first = b.graph->first;
    while (first->op != OP_CONVOLVE)
        first = first->next;
    struct node *second = graph_convolve(&b, &first->convolution.geometry, first->inputs[0], first->inputs[1], NULL);
    b.graph->outputs[OUTPUT_TERM].list[0].node = graph_sum(&b, graph_binary(&b, OP_ADD, first, second));
    struct buffer before = {0}, after = {0};
    network_print(network, &before);
    const struct plan *plan = plan_make(network, machine_of(TARGET_AVX512));
    network_print(network, &after);
    ck_assert_ptr_null(plan_check(plan));
    ck_assert_str_eq(before.text, after.text);
    int packs = 0, unpacks = 0;
    for (int i = 0; i < plan->training.kernel_count; i++) {
        const struct kernel *kernel = plan->training.kernels[i];
        packs += kernel->kind == KERNEL_PACK && kernel->anchor->inputs[0] == first->inputs[0];
        unpacks += kernel->kind == KERNEL_UNPACK && (kernel->anchor == first || kernel->anchor == second);
    }
    ck_assert_int_eq(packs, 1);
    ck_assert_int_eq(unpacks, 2);
    buffer_free(&before);
    buffer_free(&after);
    arena_free(&arena);
}
END_TEST

static struct node *node_of(const struct graph *graph, enum op op, size_t count) {
    for (struct node *node = graph->first; node; node = node->next)
        if (node->op == op && node->count == count) return node;
    ck_abort_msg("no %s of %zu elements", op_name(op), count);
}

// A convolution whose weight is a sum over the batch is in a later segment than another one of the same image. Groups
// of samples are not kept for the whole batch, so the image is packed in both segments.
START_TEST(images_are_packed_in_each_segment) {
    struct arena arena = {0};
    struct network *network =
        network_make(&arena, "segments",
                     "model m\ninput x : [3, 8, 8]\nencoder { conv(3, kernel = 1) }\nlatent z = code(3)\n"
                     "decoder { dense(192); reshape(3, 8, 8) }\nloss { l2(z) }\n",
                     true);
    struct graph_builder b = {.graph = &network->training};
    struct node *first = node_of(b.graph, OP_CONVOLVE, 192), *code = node_of(b.graph, OP_CONVOLVE, 3);
    struct geometry dense = code->convolution.geometry;
    dense.large_channels = 3;
    struct node *sum = graph_convolve_weight(&b, &dense, code, code);
    struct node *second = graph_convolve(&b, &first->convolution.geometry, first->inputs[0], sum, NULL);
    b.graph->outputs[OUTPUT_TERM].list[0].node = graph_sum(&b, graph_binary(&b, OP_ADD, first, second));
    struct plan *plan = plan_make(network, machine_of(TARGET_AVX512));
    const char *fault = plan_check(plan);
    ck_assert_msg(!fault, "%s", fault);
    int packs = 0;
    for (int i = 0; i < plan->training.kernel_count; i++) {
        const struct kernel *kernel = plan->training.kernels[i];
        bool of_first = kernel->anchor == first, of_second = kernel->anchor == second;
        if (kernel->kind != KERNEL_PACK || (!of_first && !of_second)) continue;
        ck_assert_int_eq(kernel->segment, kernel_of(&plan->training, kernel->anchor)->segment);
        packs++;
    }
    ck_assert_int_eq(packs, 2);
    arena_free(&arena);
}
END_TEST

// No loop nest computes BIAS_SPREAD: plan_check reports it.
START_TEST(ops_without_a_kernel_are_refused) {
    struct arena arena = {0};
    struct network *network = network_make(&arena, "spread", specs[2], true);
    struct graph_builder b = {.graph = &network->training};
    struct node *bias = NULL;
    for (struct node *node = b.graph->first; node && !bias; node = node->next)
        if (node->op == OP_CONVOLVE) bias = node->inputs[2];
    ck_assert_ptr_nonnull(bias);
    struct image image = {1, 1, (long)bias->count};
    b.graph->outputs[OUTPUT_TERM].list[0].node = graph_sum(&b, graph_bias_spread(&b, image, bias));
    ck_assert(says(plan_check(plan_make(network, machine_of(TARGET_SCALAR))), "no kernel can compute bias_spread"));
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("plan");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, wrong_numbers_are_found, 0, SPECS);
    tcase_add_loop_test(cases, wrong_tensors_are_found, 0, SPECS);
    tcase_add_test(cases, tasks_write_each_element_once);
    tcase_add_test(cases, whole_batch_results_cut_segments);
    tcase_add_test(cases, groups_of_samples_are_not_cut);
    tcase_add_test(cases, large_samples_are_not_packed);
    tcase_add_test(cases, packing_leaves_the_graphs);
    tcase_add_test(cases, images_are_packed_in_each_segment);
    tcase_add_test(cases, ops_without_a_kernel_are_refused);
    return suite_run("plan", cases);
}
