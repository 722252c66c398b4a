#include "compiler/graph/gradient.h"

#include "compiler/graph/ops/op.h"

bool gradient_wanted(const struct adjoints *adjoints, const struct node *node) {
    return adjoints->of[node->id].wanted;
}

void gradient_accumulate(struct adjoints *adjoints, struct node *node, struct node *gradient) {
    struct node **sum = &adjoints->of[node->id].gradient;
    *sum = *sum ? graph_binary(&adjoints->b, OP_ADD, *sum, gradient) : gradient;
}

void gradient_add(struct adjoints *adjoints, const struct node *node, struct node *input, struct node *gradient) {
    if (!gradient_wanted(adjoints, input)) return;
    if (input->count == 1 && gradient->count > 1) gradient = graph_sum(&adjoints->b, gradient);
    bool of_samples = node->extent == EXTENT_SAMPLE || op_rows[node->op].class == CLASS_BATCH_SUM;
    if (of_samples && input->extent != EXTENT_SAMPLE)
        gradient = graph_bias_sum(&adjoints->b, (struct image){1, 1, (long)gradient->count}, gradient);
    gradient_accumulate(adjoints, input, gradient);
}

void gradient_add_sum(struct adjoints *adjoints, struct node *bias, struct node *g, struct image image) {
    if (bias && gradient_wanted(adjoints, bias))
        gradient_accumulate(adjoints, bias, graph_bias_sum(&adjoints->b, image, g));
}

static void rule_apply(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct op_functions *op = &op_functions[node->op];
    if (op->rule) op->rule(adjoints, node, g);
    if (!op->slope) return;
    struct node *slope = op->slope(&adjoints->b, node);
    gradient_add(adjoints, node, node->inputs[0], graph_binary(&adjoints->b, OP_MULTIPLY, g, slope));
}

static bool input_wanted(const struct adjoints *adjoints, const struct node *node) {
    for (int i = 0; i < node->input_count; i++)
        if (gradient_wanted(adjoints, node->inputs[i])) return true;
    return false;
}

// From the last node to the first. Returns the name of an op without a rule.
static const char *adjoints_propagate(struct adjoints *adjoints, struct node *const *nodes, int count) {
    for (int i = count - 1; i >= 0; i--) {
        struct node *node = nodes[i];
        struct node *gradient = adjoints->of[i].gradient;
        if (!gradient || !input_wanted(adjoints, node)) continue;
        // Where several nodes have one gradient, it is named after the first of them.
        if (gradient->backward) gradient->gradient_of = node;
        if (op_rows[node->op].rule == RULE_REFUSED) return op_name(node->op);
        adjoints->b.part = node->part;
        adjoints->b.layer = node->layer;
        adjoints->b.label = node->label;
        rule_apply(adjoints, node, gradient);
    }
    return NULL;
}

static struct node *seed_make(struct graph_builder *b, const struct node *of) {
    struct node *one = graph_constant(b, 1);
    return of->count == 1 ? one : graph_broadcast(b, one, of->count);
}

const char *graph_gradient(struct graph_builder *builder, struct node *const *of, struct node *const *seeds,
                           int of_count, struct node *const *with_respect_to, int count, struct node **gradients) {
    struct graph *graph = builder->graph;
    int nodes_count = graph->count;
    struct node **nodes = ARENA_ARRAY(graph->arena, struct node *, nodes_count);
    struct adjoints adjoints = {*builder, ARENA_ARRAY(graph->arena, struct adjoint, nodes_count)};
    adjoints.b.backward = true;
    for (int i = 0; i < count; i++)
        adjoints.of[with_respect_to[i]->id].target = true;
    for (struct node *node = graph->first; node; node = node->next) {
        nodes[node->id] = node;
        adjoints.of[node->id].wanted = adjoints.of[node->id].target || input_wanted(&adjoints, node);
    }
    for (int i = 0; i < of_count; i++)
        if (gradient_wanted(&adjoints, of[i]))
            gradient_accumulate(&adjoints, of[i], seeds && seeds[i] ? seeds[i] : seed_make(&adjoints.b, of[i]));
    const char *refused = adjoints_propagate(&adjoints, nodes, nodes_count);
    for (int i = 0; i < count && !refused; i++)
        gradients[i] = adjoints.of[with_respect_to[i]->id].gradient;
    return refused;
}

void graph_differentiate(struct graph *graph) {
    struct outputs *terms = &graph->outputs[OUTPUT_TERM];
    int count = graph->parameters->count;
    struct node **of = ARENA_ARRAY(graph->arena, struct node *, terms->count);
    struct node **seeds = ARENA_ARRAY(graph->arena, struct node *, terms->count);
    struct node **parameters = ARENA_ARRAY(graph->arena, struct node *, count);
    struct node **gradients = ARENA_ARRAY(graph->arena, struct node *, count);
    int *places = ARENA_ARRAY(graph->arena, int, count), found = 0;
    for (struct node *node = graph->first; node; node = node->next) {
        if (node->op != OP_PARAMETER) continue;
        places[node->parameter.index] = found + 1;
        parameters[found++] = node;
    }
    struct graph_builder b = {.graph = graph, .part = PART_LOSS, .backward = true};
    for (int i = 0; i < terms->count; i++) {
        of[i] = terms->list[i].node;
        b.label = of[i]->label;
        seeds[i] = graph_term_scale(&b, i);
    }
    graph_gradient(&b, of, seeds, terms->count, parameters, found, gradients);
    for (int i = 0; i < count; i++)
        graph_output_add(graph, OUTPUT_GRADIENT, graph->parameters->list[i].info.name,
                         places[i] ? gradients[places[i] - 1] : NULL);
}
