// The cost of a nest is a walk over its statements; tilings are chosen by a formula. The two are compared for many
// geometries and tilings, so that neither changes alone, and the walk's loops with those of a nest that is executed.
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/nest/build.h"
#include "compiler/nest/check/execute.h"
#include "compiler/nest/cost.h"
#include "nest_cases.h"
#include "tests/unit/suite.h"

static struct arena arena;
static uint64_t state;

static long draw(long least, long most) {
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return least + (long)((state >> 33) % (uint64_t)(most - least + 1));
}

enum { GEOMETRIES = 400 };

// Kinds of kernels that have tilings.
static const struct family {
    const char *name;
    enum kernel_kind kind;
    bool dense, padded, packed;
} families[] = {
    {"convolution", KERNEL_CONVOLVE, false, false, false},
    {"convolution padded", KERNEL_CONVOLVE, false, true, false},
    {"convolution packed", KERNEL_CONVOLVE, false, false, true},
    {"convolution packed and padded", KERNEL_CONVOLVE, false, true, true},
    {"dense", KERNEL_CONVOLVE, true, false, false},
    {"dense packed", KERNEL_CONVOLVE, true, false, true},
    {"transposed", KERNEL_TRANSPOSED, false, false, false},
    {"transposed padded", KERNEL_TRANSPOSED, false, true, false},
    {"transposed packed", KERNEL_TRANSPOSED, false, false, true},
    {"transposed packed and padded", KERNEL_TRANSPOSED, false, true, true},
    {"weight gradient", KERNEL_WEIGHT_GRADIENT, false, false, false},
    {"weight gradient padded", KERNEL_WEIGHT_GRADIENT, false, true, false},
    {"weight gradient of a dense layer", KERNEL_WEIGHT_GRADIENT, true, false, false},
};
enum { FAMILIES = sizeof families / sizeof *families };

static bool geometry_draw(const struct family *family, struct geometry *g) {
    *g = (struct geometry){1, 1, draw(1, 140), 1, 1, draw(1, 140), {1, 1}, {1, 1}, {0, 0}, 0};
    if (family->dense && draw(0, 1)) g->small_channels = PANEL * draw(1, 8);
    if (family->dense) {
        g->panel = g->small_channels % PANEL == 0 ? PANEL : 0;
        return true;
    }
    g->large_height = draw(1, 20);
    g->large_width = draw(2, 30);
    g->large_channels = draw(1, 40);
    g->small_channels = draw(1, 70);
    for (int axis = 0; axis < 2; axis++) {
        g->kernel[axis] = draw(1, 5 + 2 * axis);
        g->stride[axis] = draw(1, 3);
        g->padding[axis] = family->padded ? draw(0, g->kernel[axis] - 1) : 0;
    }
    long down = g->large_height + 2 * g->padding[0] - g->kernel[0];
    long across = g->large_width + 2 * g->padding[1] - g->kernel[1];
    g->small_height = down / g->stride[0] + 1;
    g->small_width = across / g->stride[1] + 1;
    return down >= 0 && across >= 0;
}

// Another tiling that the machine can hold, or the one that is chosen.
static void tiling_draw(const struct machine *machine, struct kernel_description *d) {
    struct tiling chosen = d->tiling, *t = &d->tiling;
    bool gradient = d->kind == KERNEL_WEIGHT_GRADIENT;
    t->tile = (struct tile){(int)draw(1, TILE_ROWS_MAX), (int)draw(1, TILE_COLUMNS_MAX)};
    if (gradient) t->turned = draw(0, 1);
    if (gradient) t->taps = (int)(d->geometry.padding[1] ? draw(1, d->geometry.kernel[1]) : d->geometry.kernel[1]);
    if (t->task_rows) t->task_rows = t->turned ? (long)t->tile.columns * machine->lanes : t->tile.rows;
    bool strides = d->kind != KERNEL_TRANSPOSED || t->tile.rows == 1 || t->tile.rows % d->geometry.stride[1] == 0;
    if (draw(0, 1) || !strides || tiling_fault(machine, d)) d->tiling = chosen;
}

// Of an axis of a padded convolution: the share of pairs of a kernel position and an output that meet the image; of the
// output where it is least.
struct share {
    double all, least;
};

static struct share share_of(const struct geometry *g, int axis) {
    long large = axis ? g->large_width : g->large_height, small = axis ? g->small_width : g->small_height;
    struct share share = {0, 1};
    for (long at = 0; at < small; at++) {
        double met = 0;
        for (long k = 0; k < g->kernel[axis]; k++) {
            long place = at * g->stride[axis] + k - g->padding[axis];
            met += place >= 0 && place < large;
        }
        met /= (double)g->kernel[axis];
        share.all += met / (double)small;
        share.least = met < share.least ? met : share.least;
    }
    return share;
}

