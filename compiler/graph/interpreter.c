#include "compiler/graph/interpreter.h"

#include "compiler/graph/ops/op.h"

const double *node_values(double *const *values, const struct node *node, size_t sample) {
    return values[node->id] + (node->extent == EXTENT_SAMPLE ? sample * node->count : 0);
}

const double *evaluation_input(const struct evaluation *e, const struct node *node, int i, size_t sample) {
    return node_values(e->values, node->inputs[i], sample);
}

// An operand with a single element is used for all elements.
static double operand(const struct evaluation *e, const struct node *node, int i, size_t sample, size_t element) {
    if (i >= node->input_count) return 0;
    return evaluation_input(e, node, i, sample)[node->inputs[i]->count == 1 ? 0 : element];
}

static void elementwise_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    for (size_t i = 0; i < node->count; i++)
        result[i] = op_functions[node->op].element(
            (struct operands){operand(e, node, 0, sample, i), operand(e, node, 1, sample, i),
                              operand(e, node, 2, sample, i), node_constant(node)});
}

double **graph_interpret(const struct graph *graph, const struct leaves *leaves, struct arena *arena) {
    struct evaluation e = {leaves, ARENA_ARRAY(arena, double *, graph->count)};
    for (const struct node *node = graph->first; node; node = node->next) {
        size_t samples = node->extent == EXTENT_SAMPLE ? leaves->samples : 1;
        e.values[node->id] = ARENA_ARRAY(arena, double, samples * node->count);
        void (*evaluate)(const struct evaluation *e, const struct node *node, size_t sample, double *result) =
            op_is_elementwise(node->op) ? elementwise_evaluate : op_functions[node->op].evaluate;
        for (size_t sample = 0; sample < samples; sample++)
            evaluate(&e, node, sample, e.values[node->id] + sample * node->count);
    }
    return e.values;
}
