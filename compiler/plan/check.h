// Between the files that check a plan. Each check returns false after it has noted the fault.
#ifndef PLAN_CHECK_H
#define PLAN_CHECK_H

#include "compiler/plan/build.h"

struct checker {
    const struct plan *plan;
    const struct program *program;
    struct arena *arena;    // of the check alone
    const char *fault;      // the first one
};

// The elements of a tensor, and the kernels that it is kept for: from its maker to the last that reads it.
struct range {
    size_t from, to;
    int maker, last;
    int node;
};

bool check_fails(struct checker *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool parameters_check(struct checker *c);
// Tensors of the nodes, and those that the kernels of anchors read and make.
bool tensors_check(struct checker *c);
// Kernels and segments: every needed node is computed once, where its inputs are complete.
bool kernels_check(struct checker *c);
bool segments_check(struct checker *c);
// Storage of the tensors, and what it adds up to.
bool storage_check(struct checker *c);
// No two ranges that are kept at the same time overlap. Sorts them.
bool overlap_check(struct checker *c, struct range *ranges, int count);
// Descriptions say what the graph, the storage and the tasks of their kernels are.
bool descriptions_check(struct checker *c);

#endif
