#include "compiler/graph/ops/op.h"

void dropout_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    e->leaves->draw(e->leaves->context, node, sample, result);
}

void normal_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    e->leaves->draw(e->leaves->context, node, sample, result);
}
