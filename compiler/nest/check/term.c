#include <string.h>

#include "compiler/nest/check/formula.h"

// Terms. Two numbers are equal where the same operations made them of the same elements in the same order: the bits
// then are equal, too, whatever the elements are.

enum { TERM_CONSTANT = 1, TERM_OP, TERM_FMA, TERM_ADD, TERM_JOIN, TERM_RANDOM };

// The finalizer of splitmix64, https://prng.di.unimi.it/splitmix64.c
static uint64_t mixed(uint64_t a, uint64_t b) {
    uint64_t z = a * 0x9e3779b97f4a7c15u + b;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct number term_number(uint64_t kind, uint64_t a, uint64_t b, uint64_t c) {
    return (struct number){.set = true, .term = mixed(mixed(mixed(kind, a), b), c)};
}

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static struct number term_constant(void *context, double constant) {
    (void)context;
    return term_number(TERM_CONSTANT, bits_of(constant), 0, 0);
}

static struct number term_op(void *context, enum op op, double constant, const struct number *inputs, int count) {
    struct number term = term_number(TERM_OP, op, bits_of(constant), (uint64_t)count);
    (void)context;
    for (int i = 0; i < count; i++) {
        term.term = mixed(term.term, inputs[i].term);
        term.set = term.set && inputs[i].set;
    }
    return term;
}

// A product is the same from either side.
static struct number term_fma(void *context, struct number sum, struct number a, struct number b) {
    (void)context;
    if (!sum.set || !a.set || !b.set) return (struct number){0};
    return term_number(TERM_FMA, sum.term, a.term < b.term ? a.term : b.term, a.term < b.term ? b.term : a.term);
}

static struct number term_add(void *context, struct number sum, struct number a) {
    (void)context;
    return sum.set && a.set ? term_number(TERM_ADD, sum.term, a.term, 0) : (struct number){0};
}

static struct number term_join(void *context, const struct number *partials) {
    struct number term = term_number(TERM_JOIN, 0, 0, 0);
    (void)context;
    for (int i = 0; i < PARTIALS; i++) {
        term.term = mixed(term.term, partials[i].term);
        term.set = term.set && partials[i].set;
    }
    return term;
}

static struct number term_random(void *context, enum callee callee, const long named[3], double probability) {
    (void)context;
    uint64_t place = mixed(mixed((uint64_t)named[0], (uint64_t)named[1]), (uint64_t)named[2]);
    return term_number(TERM_RANDOM, callee, place, bits_of(probability));
}

const struct arithmetic term_arithmetic = {
    .constant = term_constant,
    .op = term_op,
    .fma = term_fma,
    .add = term_add,
    .join = term_join,
    .random = term_random,
};