struct range {
    double least, most;
};

// What the walk may be, in multiples of the formula.
static struct range range_of(const struct machine *machine, const struct kernel_description *d) {
    const struct geometry *g = &d->geometry;
    const struct tiling *t = &d->tiling;
    struct range range = {1, 1};
    if (d->kind == KERNEL_TRANSPOSED) {
        // Loops over phases, where the formula has blocks that are written out.
        if (!machine->macro) return (struct range){0.25, 3};
        // Single columns have their own kernel columns, in the formula a mean.
        if (transposed_row_split(g, t->tile).single) return (struct range){0.25, 4};
        // Blocks at the border do not load the kernel columns that they do not use.
        return (struct range){0.25, 1};
    }
    if (d->kind == KERNEL_WEIGHT_GRADIENT && d->whole_batch) {
        // Tasks have whole blocks and what is left, in the formula blocks are nearly equal.
        long block = t->turned ? (long)t->tile.columns * machine->lanes : t->tile.rows;
        if (g->large_channels % block && machine->macro) range.most = 1.35;
        return range;
    }
    if (!g->padding[0] && !g->padding[1]) return range;
    // The formula takes kernel positions outside of the image for positions inside.
    range.least = share_of(g, 0).all * share_of(g, 1).least;
    if (d->kind != KERNEL_WEIGHT_GRADIENT) return range;
    // A loop over the rows at the border loads the columns for each. The last kernel columns may be fewer than `taps`.
    if (!machine->macro) range.most = 1.25;
    long groups = (g->kernel[1] + t->taps - 1) / t->taps;
    range.least *= (double)g->kernel[1] / (double)(groups * t->taps);
    return range;
}

static bool nearly(double a, double b) {
    return fabs(a - b) <= 1e-9 * fabs(b);
}

// The same by the nest with its loops and by the one that is written out.
static struct nest_cost cost_of(const struct machine *machine, const struct kernel_description *d) {
    struct nest_cost rolled = nest_cost(nest_rolled(&arena, machine, d));
    struct nest_cost built = nest_cost(nest_build(&arena, machine, d));
    ck_assert(nearly(rolled.slots, built.slots));
    ck_assert(nearly(rolled.predicted, built.predicted));
    ck_assert(nearly(rolled.multiply_adds, built.multiply_adds));
    return rolled;
}

START_TEST(the_formula_is_the_walk) {
    const struct family *family = &families[_i / TARGETS];
    const struct machine *machine = machine_of((enum target)(_i % TARGETS));
    int compared = 0, equal = 0;
    if (family->packed && !machine->macro) return;
    state = (uint64_t)_i;
    for (int i = 0; i < GEOMETRIES; i++) {
        struct nest_case c = {.kind = family->kind, .bias = true, .packed = family->packed};
        if (!geometry_draw(family, &c.geometry)) continue;
        c.task_rows = family->dense && family->kind == KERNEL_WEIGHT_GRADIENT;
        struct kernel_description d = *case_describe(&arena, &c, machine, 0);
        tiling_draw(machine, &d);
        ck_assert_ptr_null(tiling_fault(machine, &d));
        struct nest_cost cost = cost_of(machine, &d);
        struct range range = range_of(machine, &d);
        const struct geometry *g = &d.geometry;
        double formula = tiling_cost(machine, &d), ratio = cost.predicted / formula;
        ck_assert_double_ge(cost.slots, cost.predicted);
        ck_assert_msg(
            ratio >= range.least - 1e-9 && ratio <= range.most + 1e-9,
            "%s for %s: the walk has %g, the formula %g; large %ldx%ldx%ld, small %ldx%ldx%ld, kernel %ldx%ld, "
            "stride %ldx%ld, padding %ldx%ld, tile %dx%d",
            family->name, machine->name, cost.predicted, formula, g->large_height, g->large_width, g->large_channels,
            g->small_height, g->small_width, g->small_channels, g->kernel[0], g->kernel[1], g->stride[0], g->stride[1],
            g->padding[0], g->padding[1], d.tiling.tile.rows, d.tiling.tile.columns);
        compared++;
        equal += nearly(cost.predicted, formula);
        arena_free(&arena);
    }
    ck_assert_int_gt(compared, GEOMETRIES / 2);
    // Where blocks are written out, most rows have no border.
    if (family->kind == KERNEL_TRANSPOSED && machine->macro) ck_assert_int_gt(equal, compared / 3);
}
END_TEST

static double executed;    // multiply-adds

