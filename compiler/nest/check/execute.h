// Executes a nest over numbers of any kind: nest_check takes terms (hashes of the expression that made a number), the
// unit tests take doubles. Every index is compared with its range, every place with its array's shape.
#ifndef NEST_EXECUTE_H
#define NEST_EXECUTE_H

#include <stdint.h>

#include "compiler/nest/nest.h"

// What a lane of a register or an element of memory holds; not `set`: nothing that may be stored.
struct number {
    bool set;
    union {
        double real;
        uint64_t term;
    };
};

// The meaning of numbers. A result is not set where an operand is not.
struct arithmetic {
    void *context;
    struct number (*constant)(void *context, double constant);
    struct number (*op)(void *context, enum op op, double constant, const struct number *inputs, int count);
    struct number (*fma)(void *context, struct number sum, struct number a, struct number b);
    struct number (*add)(void *context, struct number sum, struct number a);
    struct number (*join)(void *context, const struct number *partials);    // [PARTIALS]
    struct number (*random)(void *context, enum callee callee, const long named[3], double probability);
};

// An array as memory, [outer][each]: outer is samples, groups of samples where they are the lanes, or 1.
struct memory {
    struct number *elements;
    int *stores;     // [outer * each] how often each was stored into; NULL: not counted
    long outer;      // samples or groups; 1 where all share it
    long each;       // elements from one to the next
    long count;      // the first of `each` that belong to the tensor
    bool written;    // the kernel may store into it
};

// The memory of a nest's arrays for so many samples: [kernel->array_count], then that of term_scale, of `terms`
// elements.
struct memory *memory_make(struct arena *arena, const struct nest *nest, long samples, long terms);
// Whether samples are the lanes of an array of the kernel.
bool array_is_packed(const struct kernel_description *kernel, int number);
// Where an element of a sample is in the memory of an array: where samples are the lanes, they are its innermost
// dimension.
long memory_place(const struct nest *nest, int array, long sample, long element);

struct execution {
    const struct nest *nest;
    struct arena *arena;    // of what registers hold while the nest runs, and of the fault
    const struct arithmetic *arithmetic;
    struct memory *memory;
    long samples;
    long from, to;    // rows of a task; 0, 0 where the kernel is one
    long left;        // statements that may still be executed
};

// One call of the kernel's function. The first fault as text of the arena, NULL: none. It stops, without a fault, where
// nothing is left of `left`, which then is negative.
const char *nest_execute(struct execution *execution);
// All tasks of the kernel one after the other.
const char *nest_execute_tasks(struct execution *execution);

#endif
