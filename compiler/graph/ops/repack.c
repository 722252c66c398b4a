#include "compiler/graph/ops/convolution.h"

const char *repack_check(const struct graph *graph, const struct node *node) {
    return input_check(graph, node, 0, geometry_weight(&node->repack.geometry), false);
}

void repack_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0],
                 graph_repack(&adjoints->b, &node->repack.geometry, g, !node->repack.back));
}

void repack_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const struct geometry *g = &node->repack.geometry;
    const double *from = evaluation_input(e, node, 0, sample);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < g->large_channels; l++)
                for (long s = 0; s < g->small_channels; s++) {
                    long plain = weight_place(g, ky, kx, l, s), packed = repacked_place(g, ky, kx, l, s);
                    result[node->repack.back ? plain : packed] = from[node->repack.back ? packed : plain];
                }
}

// A convolution reads the weight itself.
void repack_print(const struct plain *plain, const struct node *node) {
    (void)plain;
    (void)node;
}
