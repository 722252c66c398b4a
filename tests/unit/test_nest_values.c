// Executes nests and compares their results with sums over the pairs of elements that each op combines. All numbers are
// small integers, so that the order of a sum does not matter.
#include <check.h>

#include "nest_cases.h"
#include "nest_run.h"
#include "suite.h"

static struct arena arena;

// The expected arrays of a case: [array_count], element (sample, i) at sample * count + i.
struct expected {
    const struct kernel_description *kernel;
    long samples;
    double *arrays[8];
};

static double element(const struct kernel_description *kernel, const struct nest *nest, int array, long sample,
                      long i) {
    (void)kernel;
    return run_number(array, memory_place(nest, array, sample, i));
}

static long weight_at(const struct geometry *g, bool up, long ky, long kx, long l, long s) {
    if (up) return ((ky * g->small_channels + s) * g->kernel[1] + kx) * g->large_channels + l;
    if (g->panel) return s / PANEL * g->large_channels * PANEL + l * PANEL + s % PANEL;
    return ((ky * g->kernel[1] + kx) * g->large_channels + l) * g->small_channels + s;
}

// Every (large element, weight, small element) that a convolution combines.
static void joined_expect(const struct nest *nest, long samples, double *output) {
    const struct kernel_description *k = nest->kernel;
    const struct geometry *g = &k->geometry;
    bool up = k->kind == KERNEL_TRANSPOSED, gradient = k->kind == KERNEL_WEIGHT_GRADIENT;
    for (long n = 0; n < samples * g->small_height * g->small_width; n++)
        for (long t = 0; t < g->kernel[0] * g->kernel[1] * g->large_channels * g->small_channels; t++) {
            long sample = n / g->small_width / g->small_height, y = n / g->small_width % g->small_height;
            long x = n % g->small_width, s = t % g->small_channels, l = t / g->small_channels % g->large_channels;
            long kx = t / g->small_channels / g->large_channels % g->kernel[1];
            long ky = t / g->small_channels / g->large_channels / g->kernel[1];
            long row = y * g->stride[0] + ky - g->padding[0], column = x * g->stride[1] + kx - g->padding[1];
            if (row < 0 || row >= g->large_height || column < 0 || column >= g->large_width) continue;
            long large = (row * g->large_width + column) * g->large_channels + l;
            long small = (y * g->small_width + x) * g->small_channels + s, weight = weight_at(g, up, ky, kx, l, s);
            if (gradient)
                output[weight] +=
                    element(k, nest, k->roles.input, sample, large) * element(k, nest, k->roles.weight, sample, small);
            else
                output[sample * (long)k->count + (up ? large : small)] +=
                    element(k, nest, k->roles.input, sample, up ? small : large) * run_number(k->roles.weight, weight);
        }
}

// The anchor's result, [sample][count] or [count].
static double *anchor_expect(const struct nest *nest, long samples) {
    const struct kernel_description *k = nest->kernel;
    const struct geometry *g = &k->geometry;
    long count = (long)k->count, positions = g->large_height * g->large_width, channels = g->large_channels;
    double *output = ARENA_ARRAY(&arena, double, samples *count + 1);
    bool shared = k->roles.output >= 0 && k->arrays[k->roles.output].stride == 0;
    for (long n = 0; n < (shared ? 1 : samples) * count; n++) {
        long sample = n / count, i = n % count;
        switch (k->kind) {
        case KERNEL_CONVOLVE:
            if (k->roles.bias >= 0) output[n] = run_number(k->roles.bias, i % g->small_channels);
            break;
        case KERNEL_TRANSPOSED:
            if (k->roles.bias >= 0) output[n] = run_number(k->roles.bias, i % channels);
            break;
        case KERNEL_WEIGHT_GRADIENT:
            if (!k->whole_batch) output[n] = run_number(k->roles.output, i);
            break;
        case KERNEL_BIAS_GRADIENT:
            output[n] = run_number(k->roles.output, i);
            for (long p = 0; p < samples * positions; p++)
                output[n] += element(k, nest, k->roles.input, p / positions, p % positions * channels + i);
            break;
        case KERNEL_PERMUTE:
            output[n] =
                element(k, nest, k->roles.input, sample,
                        k->back ? i % channels * positions + i / channels : i % positions * channels + i / positions);
            break;
        case KERNEL_PACK:
        case KERNEL_UNPACK: output[n] = element(k, nest, k->roles.input, sample, i); break;
        case KERNEL_RANDOM: output[n] = run_random(sample, k->site, i, k->op == OP_DROPOUT ? k->probability : 0); break;
        case KERNEL_REPACK:
        case KERNEL_ELEMENTWISE: break;
        }
    }
    if (k->kind == KERNEL_CONVOLVE || k->kind == KERNEL_TRANSPOSED || k->kind == KERNEL_WEIGHT_GRADIENT)
        joined_expect(nest, samples, output);
    if (k->kind != KERNEL_REPACK) return output;
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < channels; l++)
                for (long s = 0; s < g->small_channels; s++) {
                    long to = k->tiling.task_rows ? l / PANEL * g->small_channels * PANEL + s * PANEL + l % PANEL
                                                  : weight_at(g, true, ky, kx, l, s);
                    output[to] = run_number(k->roles.input, weight_at(g, false, ky, kx, l, s));
                }
    return output;
}

