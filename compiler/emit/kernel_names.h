// Names of the generated C's functions: what a kernel is, not where it is used.
#ifndef KERNEL_NAMES_H
#define KERNEL_NAMES_H

#include "compiler/plan/plan.h"

// "conv5_16_to_32_forward", "dense_784_to_512_weight_gradient", "loss_kl_backward"; of the arena.
const char *kernel_name(struct arena *arena, const struct kernel *kernel);

#endif
