// The latents by their kind: each row of latents.def names a file of this room, which has the latent's two functions. A row
// whose functions are missing does not link.
#ifndef LATENTS_H
#define LATENTS_H

#include "compiler/lowering.h"

#define LATENT(name, ...)                                                                 \
    void name##_encode(struct lowering *lowering, struct flow flow, struct node **heads); \
    struct node *name##_draw(struct lowering *lowering, struct node *const *heads);
#include "language/latents.def"

// heads [latent_heads] out: what encode gives, from the encoder's output.
void latent_encode(struct lowering *lowering, struct flow flow, struct node **heads);
// z while training, from the heads.
struct node *latent_draw(struct lowering *lowering, struct node *const *heads);
// A head: a linear map of the encoder's output to the latent's units.
struct node *latent_affine(struct lowering *lowering, struct flow flow, int head);

#endif
