#include "compiler/graph/ops/op.h"

#include <string.h>

void input_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->input + sample * node->count, node->count * sizeof *result);
}

void code_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->heads[node->code.head] + sample * node->count, node->count * sizeof *result);
}

void output_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    memcpy(result, e->leaves->decoded + sample * node->count, node->count * sizeof *result);
}

void parameter_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)sample;
    memcpy(result, e->leaves->parameters[node->parameter.index], node->count * sizeof *result);
}

void term_scale_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)sample;
    result[0] = e->leaves->term_scale[node->term.index];
}

void constant_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    (void)e;
    (void)sample;
    result[0] = node->scalar.value;
}
