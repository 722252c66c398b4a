#include "compiler/nest/check/formula.h"

#include "compiler/nest/kernels/kernels.h"

struct number formula_shared(const struct formula *f, int array, long element) {
    return f->before(f, array, element);
}

struct number formula_sample(const struct formula *f, int array, long sample, long element) {
    return f->before(f, array, memory_place(f->nest, array, sample, element));
}

struct number formula_fma(const struct formula *f, struct number sum, struct number a, struct number b) {
    return f->arithmetic->fma(f->arithmetic->context, sum, a, b);
}

struct number formula_constant(const struct formula *f, double constant) {
    return f->arithmetic->constant(f->arithmetic->context, constant);
}

struct number formula_bias(const struct formula *f, long channel) {
    int bias = f->kernel->roles.bias;
    return bias < 0 ? formula_constant(f, 0) : formula_shared(f, bias, channel);
}

long formula_weight_place(const struct geometry *g, long ky, long kx, long large, long small) {
    if (g->panel) return (small / g->panel * g->large_channels + large) * g->panel + small % g->panel;
    return ((ky * g->kernel[1] + kx) * g->large_channels + large) * g->small_channels + small;
}

void formula_expects(const struct formula *f, int array, long sample, long element, struct number number, long stores) {
    f->expect(f->context, array, sample, element, number, stores);
}

static struct number uniform_number(const struct formula *f, int number) {
    const struct kernel_uniform *uniform = &f->kernel->uniforms[number];
    if (uniform->op == OP_TERM_SCALE) return formula_shared(f, f->kernel->array_count, uniform->term);
    struct number inputs[3];
    for (int i = 0; i < uniform->input_count; i++)
        inputs[i] = uniform->inputs[i].source == SOURCE_NUMBER ? formula_constant(f, uniform->inputs[i].constant)
                                                               : uniform_number(f, uniform->inputs[i].number);
    return f->arithmetic->op(f->arithmetic->context, uniform->op, uniform->constant, inputs, uniform->input_count);
}

static struct number operand_number(const struct formula *f, const struct kernel_operand *operand, long sample,
                                    long element, struct number anchor) {
    switch (operand->source) {
    case SOURCE_NUMBER: return formula_constant(f, operand->constant);
    case SOURCE_UNIFORM: return uniform_number(f, operand->number);
    case SOURCE_ANCHOR: return anchor;
    case SOURCE_VALUE: return f->values[operand->number];
    case SOURCE_ARRAY: break;
    }
    const struct kernel_array *array = &f->kernel->arrays[operand->number];
    long at = array->count == 1 ? 0 : element;
    return array->stride ? formula_sample(f, operand->number, sample, at) : formula_shared(f, operand->number, at);
}

// The values of one element, or, `after`, what follows from the sums of a sample.
static void values_compute(const struct formula *f, long sample, long element, struct number anchor, bool after) {
    const struct arithmetic *a = f->arithmetic;
    for (int i = 0; i < f->kernel->value_count; i++) {
        const struct kernel_value *value = &f->kernel->values[i];
        struct number inputs[3] = {{0}}, *sums = f->sums + (size_t)i * PARTIALS;
        bool adds = value->op == OP_SUM && !after;
        if (value->after_sum != after && !adds) continue;
        for (int j = 0; j < value->input_count && !(after && value->op == OP_SUM); j++)
            inputs[j] = operand_number(f, &value->inputs[j], sample, element, anchor);
        if (adds)
            sums[element % PARTIALS] = a->add(a->context, sums[element % PARTIALS], inputs[0]);
        else if (value->op == OP_SUM)
            f->values[i] = a->join(a->context, sums);
        else
            f->values[i] = a->op(a->context, value->op, value->constant, inputs, value->input_count);
        if (!adds && value->array >= 0) formula_expects(f, value->array, sample, element, f->values[i], 1);
    }
}

// Kernels that compute each sample by itself; where samples are the lanes, those of whole groups.
void formula_samples(struct formula *f, formula_element *compute) {
    const struct kernel_description *kernel = f->kernel;
    long lanes = kernel->tiling.packed ? f->nest->machine->lanes : 1;
    for (long sample = 0; sample < (f->samples + lanes - 1) / lanes * lanes; sample++) {
        for (int i = 0; i < kernel->value_count * PARTIALS; i++)
            f->sums[i] = formula_constant(f, 0);
        for (long element = 0; element < (long)kernel->count; element++) {
            struct number anchor = compute(f, sample, element);
            if (kernel->roles.output >= 0) formula_expects(f, kernel->roles.output, sample, element, anchor, 1);
            values_compute(f, sample, element, anchor, false);
        }
        values_compute(f, sample, 0, (struct number){0}, true);
    }
}

void formula_compute(struct formula *f, struct arena *arena) {
    size_t values = (size_t)f->kernel->value_count + 1;
    f->values = ARENA_ARRAY(arena, struct number, values);
    f->sums = ARENA_ARRAY(arena, struct number, values * PARTIALS);
    kernel_functions[f->kernel->kind].formula(f);
}
