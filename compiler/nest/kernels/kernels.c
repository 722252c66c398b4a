#include "compiler/nest/kernels/kernels.h"

const struct kernel_functions kernel_functions[] = {
#define KERNEL(id, name, ...) {name##_build, name##_formula, name##_stem, name##_comment},
#include "language/ops.def"
};
