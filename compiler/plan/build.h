// Shared by the files that make a plan. Memory used only while the plan is made is in the arena `temporary`.
#ifndef PLAN_BUILD_H
#define PLAN_BUILD_H

#include "compiler/plan/plan.h"

// An output of a graph, and its storage.
struct result {
    const struct node *node;
    struct storage storage;
};

struct results {
    struct result *list;    // [count]
    int count;
};

// The results of a program's graph. The parameters must have their offsets.
struct results results_of(struct arena *temporary, const struct plan *plan, const struct program *program);
// True for a convolution that is faster with samples in the lanes of vectors.
bool packing_pays(const struct machine *machine, const struct node *node);
// Assigns all needed nodes to kernels, tensors and segments. The program's nodes must have `needed`. `may_pack`:
// convolutions are packed where this is faster.
void kernels_plan(struct arena *temporary, struct program *program, bool may_pack);
// Adds the segment that joins the slots' gradients.
void segments_join(struct program *program, size_t slotted_count);
// Assigns storage to all leaves, results, and tensors that are read by a kernel other than their maker.
void storage_plan(struct arena *temporary, const struct plan *plan, struct program *program,
                  const struct results *results);
// The kind of kernel that computes a node as its anchor, and its geometry: a transposed dense layer is a dense layer
// with inputs and outputs exchanged. KERNEL_ELEMENTWISE: the node cannot be an anchor.
enum kernel_kind node_kernel_kind(const struct node *anchor);
struct geometry node_kernel_geometry(const struct node *anchor);
// Describes all kernels, without tilings. They must have their storage.
void kernels_describe(struct arena *temporary, struct program *program);
// Chooses tilings and tasks of all kernels, which must have their descriptions.
void tilings_plan(struct program *program);
// Distance of the codes of two consecutive samples in the caller's array, in elements.
size_t code_stride(const struct plan *plan, const struct program *program);
// A count, rounded up to a multiple of a cache line.
size_t line_rounded(size_t count);

#endif
