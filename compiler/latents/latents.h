// The latents by kind. Each row of latents.def has a file of the same name in this folder with two functions. The
// program does not link if one is missing.
#ifndef LATENTS_H
#define LATENTS_H

#include "compiler/lowering.h"

#define LATENT(name, ...)                                                                 \
    void name##_encode(struct lowering *lowering, struct flow flow, struct node **heads); \
    struct node *name##_draw(struct lowering *lowering, struct node *const *heads);
#include "language/latents.def"

// heads [latent_heads] out: the codes, from the encoder's output.
void latent_encode(struct lowering *lowering, struct flow flow, struct node **heads);
// z in training, from the heads.
struct node *latent_draw(struct lowering *lowering, struct node *const *heads);
// A head: a linear map of the encoder's output to the latent's units.
struct node *latent_affine(struct lowering *lowering, struct flow flow, int head);

#endif
