#include "compiler/graph/gradient.h"

#include <math.h>

struct adjoint {
    struct node *gradient;    // d sum / d node, or NULL
    bool target;              // a gradient of this node is requested
    bool wanted;              // the node is a target or depends on one
};

struct adjoints {
    struct graph_builder b;
    struct adjoint *of;    // [count of the graph before] by the node's id
};

static bool is_wanted(const struct adjoints *adjoints, const struct node *node) {
    return adjoints->of[node->id].wanted;
}

// Adds a value of the node's extent to the node's gradient.
static void gradient_accumulate(struct adjoints *adjoints, struct node *node, struct node *gradient) {
    struct node **sum = &adjoints->of[node->id].gradient;
    *sum = *sum ? graph_binary(&adjoints->b, OP_ADD, *sum, gradient) : gradient;
}

// Adds to the gradient of an input of `node`. If the input was broadcast over elements or over the samples of the
// batch, its gradient is the sum over these.
static void gradient_add(struct adjoints *adjoints, const struct node *node, struct node *input,
                         struct node *gradient) {
    if (!is_wanted(adjoints, input)) return;
    if (input->count == 1 && gradient->count > 1) gradient = graph_sum(&adjoints->b, gradient);
    bool of_samples = node->extent == EXTENT_SAMPLE || op_rows[node->op].class == CLASS_BATCH_SUM;
    if (of_samples && input->extent != EXTENT_SAMPLE)
        gradient = graph_bias_sum(&adjoints->b, (struct image){1, 1, (long)gradient->count}, gradient);
    gradient_accumulate(adjoints, input, gradient);
}

static struct node *times(struct adjoints *adjoints, struct node *a, struct node *b) {
    return graph_binary(&adjoints->b, OP_MULTIPLY, a, b);
}

// A weight in the order for transposed convolutions, or the inverse.
static struct node *repacked(struct adjoints *adjoints, const struct geometry *geometry, struct node *weight) {
    return graph_repack(&adjoints->b, geometry, weight, false);
}

static struct node *unpacked(struct adjoints *adjoints, const struct geometry *geometry, struct node *weight) {
    bool plain = weight->op == OP_REPACK && !weight->repack.back && geometry_equal(&weight->repack.geometry, geometry);
    return plain ? weight->inputs[0] : graph_repack(&adjoints->b, geometry, weight, true);
}

// The gradient of a bias is the sum over positions and samples.
static void bias_add(struct adjoints *adjoints, struct node *bias, struct node *g, struct image image) {
    if (bias && is_wanted(adjoints, bias)) gradient_accumulate(adjoints, bias, graph_bias_sum(&adjoints->b, image, g));
}

// The gradient of the larger image of a convolution: the transposed convolution of `small` with the weight.
static void large_add(struct adjoints *adjoints, struct node *node, struct node *small, struct node *weight) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0];
    if (!is_wanted(adjoints, large)) return;
    struct node *packed = repacked(adjoints, geometry, weight);
    gradient_add(adjoints, node, large, graph_convolve_transposed(&adjoints->b, geometry, small, packed, NULL));
}

static void convolve_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0], *weight = node->inputs[1];
    large_add(adjoints, node, g, weight);
    if (is_wanted(adjoints, weight))
        gradient_accumulate(adjoints, weight, graph_convolve_weight(&adjoints->b, geometry, large, g));
    bias_add(adjoints, node->inputs[2], g,
             (struct image){geometry->small_height, geometry->small_width, geometry->small_channels});
}

// The weight of a transposed convolution is usually repacked; the gradient is then added to that of the original
// weight.
static void convolve_transposed_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *small = node->inputs[0], *weight = node->inputs[1];
    struct node *original = NULL;
    if (is_wanted(adjoints, small) || is_wanted(adjoints, weight)) original = unpacked(adjoints, geometry, weight);
    if (is_wanted(adjoints, small))
        gradient_add(adjoints, node, small, graph_convolve(&adjoints->b, geometry, g, original, NULL));
    if (is_wanted(adjoints, weight)) {
        struct node *gradient = graph_convolve_weight(&adjoints->b, geometry, g, small);
        if (original == weight->inputs[0] && !adjoints->of[weight->id].target)
            gradient_accumulate(adjoints, original, gradient);
        else
            gradient_accumulate(adjoints, weight, repacked(adjoints, geometry, gradient));
    }
    bias_add(adjoints, node->inputs[2], g,
             (struct image){geometry->large_height, geometry->large_width, geometry->large_channels});
}

// The gradient g has the shape of the weight and contributes to the images of every sample.
static void convolve_weight_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    const struct geometry *geometry = &node->convolution.geometry;
    struct node *large = node->inputs[0], *small = node->inputs[1];
    large_add(adjoints, node, small, g);
    if (is_wanted(adjoints, small))
        gradient_add(adjoints, node, small, graph_convolve(&adjoints->b, geometry, large, g, NULL));
}

static void bias_sum_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_bias_spread(&adjoints->b, node->bias.image, g));
}

