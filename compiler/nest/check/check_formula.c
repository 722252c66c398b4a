#include "compiler/nest/build.h"
#include "compiler/nest/check/check.h"
#include "compiler/nest/check/formula.h"

// A small nest is executed over terms, for several numbers of samples, and each element that it stores is compared with
// the formula of its op. That finds every change of what is computed, of the order of a sum, and of how often it is
// computed.

enum { STATEMENTS_MOST = 60000, ELEMENTS_MOST = 1 << 16, TERMS = 64, COUNTS_MOST = 4 };

enum { TERM_BEFORE = 100 };

static struct number before_term(const struct formula *formula, int number, long place) {
    (void)formula;
    return term_number(TERM_BEFORE, (uint64_t)number, (uint64_t)place, 0);
}

struct comparison {
    struct nest *nest;
    const struct memory *memory;
    int **stores;    // [array_count] that are expected of each element
    const char *fault;
};

static void element_compare(void *context, int array, long sample, long element, struct number number, long stores) {
    struct comparison *c = context;
    const struct memory *memory = &c->memory[array];
    long place = memory_place(c->nest, array, sample, element);
    if (c->fault) return;
    const char *name = c->nest->kernel->arrays[array].name;
    if (place >= memory->outer * memory->each || !memory->written) {
        c->fault = arena_print(c->nest->arena, "element %ld of sample %ld is outside of '%s'", element, sample, name);
        return;
    }
    c->stores[array][place] = (int)stores;
    const struct number *found = &memory->elements[place];
    if (memory->stores[place] != stores)
        c->fault = arena_print(c->nest->arena, "element %ld of sample %ld of '%s' is stored %d times, not %ld", element,
                               sample, name, memory->stores[place], stores);
    else if (!found->set || found->term != number.term)
        c->fault = arena_print(c->nest->arena, "element %ld of sample %ld of '%s' is not what its formula says",
                               element, sample, name);
}

// Elements that the kernel does not compute stay as they are.
static void others_compare(struct comparison *c) {
    for (int i = 0; i < c->nest->kernel->array_count && !c->fault; i++) {
        const struct memory *memory = &c->memory[i];
        for (long place = 0; place < memory->outer * memory->each && memory->stores && !c->fault; place++)
            if (memory->stores[place] && !c->stores[i][place])
                c->fault = arena_print(c->nest->arena, "element %ld of '%s' is stored and should not be", place,
                                       c->nest->kernel->arrays[i].name);
    }
}

static long elements_of(const struct nest *nest, long samples) {
    long elements = 0, lanes = nest->machine->lanes;
    for (int i = 0; i < nest->kernel->array_count; i++) {
        const struct kernel_array *array = &nest->kernel->arrays[i];
        elements += array->stride ? (long)array->stride * (samples + lanes) : (long)array->count;
        if (elements > ELEMENTS_MOST) break;
    }
    return elements;
}

// Multiply-adds, in vectors: about as many statements are executed.
static double work_of(const struct nest *nest, long samples) {
    const struct kernel_description *kernel = nest->kernel;
    bool multiplies = kernel_rows[kernel->kind].sums != SUMS_NONE;
    return multiplies ? geometry_flops(&kernel->geometry) / 2 * (double)samples / nest->machine->lanes : 0;
}

static void memory_fill(const struct nest *nest, struct memory *memory) {
    for (int i = 0; i <= nest->kernel->array_count; i++)
        for (long place = 0; place < memory[i].outer * memory[i].each; place++)
            memory[i].elements[place] = before_term(NULL, i, place);
}

static const char *execution_compare(struct nest *nest, const struct execution *execution) {
    struct arena *arena = execution->arena;
    int **stores = ARENA_ARRAY(arena, int *, nest->kernel->array_count + 1);
    for (int i = 0; i < nest->kernel->array_count; i++)
        stores[i] = ARENA_ARRAY(arena, int, execution->memory[i].outer * execution->memory[i].each + 1);
    struct comparison comparison = {nest, execution->memory, stores, NULL};
    struct formula formula = {.nest = nest,
                              .kernel = nest->kernel,
                              .arithmetic = execution->arithmetic,
                              .samples = execution->samples,
                              .before = before_term,
                              .expect = element_compare,
                              .context = &comparison};
    formula_compute(&formula, arena);
    others_compare(&comparison);
    return comparison.fault;
}

// Executes the nest for so many samples, if it is small enough for that.
static const char *samples_check(struct nest *nest, long samples) {
    if (elements_of(nest, samples) > ELEMENTS_MOST || work_of(nest, samples) > STATEMENTS_MOST) return NULL;
    struct arena arena = {0};
    struct memory *memory = memory_make(&arena, nest, samples, TERMS);
    struct execution execution = {nest, &arena, &term_arithmetic, memory, samples, 0, 0, STATEMENTS_MOST};
    memory_fill(nest, memory);
    const char *fault = nest_execute_tasks(&execution);
    if (!fault && execution.left >= 0) fault = execution_compare(nest, &execution);
    if (fault) fault = arena_print(nest->arena, "with %ld samples: %s", samples, fault);
    arena_free(&arena);
    return fault;
}

// Numbers of samples for which every loop is walked: from the one that finds most to the least.
static int counts_choose(const struct nest *nest, long counts[COUNTS_MOST]) {
    const struct kernel_description *kernel = nest->kernel;
    long lanes = nest->machine->lanes, rows = kernel->tiling.tile.rows;
    int count = 0;
    bool point = kernel->geometry.small_height * kernel->geometry.small_width == 1 && kernel->kind == KERNEL_CONVOLVE;
    // Blocks of `rows` samples, then of half as many, down to one: a block more than there are rows tells `rows` from
    // `rows` - 1 and `rows` + 1.
    if (point) counts[count++] = (rows + 1) * rows + rows - 1;
    if (point) counts[count++] = 2 * rows - 1;
    if (kernel->whole_batch && kernel->kind == KERNEL_WEIGHT_GRADIENT) {
        counts[count++] = 2 * WEIGHT_SAMPLES + 1;
        counts[count++] = 3;
    }
    // Groups: two, of which the second has one sample; one that is full.
    bool grouped = kernel->tiling.packed || kernel->kind == KERNEL_PACK || kernel->kind == KERNEL_UNPACK;
    if (grouped) {
        counts[0] = point ? counts[0] * lanes + 1 : lanes + 1;
        counts[1] = lanes;
        count = 2;
    }
    if (count == 0) counts[count++] = 2;
    counts[count++] = 1;
    return count;
}

const char *nest_check_formula(struct nest *nest) {
    long counts[COUNTS_MOST];
    int count = counts_choose(nest, counts);
    const char *fault = NULL;
    for (int i = 0; i < count && !fault; i++)
        fault = samples_check(nest, counts[i]);
    return fault;
}
