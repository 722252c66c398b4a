// Between the files that make a plan. What only the making needs is in the arena `temporary`.
#ifndef PLAN_BUILD_H
#define PLAN_BUILD_H

#include "compiler/plan/plan.h"

// A result that a graph is for, and where its elements go.
struct result {
    const struct node *node;
    struct storage storage;
};

struct results {
    struct result *list;    // [count]
    int count;
};

// The results of a program's graph. Needs the parameters' offsets.
struct results results_of(struct arena *temporary, const struct plan *plan, const struct program *program);
// Whether a node is a convolution that takes less time with samples in the lanes of vectors.
bool packing_pays(const struct machine *machine, const struct node *node);
// Kernels of all needed nodes, with the tensors that they make, and the segments that they are cut into. Needs `needed`
// of the program's nodes. `may_pack`: convolutions are packed where that pays.
void kernels_plan(struct arena *temporary, struct program *program, bool may_pack);
// Adds the segment that joins the slots' gradients.
void segments_join(struct program *program, size_t slotted_count);
// Storage of all leaves, results and tensors that are read by another kernel than the one that makes them.
void storage_plan(struct arena *temporary, const struct plan *plan, struct program *program,
                  const struct results *results);
// What kind of kernel computes a node as its anchor, and the geometry that it computes: the transposed use of a dense
// layer is a dense layer with its sides exchanged. KERNEL_ELEMENTWISE: no kernel does.
enum kernel_kind node_kernel_kind(const struct node *anchor);
struct geometry node_kernel_geometry(const struct node *anchor);
// Descriptions of all kernels, without a tiling. Needs their storage.
void kernels_describe(struct arena *temporary, struct program *program);
// Tilings and tasks of all kernels. Needs the descriptions.
void tilings_plan(struct program *program);
// Elements from one sample's code to the next in the caller's array.
size_t code_stride(const struct plan *plan, const struct program *program);
// A count rounded up to whole cache lines.
size_t line_rounded(size_t count);

#endif
