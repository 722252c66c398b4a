#include "compiler/graph/ops/op.h"

#include <string.h>

// The gradient of a bias, and the way back from it.

const char *bias_sum_check(const struct graph *graph, const struct node *node) {
    return input_check(graph, node, 0, image_count(node->bias.image), false);
}

void bias_sum_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_bias_spread(&adjoints->b, node->bias.image, g));
}

void bias_sum_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memset(result, 0, node->count * sizeof *result);
    for (sample = 0; sample < e->leaves->samples; sample++)
        for (size_t i = 0; i < node->inputs[0]->count; i++)
            result[i % node->count] += evaluation_input(e, node, 0, sample)[i];
}

const char *bias_spread_check(const struct graph *graph, const struct node *node) {
    return input_check(graph, node, 0, (size_t)node->bias.image.channels, true);
}

void bias_spread_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add_sum(adjoints, node->inputs[0], g, node->bias.image);
}

void bias_spread_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const double *bias = evaluation_input(e, node, 0, sample);
    for (size_t i = 0; i < node->count; i++)
        result[i] = bias[i % node->inputs[0]->count];
}

// Encoder and decoder have no gradients.
void bias_spread_print(const struct plain *plain, const struct node *node) {
    (void)plain;
    (void)node;
}
