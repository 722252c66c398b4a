// The network as a graph of few ops with static shapes. lower.c makes it from the spec, differentiate.c adds the
// gradients in the same ops, schedule.c decides how it is computed.
//
// A node is a tensor for each sample (`count` elements in memory order, channels innermost), a tensor shared by all samples
// (parameters, their gradients), or a uniform number (one for the whole step). Nodes stand in topological order.
#ifndef GRAPH_H
#define GRAPH_H

#include "base/buffer.h"
#include "compiler/spec.h"

enum op {
    // leaves
    OP_INPUT,         // the normalised sample
    OP_CODE,          // what encode made: z, or mu and log sigma (number: which half)
    OP_OUTPUT,        // what decode made
    OP_PARAMETER,     // number: in graph->parameters
    OP_TERM_SCALE,    // uniform: d objective / d term (number: the term)
    OP_CONSTANT,      // uniform: `constant`
    OP_DROPOUT,       // random: 0 or 1 / (1 - p); constant: p, number: the site
    OP_NORMAL,        // random: epsilon; number: the site
    // layers; a dense layer is a convolution with a 1x1 kernel on a 1x1 image
    OP_CONVOLVE,               // large image, weight, bias or none -> small image
    OP_CONVOLVE_TRANSPOSED,    // small image, repacked weight, bias or none -> large image
    OP_CONVOLVE_WEIGHT,        // large image, small image -> weight, summed over the batch
    OP_BIAS_SUM,               // image -> bias, summed over positions and batch
    OP_REPACK,                 // weight -> the same in the order of the transposed use
    OP_PERMUTE,                // channels innermost -> channels first (number 0), or back (number 1)
    OP_PACK,                   // samples one after the other -> groups of samples, one a lane
    OP_UNPACK,                 // and back
    // elementwise; an operand of one element stands for all
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_SELECT,    // a <= 0 ? b : c
    OP_SCALE,     // a * constant
    OP_OFFSET,    // a + constant
    OP_RELU,
    OP_EXP,
    OP_EXPM1,
    OP_TANH,
    OP_ERF,
    OP_SIGMOID,
    OP_SOFTPLUS,
    OP_ABSOLUTE,
    OP_SIGN,
    OP_BROADCAST,    // one element for all
    // over the elements of a sample
    OP_SUM,
    OP_KINDS
};

enum extent { EXTENT_SAMPLE, EXTENT_SHARED, EXTENT_UNIFORM };

// Which part of the network a node belongs to: pointwise work is fused within a part.
enum part { PART_LAYERS, PART_LOSS };

// A convolution seen from its larger side: large[y * stride + ky - padding][x * stride + kx - padding] meets small[y][x].
struct geometry {
    long large_height, large_width, large_channels;
    long small_height, small_width, small_channels;
    long kernel[2], stride[2], padding[2];
    // A dense layer's weight lies in panels of so many outputs, [output / panel][input][output % panel], where that
    // divides them; 0: [input][output].
    long panel;
};

enum { PANEL = 16 };

struct node {
    enum op op;
    int id;
    enum extent extent;
    enum part part;
    bool backward;    // made by differentiation
    bool packed;      // samples lie in the lanes of vectors: of OP_PACK and of convolutions between it and OP_UNPACK
    size_t count;     // elements: of a sample, or of the whole when shared
    struct node *inputs[3];
    int input_count;
    struct geometry geometry;    // of the convolutions, BIAS_SUM, REPACK; PERMUTE: large_* alone
    double constant;
    int number;
    const struct layer *layer;    // that it comes from, NULL for latent and loss
    const char *label;            // "encoder.0", "z.mu", "sse": for names and comments
    struct node *next;
};

struct parameter {
    struct parameter_info info;    // offsets are set by the schedule
    size_t count;
    bool slotted;    // its gradient is summed a slot of samples at a time
};

struct parameters {
    struct parameter *list;
    int count, capacity;
};

struct graph {
    struct arena *arena;
    struct node *first, *last;
    int count;
    struct parameters *parameters;    // one table for all graphs of a model
    // Outputs; what a graph is not for is NULL.
    struct node *code[2];    // z, or mu and log sigma
    struct node *output;
    struct node **terms;        // [term_count]
    struct node **gradients;    // [parameters->count]
    // What nodes made now belong to.
    enum part part;
    bool backward;
    const struct layer *layer;
    const char *label;
};

// The graphs of a model. They share the table of parameters.
struct network {
    const struct spec *spec;
    struct parameters parameters;
    struct graph training, encode, decode, measure;
};

// A node with these inputs; an equal one that is there already is returned instead. `count` 0: that of the inputs.
struct node *graph_node(struct graph *graph, enum op op, size_t count, struct node *a, struct node *b, struct node *c);
struct node *graph_constant(struct graph *graph, double constant);
struct node *graph_scaled(struct graph *graph, enum op op, struct node *a, double constant);
struct node *graph_numbered(struct graph *graph, enum op op, enum extent extent, size_t count, int number,
                            double constant);
struct node *graph_convolution(struct graph *graph, enum op op, const struct geometry *geometry, struct node *a,
                               struct node *b, struct node *c);
// The same values as a node of their own, told apart from other copies by `number`.
struct node *graph_copy(struct graph *graph, struct node *a, int number);
struct node *graph_permute(struct graph *graph, struct node *image, struct shape shape, bool back);
// Makes `node`, a convolution, the unpacking of one that is computed with samples in the lanes; its users stay.
void graph_pack(struct graph *graph, struct node *node);
bool op_is_elementwise(enum op op);
bool op_is_convolution(enum op op);
const char *op_name(enum op op);
// FLOPs of one sample, 2 for each multiply-add of a convolution's direct algorithm; 0 for everything else.
double node_flops(const struct node *node);
// Elements of the parameters of a layer or a head of the latent, by its name ("encoder.3").
size_t parameters_of(const struct parameters *parameters, const char *name);
// True for a dense layer: one image point, one kernel point.
bool geometry_is_dense(const struct geometry *geometry);
double geometry_flops(const struct geometry *geometry);

// Makes the graphs of a spec that has no errors; training has no gradients yet.
struct network *lower(struct spec *spec);
// Adds to the graph the gradients of sum over terms of TERM_SCALE * term for every parameter.
void differentiate(struct graph *graph, int term_count);
void graph_print(const struct network *network, struct buffer *out);

#endif
