// From a kernel of a plan to the description that its nest is built from.
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "compiler/nest/kernel.h"
#include "compiler/plan/schedule.h"

struct described {
    struct kernel_description description;
    const struct node **nodes;    // [description.array_count] whose tensor each array is
};

struct described *kernel_describe(const struct plan *plan, const struct kernel *kernel);

#endif
