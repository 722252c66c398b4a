#include "compiler/graph/ops/op.h"

void sum_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const double *a = evaluation_input(e, node, 0, sample);
    result[0] = 0;
    for (size_t i = 0; i < node->inputs[0]->count; i++)
        result[0] += a[i];
}

void sum_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_broadcast(&adjoints->b, g, node->inputs[0]->count));
}
