// z is the encoder's output as it is, or a linear map of it.
#include "compiler/latents/latents.h"

void code_encode(struct lowering *lowering, struct flow flow, struct node **heads) {
    if (lowering->spec->latent.units)
        heads[0] = latent_affine(lowering, flow, 0);
    else
        heads[0] = lowering_result(lowering, flow_plain(lowering, flow).node);
}

struct node *code_draw(struct lowering *lowering, struct node *const *heads) {
    (void)lowering;
    return heads[0];
}
