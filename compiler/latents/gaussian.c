// z ~ N(mu, sigma^2), with heads mu and log sigma.
#include "compiler/latents/latents.h"

void gaussian_encode(struct lowering *lowering, struct flow flow, struct node **heads) {
    for (int i = 0; i < 2; i++)
        heads[i] = latent_affine(lowering, flow, i);
}

// mu + sigma * epsilon while training, mu otherwise.
struct node *gaussian_draw(struct lowering *lowering, struct node *const *heads) {
    struct graph_builder *b = &lowering->b;
    if (!lowering->training) return heads[0];
    const char *z = b->label;
    b->label = arena_print(lowering->arena, "%s.epsilon", z);
    struct node *epsilon = graph_normal(b, lowering->sites++, heads[0]->count);
    b->label = arena_print(lowering->arena, "%s.sigma", z);
    struct node *sigma = graph_unary(b, OP_EXP, heads[1]);
    b->label = z;
    return graph_binary(b, OP_ADD, heads[0], graph_binary(b, OP_MULTIPLY, sigma, epsilon));
}