static void bias_spread_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    bias_add(adjoints, node->inputs[0], g, node->bias.image);
}

static void repack_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0],
                 graph_repack(&adjoints->b, &node->repack.geometry, g, !node->repack.back));
}

static void permute_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0],
                 graph_permute(&adjoints->b, node->permute.image, g, !node->permute.back));
}

static void add_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
    gradient_add(adjoints, node, node->inputs[1], g);
}

static void subtract_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
    if (is_wanted(adjoints, node->inputs[1]))
        gradient_add(adjoints, node, node->inputs[1], graph_scale(&adjoints->b, g, -1));
}

static void multiply_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct node *a = node->inputs[0], *b = node->inputs[1];
    if (a == b) {
        gradient_add(adjoints, node, a, times(adjoints, g, graph_scale(&adjoints->b, a, 2)));
        return;
    }
    if (is_wanted(adjoints, a)) gradient_add(adjoints, node, a, times(adjoints, g, b));
    if (is_wanted(adjoints, b)) gradient_add(adjoints, node, b, times(adjoints, g, a));
}

static void select_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct node *condition = node->inputs[0], *zero = graph_constant(&adjoints->b, 0);
    if (is_wanted(adjoints, node->inputs[1]))
        gradient_add(adjoints, node, node->inputs[1], graph_select(&adjoints->b, condition, g, zero));
    if (is_wanted(adjoints, node->inputs[2]))
        gradient_add(adjoints, node, node->inputs[2], graph_select(&adjoints->b, condition, zero, g));
}

static void scale_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_scale(&adjoints->b, g, node->scalar.value));
}

static void offset_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
}

static void relu_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_select(&adjoints->b, node, graph_constant(&adjoints->b, 0), g));
}

static void broadcast_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_sum(&adjoints->b, g));
}

static void sum_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_broadcast(&adjoints->b, g, node->inputs[0]->count));
}

// The slope of an op of one input, from the node y; its input is y->inputs[0].
static struct node *exp_slope(struct graph_builder *b, struct node *y) {
    (void)b;
    return y;
}

static struct node *expm1_slope(struct graph_builder *b, struct node *y) {
    return graph_offset(b, y, 1);
}

static struct node *tanh_slope(struct graph_builder *b, struct node *y) {
    return graph_offset(b, graph_scale(b, graph_binary(b, OP_MULTIPLY, y, y), -1), 1);
}

// d erf(a) / da = 2 / sqrt(pi) * exp(-a^2)
static struct node *erf_slope(struct graph_builder *b, struct node *y) {
    struct node *a = y->inputs[0], *exponent = graph_scale(b, graph_binary(b, OP_MULTIPLY, a, a), -1);
    return graph_scale(b, graph_unary(b, OP_EXP, exponent), 2 / sqrt(acos(-1.0)));
}

static struct node *sigmoid_slope(struct graph_builder *b, struct node *y) {
    return graph_binary(b, OP_MULTIPLY, y, graph_offset(b, graph_scale(b, y, -1), 1));
}

static struct node *softplus_slope(struct graph_builder *b, struct node *y) {
    return graph_unary(b, OP_SIGMOID, y->inputs[0]);
}

static struct node *absolute_slope(struct graph_builder *b, struct node *y) {
    return graph_unary(b, OP_SIGN, y->inputs[0]);
}

// The slopes of the ops whose row says SLOPE.
#define SLOPE_SLOPE(name) name##_slope
#define FUNCTION_SLOPE(name) NULL
#define ZERO_SLOPE(name) NULL
#define REFUSED_SLOPE(name) NULL

static struct node *(*const slopes[])(struct graph_builder *b, struct node *y) = {
#define OP(id, name, class, kernel, attributes, least, most, extent, count, unit, cost, rule, ...) \
    [OP_##id] = rule##_SLOPE(name),
#include "language/ops.def"
};

_Static_assert(sizeof slopes / sizeof *slopes == OP_KINDS, "a slope or none for each op");

static void slope_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], times(adjoints, g, slopes[node->op](&adjoints->b, node)));
}

// Each adds to the gradients of the node's inputs, given the node's own gradient g. None where the slope is 0.
#define SLOPE_RULE(name) slope_rule
#define FUNCTION_RULE(name) name##_rule
#define ZERO_RULE(name) NULL
#define REFUSED_RULE(name) NULL

static void (*const rules[])(struct adjoints *adjoints, struct node *node, struct node *g) = {
#define OP(id, name, class, kernel, attributes, least, most, extent, count, unit, cost, rule, ...) \
    [OP_##id] = rule##_RULE(name),
#include "language/ops.def"
};

_Static_assert(sizeof rules / sizeof *rules == OP_KINDS, "a rule or none for each op");

static bool input_wanted(const struct adjoints *adjoints, const struct node *node) {
    for (int i = 0; i < node->input_count; i++)
        if (is_wanted(adjoints, node->inputs[i])) return true;
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
        if (rules[node->op]) rules[node->op](adjoints, node, gradient);
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
        if (is_wanted(&adjoints, of[i]))
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