static void expect_equal(const struct nest *nest, const struct memory *memory, int array, long sample, long i,
                         double expected) {
    const struct number *found = &memory[array].elements[memory_place(nest, array, sample, i)];
    ck_assert_msg(found->set, "element %ld of sample %ld of %s is not set", i, sample,
                  nest->kernel->arrays[array].name);
    ck_assert_msg(found->real == expected, "element %ld of sample %ld of %s is %g, expected %g", i, sample,
                  nest->kernel->arrays[array].name, found->real, expected);
}

// The formulas for the values of nest_cases.c.
static void values_compare(const struct nest *nest, enum case_values values, const struct memory *memory, long samples,
                           const double *anchor) {
    const struct kernel_description *k = nest->kernel;
    long count = (long)k->count;
    int in0 = 0, in1 = 1, in2 = 2, out0 = k->array_count - 2, out1 = k->array_count - 1;
    for (long n = 0; n < samples * count; n++) {
        long sample = n / count, i = n % count;
        if (values == VALUES_RELU) expect_equal(nest, memory, out1, sample, i, anchor[n] > 0 ? anchor[n] : 0);
        if (values == VALUES_SELECT) {
            double kept = element(k, nest, out0 - 1, sample, i) <= 0 ? 0 : anchor[n];
            expect_equal(nest, memory, out0, sample, i, kept);
            expect_equal(nest, memory, out1, sample, i, 2 * kept);
        }
        if (values == VALUES_LOSS) {
            double difference = element(k, nest, in0, sample, i) - element(k, nest, in1, sample, i);
            double product = difference * element(k, nest, in2, sample, 0);
            expect_equal(nest, memory, out1, sample, i, product + 2 * run_number(k->array_count, 1));
        }
    }
    for (long sample = 0; values == VALUES_LOSS && sample < samples; sample++) {
        double sum = 0;
        for (long i = 0; i < count; i++) {
            double difference = element(k, nest, in0, sample, i) - element(k, nest, in1, sample, i);
            sum += difference * difference;
        }
        expect_equal(nest, memory, out0, sample, 0, 3 * sum);
    }
}

static void case_compare(const struct nest_case *c, struct nest *nest, long samples) {
    struct memory *memory;
    const struct kernel_description *k = nest->kernel;
    const char *fault = nest_run(nest, &arena, samples, &memory);
    ck_assert_msg(!fault, "%ld samples: %s", samples, fault);
    const double *anchor = anchor_expect(nest, samples);
    bool shared = k->roles.output >= 0 && k->arrays[k->roles.output].stride == 0;
    for (long n = 0; k->roles.output >= 0 && n < (shared ? 1 : samples) * (long)k->count; n++)
        expect_equal(nest, memory, k->roles.output, n / (long)k->count, n % (long)k->count, anchor[n]);
    values_compare(nest, c->values, memory, samples, anchor);
}

START_TEST(a_nest_computes_its_op) {
    static const long batches[] = {1, 7, 16, 37};
    const struct nest_case *c = &nest_cases[_i];
    int built = 0;
    for (int target = 0; target < TARGETS; target++)
        for (int variant = 0;; variant++) {
            const struct machine *machine = machine_of(target);
            const struct kernel_description *kernel = case_describe(&arena, c, machine, variant);
            if (!kernel) break;
            struct nest *nest = nest_build(&arena, machine, kernel);
            const char *fault = nest_check(nest);
            const struct tile tile = kernel->tiling.tile;
            ck_assert_msg(!fault, "%s for %s, tile %d x %d: %s", c->name, machine->name, tile.rows, tile.columns,
                          fault);
            for (int i = variant ? 3 : 0; i < 4; i++)
                case_compare(c, nest, batches[i]);
            built++;
            arena_free(&arena);
        }
    ck_assert_int_ge(built, 3);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("nest_values");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_nest_computes_its_op, 0, nest_case_count);
    return suite_run("nest_values", cases);
}
