// Calls of kernels in the generated C, and the places in memory that they are given.
#ifndef CALLS_H
#define CALLS_H

#include "compiler/emit/emit.h"

// Which samples a function that calls kernels goes through.
enum walk {
    WALK_SLOT,     // micro-batches of a slot: from `first` on
    WALK_BATCH,    // all samples of a step
    WALK_CALLER    // those of an evaluation
};

struct calls {
    struct emitter *emitter;
    const struct program *program;
    enum walk walk;
    const char *samples;    // the argument
    const char *from_to;    // the arguments of a kernel that takes rows
    int *declared;          // [tensor_count] number of the C function that declared the place last, from 1
    int declaring;          // that number
    int *parameter;         // [graph->count] whose gradient a node is
    const struct function **functions;    // [kernel_count] of the program's kernels, NULL: not yet made
    struct buffer *out;
};

struct calls calls_begin(struct emitter *emitter, const struct program *program, struct buffer *out);
// Declares what the kernels of a function take: the structs of parameters and gradient, and places.
void calls_declare_tensors(struct calls *calls, struct kernel *const *kernels, int count, int depth);
void calls_declare_places(struct calls *calls, struct kernel *const *kernels, int count, int depth);
// One call, without what is before and after it.
void calls_print(struct calls *calls, const struct kernel *kernel);

#endif
