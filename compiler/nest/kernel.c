#include "compiler/nest/kernel.h"

#include <stddef.h>

const struct kernel_row kernel_rows[] = {
#define KERNEL(id, name, work, sums, input, weight, bias, output) \
    {#name, WORK_##work, SUMS_##sums, {input, weight, bias, output}},
#include "language/ops.def"
};
