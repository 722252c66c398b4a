#include "compiler/latents/latents.h"

static const struct {
    void (*encode)(struct lowering *lowering, struct flow flow, struct node **heads);
    struct node *(*draw)(struct lowering *lowering, struct node *const *heads);
} latents[] = {
#define LATENT(name, ...) {name##_encode, name##_draw},
#include "language/latents.def"
};

_Static_assert(sizeof latents / sizeof *latents == LATENT_KINDS, "functions for each latent");

void latent_encode(struct lowering *lowering, struct flow flow, struct node **heads) {
    latents[lowering->spec->latent.kind].encode(lowering, flow, heads);
}

struct node *latent_draw(struct lowering *lowering, struct node *const *heads) {
    lowering->b.label = lowering->spec->latent.name.text;
    return latents[lowering->spec->latent.kind].draw(lowering, heads);
}

struct node *latent_affine(struct lowering *lowering, struct flow flow, int head) {
    const struct latent *latent = &lowering->spec->latent;
    flow.shape = vector_shape(shape_count(flow.shape));
    lowering->b.label = latent_head_name(lowering->arena, latent, head);
    return lowering_affine(lowering, flow, latent->shape, lowering->b.label).node;
}
