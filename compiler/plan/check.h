// Shared by the files that check a plan. Each check records a fault and returns false.
#ifndef PLAN_CHECK_H
#define PLAN_CHECK_H

#include "compiler/plan/build.h"

struct checker {
    const struct plan *plan;
    const struct program *program;
    struct arena *arena;    // used only by the check
    const char *fault;      // the first one
};

// The elements of a tensor, and its lifetime: from the kernel that makes it to the last one that reads it.
struct range {
    size_t from, to;
    int maker, last;
    int node;
};

bool check_fails(struct checker *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool parameters_check(struct checker *c);
// Checks the tensors of nodes, and those that kernels with anchors read and make.
bool tensors_check(struct checker *c);
// Checks that every needed node is computed once, after its inputs.
bool kernels_check(struct checker *c);
bool segments_check(struct checker *c);
// Checks the storage of tensors, and the total sizes.
bool storage_check(struct checker *c);
// Checks that ranges with overlapping lifetimes do not overlap. Sorts the ranges.
bool overlap_check(struct checker *c, struct range *ranges, int count);
// Checks that descriptions agree with the graph, the storage and the tasks of their kernels.
bool descriptions_check(struct checker *c);

#endif