static struct number any_constant(void *context, double constant) {
    (void)context;
    return (struct number){.set = true, .real = constant};
}

static struct number any_op(void *context, enum op op, double constant, const struct number *inputs, int count) {
    (void)op, (void)inputs, (void)count;
    return any_constant(context, constant);
}

static struct number counted_fma(void *context, struct number sum, struct number a, struct number b) {
    (void)context, (void)a, (void)b;
    executed++;
    return sum;
}

static struct number any_add(void *context, struct number sum, struct number a) {
    (void)context, (void)a;
    return sum;
}

static struct number any_join(void *context, const struct number *partials) {
    (void)context;
    return partials[0];
}

static struct number any_random(void *context, enum callee callee, const long named[3], double probability) {
    (void)callee, (void)named;
    return any_constant(context, probability);
}

static const struct arithmetic counting = {NULL, any_constant, any_op, counted_fma, any_add, any_join, any_random};

START_TEST(multiply_adds_are_those_that_are_executed) {
    const struct nest_case *c = &nest_cases[_i];
    for (int target = TARGET_SCALAR; target < TARGETS; target++)
        for (int variant = 0;; variant++) {
            const struct machine *machine = machine_of((enum target)target);
            const struct kernel_description *d = case_describe(&arena, c, machine, variant);
            if (!d) break;
            long samples = 2L * machine->lanes;
            struct nest *nest = nest_build(&arena, machine, d);
            struct memory *memory = memory_make(&arena, nest, samples, 4);
            for (int i = 0; i <= d->array_count; i++)
                for (long place = 0; place < memory[i].outer * memory[i].each; place++)
                    memory[i].elements[place] = any_constant(NULL, 0);
            struct execution execution = {nest, &arena, &counting, memory, samples, 0, 0, 10000000};
            executed = 0;
            ck_assert_ptr_null(nest_execute_tasks(&execution));
            ck_assert_int_ge(execution.left, 0);
            double each = cost_of(machine, d).multiply_adds;
            ck_assert_msg(nearly(each * (double)samples, executed), "%s for %s: %g multiply-adds a sample, executed %g",
                          c->name, machine->name, each, executed / (double)samples);
            arena_free(&arena);
        }
}
END_TEST

// Counted by hand.
static const struct {
    const char *name;
    enum target target;
    double slots;
} counted[] = {
    // 60 elements, each a load and a store.
    {"permute", TARGET_SCALAR, 60 * 2},
    // 19 vectors for 16 samples.
    {"pack", TARGET_AVX512, PACK_COST * 19 / 16.0},
    {"unpack", TARGET_AVX2, PACK_COST * 19 / 8.0},
    {"dropout", TARGET_NEON, 12 * 13},
    {"normal", TARGET_AVX2, 12 * 13},
    // A step: 35 elements.
    {"repack of a dense layer", TARGET_AVX2, 4 * 35 / 8.0},
    // 9 vectors at 6 positions of each sample, an addition and a load; of 16 samples, 9 sums are loaded and stored.
    {"bias gradient", TARGET_AVX2, 9 * 6 * 2 + 9 * 2 / 16.0},
    // Partial sums; subtract and 2 loads, multiply, add; multiply and a load, add, a store; join, scale, a store. Of 16
    // samples, a term's weight and its double.
    {"elementwise of few elements", TARGET_AVX512, 1 + 3 + 1 + 1 + 2 + 1 + 1 + 15 + 1 + 1 + 2 / 16.0},
    // A block of 3 columns for 16 samples: 9 steps, in which the next multiply-adds wait for 8; biases and stores.
    {"dense packed", TARGET_AVX512, (9 * (8 + 0.04 + 3 * 0.9 + 0.3) + 3 + 3) / 16},
};

START_TEST(costs_are_counted) {
    const struct nest_case *c = NULL;
    for (int i = 0; i < nest_case_count; i++)
        if (strcmp(nest_cases[i].name, counted[_i].name) == 0) c = &nest_cases[i];
    ck_assert_ptr_nonnull(c);
    const struct machine *machine = machine_of(counted[_i].target);
    double slots = cost_of(machine, case_describe(&arena, c, machine, 0)).slots;
    ck_assert_msg(nearly(slots, counted[_i].slots), "%s for %s: %.17g, expected %.17g", c->name, machine->name, slots,
                  counted[_i].slots);
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("nest_cost");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, the_formula_is_the_walk, 0, FAMILIES * TARGETS);
    tcase_add_loop_test(cases, multiply_adds_are_those_that_are_executed, 0, nest_case_count);
    tcase_add_loop_test(cases, costs_are_counted, 0, sizeof counted / sizeof *counted);
    return suite_run("nest_cost", cases);
}
