#include "nest_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

double run_number(int number, long place) {
    unsigned long hash = ((unsigned long)place * 31 + (unsigned long)number * 7 + 3) * 2654435761u;
    return (double)((hash >> 12) % 7) - 3;
}

double run_random(long sample, long site, long element, double probability) {
    return run_number(9, sample * 1000 + site * 100 + element) + probability;
}

double run_op(enum op op, double constant, double a, double b, double c) {
    switch ((int)op) {
    case OP_ADD: return a + b;
    case OP_SUBTRACT: return a - b;
    case OP_MULTIPLY: return a * b;
    case OP_SELECT: return a <= 0 ? b : c;
    case OP_SCALE: return a * constant;
    case OP_OFFSET: return a + constant;
    case OP_RELU: return a <= 0 ? 0 : a;
    case OP_ABSOLUTE: return fabs(a);
    case OP_BROADCAST: return a;
    default: break;
    }
    fprintf(stderr, "no test computes %s\n", op_name(op));
    abort();
}

static struct number real(bool set, double value) {
    return (struct number){.set = set, .real = value};
}

static struct number real_constant(void *context, double constant) {
    (void)context;
    return real(true, constant);
}

static struct number real_op(void *context, enum op op, double constant, const struct number *inputs, int count) {
    bool set = true;
    (void)context;
    for (int i = 0; i < count; i++)
        set = set && inputs[i].set;
    return set ? real(true, run_op(op, constant, inputs[0].real, inputs[1].real, inputs[2].real)) : (struct number){0};
}

static struct number real_fma(void *context, struct number sum, struct number a, struct number b) {
    (void)context;
    return real(sum.set && a.set && b.set, sum.real + a.real * b.real);
}

static struct number real_add(void *context, struct number sum, struct number a) {
    (void)context;
    return real(sum.set && a.set, sum.real + a.real);
}

static struct number real_join(void *context, const struct number *partials) {
    struct number sum = real(true, 0);
    for (int i = 0; i < PARTIALS; i++)
        sum = real_add(context, sum, partials[i]);
    return sum;
}

static struct number real_random(void *context, enum callee callee, const long named[3], double probability) {
    (void)context;
    (void)callee;
    return real(true, run_random(named[0], named[1], named[2], probability));
}

static const struct arithmetic real_arithmetic = {
    .constant = real_constant,
    .op = real_op,
    .fma = real_fma,
    .add = real_add,
    .join = real_join,
    .random = real_random,
};

const char *nest_run(struct nest *nest, struct arena *arena, long samples, struct memory **memory) {
    enum { STATEMENTS_MOST = 10000000 };
    *memory = memory_make(arena, nest, samples, RUN_TERMS);
    for (int i = 0; i <= nest->kernel->array_count; i++)
        for (long place = 0; place < (*memory)[i].outer * (*memory)[i].each; place++)
            (*memory)[i].elements[place] = real(true, run_number(i, place));
    struct execution execution = {nest, arena, &real_arithmetic, *memory, samples, 0, 0, STATEMENTS_MOST};
    const char *fault = nest_execute_tasks(&execution);
    return fault ? fault : execution.left < 0 ? "it does not end" : NULL;
}
