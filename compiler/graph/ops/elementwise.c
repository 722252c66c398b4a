#include "compiler/graph/ops/op.h"

#include <math.h>

// The elementwise ops: the value of an element, then the rule or slope.

double add_element(struct operands x) {
    return x.a + x.b;
}

void add_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
    gradient_add(adjoints, node, node->inputs[1], g);
}

double subtract_element(struct operands x) {
    return x.a - x.b;
}

void subtract_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
    if (gradient_wanted(adjoints, node->inputs[1]))
        gradient_add(adjoints, node, node->inputs[1], graph_scale(&adjoints->b, g, -1));
}

double multiply_element(struct operands x) {
    return x.a * x.b;
}

static struct node *times(struct adjoints *adjoints, struct node *a, struct node *b) {
    return graph_binary(&adjoints->b, OP_MULTIPLY, a, b);
}

void multiply_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct node *a = node->inputs[0], *b = node->inputs[1];
    if (a == b) {
        gradient_add(adjoints, node, a, times(adjoints, g, graph_scale(&adjoints->b, a, 2)));
        return;
    }
    if (gradient_wanted(adjoints, a)) gradient_add(adjoints, node, a, times(adjoints, g, b));
    if (gradient_wanted(adjoints, b)) gradient_add(adjoints, node, b, times(adjoints, g, a));
}

double select_element(struct operands x) {
    return x.a <= 0 ? x.b : x.c;
}

void select_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    struct node *condition = node->inputs[0], *zero = graph_constant(&adjoints->b, 0);
    if (gradient_wanted(adjoints, node->inputs[1]))
        gradient_add(adjoints, node, node->inputs[1], graph_select(&adjoints->b, condition, g, zero));
    if (gradient_wanted(adjoints, node->inputs[2]))
        gradient_add(adjoints, node, node->inputs[2], graph_select(&adjoints->b, condition, zero, g));
}

double scale_element(struct operands x) {
    return x.a * x.k;
}

void scale_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_scale(&adjoints->b, g, node->scalar.value));
}

double offset_element(struct operands x) {
    return x.a + x.k;
}

void offset_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], g);
}

double relu_element(struct operands x) {
    return x.a <= 0 ? 0 : x.a;
}

void relu_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_select(&adjoints->b, node, graph_constant(&adjoints->b, 0), g));
}

double exp_element(struct operands x) {
    return exp(x.a);
}

struct node *exp_slope(struct graph_builder *b, struct node *y) {
    (void)b;
    return y;
}

double expm1_element(struct operands x) {
    return expm1(x.a);
}

struct node *expm1_slope(struct graph_builder *b, struct node *y) {
    return graph_offset(b, y, 1);
}

double tanh_element(struct operands x) {
    return tanh(x.a);
}

struct node *tanh_slope(struct graph_builder *b, struct node *y) {
    return graph_offset(b, graph_scale(b, graph_binary(b, OP_MULTIPLY, y, y), -1), 1);
}

double erf_element(struct operands x) {
    return erf(x.a);
}

// d erf(a) / da = 2 / sqrt(pi) * exp(-a^2)
struct node *erf_slope(struct graph_builder *b, struct node *y) {
    struct node *a = y->inputs[0], *exponent = graph_scale(b, graph_binary(b, OP_MULTIPLY, a, a), -1);
    return graph_scale(b, graph_unary(b, OP_EXP, exponent), 2 / sqrt(acos(-1.0)));
}

double sigmoid_element(struct operands x) {
    return 1 / (1 + exp(-x.a));
}

struct node *sigmoid_slope(struct graph_builder *b, struct node *y) {
    return graph_binary(b, OP_MULTIPLY, y, graph_offset(b, graph_scale(b, y, -1), 1));
}

// log(1 + exp(a)) without overflow.
double softplus_element(struct operands x) {
    return fmax(x.a, 0) + log1p(exp(-fabs(x.a)));
}

struct node *softplus_slope(struct graph_builder *b, struct node *y) {
    return graph_unary(b, OP_SIGMOID, y->inputs[0]);
}

double absolute_element(struct operands x) {
    return fabs(x.a);
}

struct node *absolute_slope(struct graph_builder *b, struct node *y) {
    return graph_unary(b, OP_SIGN, y->inputs[0]);
}

double sign_element(struct operands x) {
    return (x.a > 0) - (x.a < 0);
}

double broadcast_element(struct operands x) {
    return x.a;
}

void broadcast_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0], graph_sum(&adjoints->b, g));
}
