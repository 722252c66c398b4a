// What the graph knows of each op. Each row OP of language/ops.def has its functions in a file of this folder, named
// after the op or its family; the elementwise ops are in elementwise.c. Which functions an op has follows from its
// class and its rule, see the macros below. The program does not link if one is missing.
#ifndef GRAPH_OP_H
#define GRAPH_OP_H

#include "base/buffer.h"
#include "compiler/graph/builder.h"
#include "compiler/graph/interpreter.h"

struct adjoints;
struct evaluation;
struct plain;

// The operands for one element of an elementwise op: the elements of its inputs, and its constant.
struct operands {
    double a, b, c, k;
};

// NULL: the class or rule of the op has no such function.
struct op_functions {
    // Checks what the inputs must be, with input_check. The number of inputs and the attributes by themselves
    // (geometry, image) are checked before. Returns the first fault as text of the graph's arena, or NULL.
    const char *(*check)(const struct graph *graph, const struct node *node);
    // Computes the values [node->count] of one sample in double; of a shared or uniform node, of sample 0.
    void (*evaluate)(const struct evaluation *e, const struct node *node, size_t sample, double *result);
    // The same for an element of an elementwise op.
    double (*element)(struct operands x);
    // The slope of an op of one input, from the node y; its input is y->inputs[0].
    struct node *(*slope)(struct graph_builder *b, struct node *y);
    // Adds to the gradients of the node's inputs, given the node's own gradient g, with gradient_add.
    void (*rule)(struct adjoints *adjoints, struct node *node, struct node *g);
    // Prints the loops of one sample in plain C, as statements indented by 4. What encoder and decoder never have, such
    // as an op of gradients alone, prints nothing.
    void (*print)(const struct plain *plain, const struct node *node);
};

extern const struct op_functions op_functions[OP_KINDS];

#define OP_CHECK(name) const char *name##_check(const struct graph *graph, const struct node *node);
#define OP_EVALUATE(name) \
    void name##_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result);
#define OP_PRINT(name) void name##_print(const struct plain *plain, const struct node *node);

#define LEAF_FUNCTIONS(name) OP_EVALUATE(name)
#define RANDOM_FUNCTIONS(name) OP_EVALUATE(name)
#define CONVOLUTION_FUNCTIONS(name) OP_CHECK(name) OP_EVALUATE(name) OP_PRINT(name)
#define BATCH_SUM_FUNCTIONS(name) OP_CHECK(name) OP_EVALUATE(name)
#define MOVE_FUNCTIONS(name) OP_CHECK(name) OP_EVALUATE(name) OP_PRINT(name)
#define ELEMENTWISE_FUNCTIONS(name) double name##_element(struct operands x);
#define REDUCTION_FUNCTIONS(name) OP_EVALUATE(name)
#define SLOPE_FUNCTIONS(name) struct node *name##_slope(struct graph_builder *b, struct node *y);
#define FUNCTION_FUNCTIONS(name) void name##_rule(struct adjoints *adjoints, struct node *node, struct node *g);
#define ZERO_FUNCTIONS(name)
#define REFUSED_FUNCTIONS(name)

#define OP(id, name, class, kernel, attributes, least, most, extent, count, unit, cost, rule, ...) \
    class##_FUNCTIONS(name) rule##_FUNCTIONS(name)
#include "language/ops.def"

// For checks (check.c). Returns a fault if input number `input` does not have so many elements or, if `shared`, differs
// between samples; NULL where the node has no such input.
const char *input_check(const struct graph *graph, const struct node *node, int input, size_t count, bool shared);

// For rules (gradient.c).
struct adjoint {
    struct node *gradient;    // d sum / d node, or NULL
    bool target;              // a gradient of this node is requested
    bool wanted;              // the node is a target or depends on one
};

struct adjoints {
    struct graph_builder b;
    struct adjoint *of;    // [count of the graph before] by the node's id
};

// Whether the node's gradient is needed: what is only added to a gradient that is not need not be built.
bool gradient_wanted(const struct adjoints *adjoints, const struct node *node);
// Adds to the gradient of an input of `node`. If the input was broadcast over elements or over the samples of the
// batch, its gradient is the sum over these.
void gradient_add(struct adjoints *adjoints, const struct node *node, struct node *input, struct node *gradient);
// Adds a value of the node's own extent and count to the node's gradient.
void gradient_accumulate(struct adjoints *adjoints, struct node *node, struct node *gradient);
// Adds the sum of `g` over the positions of an image and over the samples to the gradient of a bias, which may be NULL.
void gradient_add_sum(struct adjoints *adjoints, struct node *bias, struct node *g, struct image image);

// For values in double (interpreter.c).
struct evaluation {
    const struct leaves *leaves;
    double **values;    // by id
};

// The values of input number i of a node, for one sample.
const double *evaluation_input(const struct evaluation *e, const struct node *node, int i, size_t sample);

// For plain C (compiler/emit/plain.c).
struct plain {
    struct buffer *out;
    // The C of a node's array [count], which lasts until the print ends. Of a parameter, repacked or not, that is the
    // parameter in its own memory order.
    const char *(*array)(void *context, const struct node *node);
    void *context;
};

#endif
