// The network as a graph of a few ops with static shapes. lower.c builds it from the spec, gradient.c adds gradients
// with the same ops, and the plan determines how it is computed. docs/ir.md describes the ops and the memory order of
// their values.
//
// A node is a tensor for each sample (`count` elements in memory order, channels innermost), a tensor shared by all
// samples (parameters, their gradients), or a uniform number (one for the whole step and for all of its `count`
// elements). Nodes are in topological order. All memory is in the arena of the compilation.
#ifndef GRAPH_H
#define GRAPH_H

#include <stddef.h>

#include "base/arena.h"
#include "compiler/graph/ops.h"
#include "compiler/graph/parameters.h"

struct layer;

// Which part of the network a node belongs to: pointwise work is fused within a part.
enum part { PART_LAYERS, PART_LOSS };

// A convolution seen from its larger side: large[y * stride + ky - padding][x * stride + kx - padding] is combined with
// small[y][x]. A dense layer is a convolution with a 1x1 kernel on a 1x1 image.
struct geometry {
    long large_height, large_width, large_channels;
    long small_height, small_width, small_channels;
    long kernel[2], stride[2], padding[2];
    // Number of outputs in a panel of a dense layer's weight, [output / panel][input][output % panel], if it divides
    // the outputs; 0: [input][output].
    long panel;
};

enum { PANEL = 16 };

struct image {
    long height, width, channels;
};

struct node {
    enum op op;
    int id;    // its position in the graph, from 0
    enum extent extent;
    enum part part;
    bool backward;    // made by differentiation
    size_t count;     // elements: per sample, or in total if shared
    struct node *inputs[OP_INPUTS];
    int input_count;
    union {    // the member given by the op's row
        struct {
            int head;    // index of the latent's head
        } code;
        struct {
            int index;    // in graph->parameters
        } parameter;
        struct {
            int index;    // in graph->outputs[OUTPUT_TERM]
        } term;
        struct {
            double value;
            int copy;    // of OP_SCALE by 1: distinguishes copies of the same values
        } scalar;
        struct {
            int site;              // number of the place in the network that draws, from 0
            double probability;    // of OP_DROPOUT
        } random;
        struct {
            struct geometry geometry;
        } convolution;
        struct {
            struct geometry geometry;
            bool back;
        } repack;
        struct {
            struct image image;
        } bias;
        struct {
            struct image image;
            bool back;    // channels first -> channels innermost
        } permute;
    };
    const struct layer *layer;         // the layer of the node, NULL for latent and loss
    const char *label;                 // "encoder.0", "z.mu", "sse": for names and comments
    const struct node *gradient_of;    // for names: the node with respect to which this is the gradient, or NULL
    struct node *next;
};

enum graph_purpose { GRAPH_TRAINING, GRAPH_ENCODE, GRAPH_DECODE, GRAPH_MEASURE, GRAPH_PURPOSES };

// Kinds of results.
enum output_kind {
    OUTPUT_CODE,        // the latent's heads
    OUTPUT_DECODED,     // the output of the decoder
    OUTPUT_TERM,        // of the loss, one per sample
    OUTPUT_GRADIENT,    // of the objective, one per parameter of graph->parameters
    OUTPUT_KINDS
};

struct output {
    const char *name;     // "z.mu", "sse", "encoder.0.weight"
    struct node *node;    // NULL: a gradient that is zero
};

struct outputs {
    struct output *list;
    int count;
};

struct graph {
    struct arena *arena;
    enum graph_purpose purpose;
    struct node *first, *last;
    int count;
    struct parameters *parameters;    // one table for all graphs of a model
    int sites;                        // number of places that draw random numbers
    struct outputs outputs[OUTPUT_KINDS];
    struct {
        struct node **slots;    // [capacity] a hash table of all nodes, by content
        int capacity;
    } table;
};

// The node's number: k of CONSTANT, SCALE and OFFSET; 0 for the others.
double node_constant(const struct node *node);
// The geometry of a node: for convolutions, their weight's gradient and REPACK. For BIAS_SUM, BIAS_SPREAD and PERMUTE
// the image is large_*. All 0 for other ops.
struct geometry node_geometry(const struct node *node);
// The number of elements derived from inputs and attributes according to the op's row; node->count if it is given.
size_t node_count(const struct node *node);
// The extent derived from the op's row and the inputs.
enum extent node_extent(const struct node *node);
// FLOPs of one sample, 2 for each multiply-add of a convolution's direct algorithm; 0 for everything else.
double node_flops(const struct node *node);

// True for a dense layer: one image point, one kernel point.
bool geometry_is_dense(const struct geometry *geometry);
double geometry_flops(const struct geometry *geometry);
bool geometry_equal(const struct geometry *a, const struct geometry *b);
// Elements of the larger and the smaller image, and of the weight.
size_t geometry_large(const struct geometry *geometry);
size_t geometry_small(const struct geometry *geometry);
size_t geometry_weight(const struct geometry *geometry);
size_t image_count(struct image image);

const char *purpose_name(enum graph_purpose purpose);

#endif
