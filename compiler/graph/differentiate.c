#include <math.h>

#include "compiler/graph/graph.h"

// Reverse-mode differentiation: one rule an op, in the same ops, so the result can be differentiated again.

struct adjoints {
    struct graph *graph;
    struct node **gradient;    // [count of the forward graph] d objective / d node, NULL where there is none
    bool *wanted;              // [count] the node depends on a parameter
};

static void gradient_add(struct adjoints *adjoints, struct node *node, struct node *gradient) {
    if (!adjoints->wanted[node->id]) return;
    // What came from one element for all is summed back to it.
    if (node->count == 1 && gradient->count > 1)
        gradient = graph_node(adjoints->graph, OP_SUM, 1, gradient, NULL, NULL);
    struct node **sum = &adjoints->gradient[node->id];
    *sum = *sum ? graph_node(adjoints->graph, OP_ADD, 0, *sum, gradient, NULL) : gradient;
}

static struct node *times(struct adjoints *adjoints, struct node *a, struct node *b) {
    return graph_node(adjoints->graph, OP_MULTIPLY, 0, a, b, NULL);
}

static struct node *scaled(struct adjoints *adjoints, struct node *a, double constant) {
    return graph_scaled(adjoints->graph, OP_SCALE, a, constant);
}

static struct node *offset(struct adjoints *adjoints, struct node *a, double constant) {
    return graph_scaled(adjoints->graph, OP_OFFSET, a, constant);
}

static void repack_and_transpose(struct adjoints *adjoints, struct node *node, struct node *small) {
    struct graph *graph = adjoints->graph;
    if (!adjoints->wanted[node->inputs[0]->id]) return;
    struct node *packed = graph_convolution(graph, OP_REPACK, &node->geometry, node->inputs[1], NULL, NULL);
    gradient_add(adjoints, node->inputs[0],
                 graph_convolution(graph, OP_CONVOLVE_TRANSPOSED, &node->geometry, small, packed, NULL));
}

static void bias_rule(struct adjoints *adjoints, struct node *node, struct node *g, int height, int width,
                      int channels) {
    if (node->input_count < 3) return;
    struct geometry geometry = {.large_height = height, .large_width = width, .large_channels = channels};
    gradient_add(adjoints, node->inputs[2], graph_convolution(adjoints->graph, OP_BIAS_SUM, &geometry, g, NULL, NULL));
}

static void convolve_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->geometry;
    repack_and_transpose(adjoints, node, g);
    gradient_add(adjoints, node->inputs[1],
                 graph_convolution(adjoints->graph, OP_CONVOLVE_WEIGHT, geometry, node->inputs[0], g, NULL));
    bias_rule(adjoints, node, g, geometry->small_height, geometry->small_width, geometry->small_channels);
}

// The weight of a transposed convolution is the repacked one; the gradient is that of the original.
static void transposed_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->geometry;
    struct node *weight = node->inputs[1]->inputs[0];
    if (adjoints->wanted[node->inputs[0]->id])
        gradient_add(adjoints, node->inputs[0],
                     graph_convolution(adjoints->graph, OP_CONVOLVE, geometry, g, weight, NULL));
    gradient_add(adjoints, weight,
                 graph_convolution(adjoints->graph, OP_CONVOLVE_WEIGHT, geometry, g, node->inputs[0], NULL));
    bias_rule(adjoints, node, g, geometry->large_height, geometry->large_width, geometry->large_channels);
}

static void permute_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct shape shape = {3,
                          {(size_t)node->geometry.large_channels, (size_t)node->geometry.large_height,
                           (size_t)node->geometry.large_width}};
    gradient_add(adjoints, node->inputs[0], graph_permute(adjoints->graph, g, shape, !node->number));
}

static void select_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct graph *graph = adjoints->graph;
    struct node *zero = graph_constant(graph, 0);
    if (adjoints->wanted[node->inputs[1]->id])
        gradient_add(adjoints, node->inputs[1], graph_node(graph, OP_SELECT, 0, node->inputs[0], g, zero));
    if (adjoints->wanted[node->inputs[2]->id])
        gradient_add(adjoints, node->inputs[2], graph_node(graph, OP_SELECT, 0, node->inputs[0], zero, g));
}

// d erf(a) / da = 2 / sqrt(pi) * exp(-a^2)
static struct node *erf_slope(struct adjoints *adjoints, struct node *a) {
    struct node *exponent = scaled(adjoints, times(adjoints, a, a), -1);
    return scaled(adjoints, graph_node(adjoints->graph, OP_EXP, 0, exponent, NULL, NULL), 2 / sqrt(acos(-1.0)));
}

