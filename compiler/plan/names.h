// Names of parameters and tensors in the generated C.
#ifndef PLAN_NAMES_H
#define PLAN_NAMES_H

#include "compiler/plan/plan.h"

// "encoder.1" as an identifier: "encoder_1". In the arena.
const char *identifier(struct arena *arena, const char *name);
// Names all tensors of a program, which must have their storage: "encoder_1", "z_mu", "loss_sse"; "d_encoder_1" for the
// gradient with respect to the output of encoder.1, "encoder_1_back" for the part of such a gradient that encoder.1
// contributes; "input_x" for the input x; "encoder_1_weight_transposed"; "encoder_1_packed". Names are unique in the
// program.
void tensors_name(const struct plan *plan, struct program *program);

#endif
