// Names of the generated C's functions: what a kernel is, not where it is used. Kernels whose nests are the same share
// a function.
#ifndef KERNEL_NAMES_H
#define KERNEL_NAMES_H

#include "base/names.h"
#include "compiler/nest/kernels/kernels.h"
#include "compiler/plan/plan.h"

// For the functions of the kernel's kind; `loss` is the arena's.
struct kernel_use kernel_use(struct arena *arena, const struct kernel *kernel);
// "conv5_16_to_32_forward", "dense_784_to_512_weight_gradient", "loss_kl_backward"; of the arena.
const char *kernel_name(struct arena *arena, const struct kernel *kernel);

struct function;

struct shared_nest {
    const char *name;             // of the function: kernel_name, with a number where other nests have that name
    int kernels;                  // that have this nest, so far
    double cost;                  // what it costs, as nest_cost
    struct function *function;    // that the emitter makes of it
    struct buffer serialized;     // by nest_serialize
    struct shared_nest *same_hash, *before;
};

// {.arena = arena} has none.
struct shared_nests {
    struct arena *arena;
    struct names by_hash, stems, names;
    struct shared_nest *last;
};

// The nest of a kernel; a new one for the first kernel that has it.
struct shared_nest *nest_share(struct shared_nests *nests, const struct machine *machine, const struct kernel *kernel);
void shared_nests_free(struct shared_nests *nests);

#endif