// The slope of an op of one input, from its input a and its output y.
static struct node *slope(struct adjoints *adjoints, struct node *node) {
    struct graph *graph = adjoints->graph;
    struct node *a = node->inputs[0], *y = node;
    switch (node->op) {
    case OP_EXP: return y;
    case OP_EXPM1: return offset(adjoints, y, 1);
    case OP_TANH: return offset(adjoints, scaled(adjoints, times(adjoints, y, y), -1), 1);
    case OP_ERF: return erf_slope(adjoints, a);
    case OP_SIGMOID: return times(adjoints, y, offset(adjoints, scaled(adjoints, y, -1), 1));
    case OP_SOFTPLUS: return graph_node(graph, OP_SIGMOID, 0, a, NULL, NULL);
    case OP_ABSOLUTE: return graph_node(graph, OP_SIGN, 0, a, NULL, NULL);
    case OP_INPUT:
    case OP_CODE:
    case OP_OUTPUT:
    case OP_PARAMETER:
    case OP_TERM_SCALE:
    case OP_CONSTANT:
    case OP_DROPOUT:
    case OP_NORMAL:
    case OP_CONVOLVE:
    case OP_CONVOLVE_TRANSPOSED:
    case OP_CONVOLVE_WEIGHT:
    case OP_BIAS_SUM:
    case OP_REPACK:
    case OP_PERMUTE:
    case OP_PACK:
    case OP_UNPACK:
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_SELECT:
    case OP_SCALE:
    case OP_OFFSET:
    case OP_RELU:
    case OP_SIGN:
    case OP_BROADCAST:
    case OP_SUM:
    case OP_KINDS: break;
    }
    return graph_constant(graph, 0);
}

// Adds to the gradients of the node's inputs, given the node's own gradient g.
static void node_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct graph *graph = adjoints->graph;
    struct node *a = node->inputs[0], *b = node->inputs[1];
    switch (node->op) {
    case OP_CONVOLVE: convolve_rule(adjoints, node, g); break;
    case OP_CONVOLVE_TRANSPOSED: transposed_rule(adjoints, node, g); break;
    case OP_PERMUTE: permute_rule(adjoints, node, g); break;
    case OP_ADD:
        gradient_add(adjoints, a, g);
        gradient_add(adjoints, b, g);
        break;
    case OP_SUBTRACT:
        gradient_add(adjoints, a, g);
        if (adjoints->wanted[b->id]) gradient_add(adjoints, b, scaled(adjoints, g, -1));
        break;
    case OP_MULTIPLY:
        if (a == b) {
            gradient_add(adjoints, a, times(adjoints, g, scaled(adjoints, a, 2)));
            break;
        }
        if (adjoints->wanted[a->id]) gradient_add(adjoints, a, times(adjoints, g, b));
        if (adjoints->wanted[b->id]) gradient_add(adjoints, b, times(adjoints, g, a));
        break;
    case OP_SELECT: select_rule(adjoints, node, g); break;
    case OP_SCALE: gradient_add(adjoints, a, scaled(adjoints, g, node->constant)); break;
    case OP_OFFSET: gradient_add(adjoints, a, g); break;
    case OP_RELU: gradient_add(adjoints, a, graph_node(graph, OP_SELECT, 0, node, graph_constant(graph, 0), g)); break;
    case OP_EXP:
    case OP_EXPM1:
    case OP_TANH:
    case OP_ERF:
    case OP_SIGMOID:
    case OP_SOFTPLUS:
    case OP_ABSOLUTE: gradient_add(adjoints, a, times(adjoints, g, slope(adjoints, node))); break;
    case OP_BROADCAST: gradient_add(adjoints, a, graph_node(graph, OP_SUM, 1, g, NULL, NULL)); break;
    case OP_SUM: gradient_add(adjoints, a, graph_node(graph, OP_BROADCAST, a->count, g, NULL, NULL)); break;
    // Leaves, and ops whose slope is 0 wherever there is one.
    case OP_INPUT:
    case OP_CODE:
    case OP_OUTPUT:
    case OP_PARAMETER:
    case OP_TERM_SCALE:
    case OP_CONSTANT:
    case OP_DROPOUT:
    case OP_NORMAL:
    case OP_SIGN:
    case OP_REPACK:
    // Made by differentiation of what is summed over the batch, or by the schedule; the objective never holds them.
    case OP_PACK:
    case OP_UNPACK:
    case OP_CONVOLVE_WEIGHT:
    case OP_BIAS_SUM:
    case OP_KINDS: break;
    }
}

static bool is_wanted(const struct adjoints *adjoints, const struct node *node) {
    if (node->op == OP_PARAMETER) return true;
    for (int i = 0; i < node->input_count; i++)
        if (adjoints->wanted[node->inputs[i]->id]) return true;
    return false;
}

void differentiate(struct graph *graph, int term_count) {
    int count = graph->count;
    struct node **forward = ARENA_ARRAY(graph->arena, struct node *, count);
    struct adjoints adjoints = {graph, ARENA_ARRAY(graph->arena, struct node *, count),
                                ARENA_ARRAY(graph->arena, bool, count)};
    for (struct node *node = graph->first; node; node = node->next) {
        forward[node->id] = node;
        adjoints.wanted[node->id] = is_wanted(&adjoints, node);
    }
    graph->backward = true;
    for (int i = 0; i < term_count; i++) {
        graph->part = PART_LOSS;
        graph->label = graph->terms[i]->label;
        gradient_add(&adjoints, graph->terms[i], graph_numbered(graph, OP_TERM_SCALE, EXTENT_UNIFORM, 1, i, 0));
    }
    for (int i = count - 1; i >= 0; i--) {
        struct node *node = forward[i];
        if (!adjoints.gradient[i]) continue;
        graph->part = node->part;
        graph->layer = node->layer;
        graph->label = node->label;
        node_rule(&adjoints, node, adjoints.gradient[i]);
    }
    graph->gradients = ARENA_ARRAY(graph->arena, struct node *, graph->parameters->count);
    for (int i = 0; i < count; i++)
        if (forward[i]->op == OP_PARAMETER) graph->gradients[forward[i]->number] = adjoints.gradient[i];
}
