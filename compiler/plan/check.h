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

bool check_fails(struct checker *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool parameters_check(struct checker *c);
// Kernels and segments: every needed node is computed once, where its inputs are complete.
bool kernels_check(struct checker *c);
bool segments_check(struct checker *c);
// Storage of the nodes that are computed, and what it adds up to.
bool storage_check(struct checker *c);
// Descriptions say what the graph, the storage and the tasks of their kernels are.
bool descriptions_check(struct checker *c);

#endif
