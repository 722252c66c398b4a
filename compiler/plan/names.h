// Names of tensors in the generated C. They need not be unique.
#ifndef PLAN_NAMES_H
#define PLAN_NAMES_H

#include "compiler/plan/plan.h"

// "encoder.1" as an identifier: "encoder_1". In the arena.
const char *identifier(struct arena *arena, const char *name);
// "encoder_1", "z_mu", "loss_sse"; "d_encoder_1" for the gradient by encoder.1's result, "encoder_1_back" for a part of such
// a gradient that comes through encoder.1; "input_x" for the input x. Needs the storage of the program. In the arena.
const char *node_name(struct arena *arena, const struct spec *spec, const struct program *program,
                      const struct node *node);

#endif
