// Names of parameters and tensors in the generated C.
#ifndef PLAN_NAMES_H
#define PLAN_NAMES_H

#include "compiler/plan/plan.h"

// "encoder.1" as an identifier: "encoder_1". In the arena.
const char *identifier(struct arena *arena, const char *name);
// Names all tensors of a program, whose storage must be known: "encoder_1", "z_mu", "loss_sse"; "d_encoder_1" for the gradient
// by encoder.1's result, "encoder_1_back" for a part of such a gradient that comes through encoder.1; "input_x" for the
// input x; "encoder_1_weight_transposed"; "encoder_1_packed". Names are unique in the program.
void tensors_name(const struct plan *plan, struct program *program);

#endif
