// The plan: every decision of how the graphs are computed. A graph becomes a program: segments that run one after the
// other, each a list of kernels; each kernel has its fused nodes, its tiling, its tasks and the storage of its results.
// Orders of summation follow from shapes and batch alone (docs/numerics.md), never from the plan.
#ifndef PLAN_H
#define PLAN_H

#include "base/step_memory.h"
#include "compiler/graph/network.h"
#include "compiler/nest/kernel.h"
#include "compiler/nest/machine.h"
#include "compiler/spec.h"

// Where a node's elements are. `offset` counts elements in the array that `place` names.
enum place {
    PLACE_NONE,      // in registers only
    PLACE_INPUT,     // the caller's samples
    PLACE_CODE,      // the caller's codes: mu and log sigma side by side
    PLACE_OUTPUT,    // the caller's outputs
    PLACE_TERM,      // the caller's terms
    PLACE_PARAMETERS,
    PLACE_GRADIENT,    // of the whole step
    PLACE_SLOT,        // gradient of a slot
    PLACE_SCRATCH,     // of the current micro-batch; offsets are for one sample
    PLACE_BATCH,       // of the whole batch, kept for a later segment; offsets are for one sample
    PLACE_REPACKED     // shared tensors made by the step: weights in their transposed order
};

struct storage {
    enum place place;
    size_t offset;
    size_t stride;    // elements from one sample to the next; 0 for shared tensors
};

// What the tasks of a segment are. They are independent of each other; a segment begins when the one before has ended.
enum segment_kind {
    SEGMENT_REPACK,     // once a step, of parameters alone; tasks are weights, or rows of them
    SEGMENT_SAMPLES,    // forward and backward of a slot of samples, walked in micro-batches; tasks are the slots
    SEGMENT_WEIGHTS,    // sums over all samples of the batch in order; tasks are rows of weights, or biases
    SEGMENT_JOIN        // the slots' gradients are joined; tasks are blocks of JOIN_ELEMENTS elements
};

// How a kernel is cut into tasks: task t computes rows [t * rows, min((t + 1) * rows, all)) of its weight; a kernel that is
// not cut is one row.
struct tasks {
    size_t count;    // 0: every slot runs the whole kernel
    long rows, all;
};

// Elements of a result that row 0 of its kernel computes: `runs` runs of `count` elements, `stride` apart, from `offset` of
// the result's array on. Each row begins `count` after the one before.
struct row_range {
    size_t offset, count, runs, stride;
};

// The elements of a node in memory: the samples one after the other, or packed. A node that convolutions take or give
// with samples in the lanes of vectors has packed tensors beside the one that all others read.
struct tensor {
    int number;          // its position in the program
    const char *name;    // in the generated C
    const struct node *node;
    bool packed;              // groups of samples, one in each lane of a vector
    struct kernel *kernel;    // that makes it; NULL for leaves, uniform numbers and what is not needed
    struct storage storage;
};

// The description of a kernel, and the tensors that its arrays are.
struct described {
    struct kernel_description description;
    const struct tensor **tensors;    // [description.array_count]
};

// A function of the generated C. The anchor is its heavy op; elementwise work that follows is done where the anchor's
// result is still in registers. Packing a convolution's image and unpacking its result are kernels of their own, with
// the convolution as their anchor.
struct kernel {
    int number;     // its position in the program
    int segment;    // of the program
    enum kernel_kind kind;
    const struct node *anchor;           // NULL: elementwise work and sums alone
    struct tensor *inputs[OP_INPUTS];    // [input_count] that the heavy op reads
    int input_count;
    struct tensor *output;        // that the heavy op makes; NULL without an anchor
    const struct node **nodes;    // [node_count] elementwise ops and sums, in order
    int node_count;
    size_t count;    // elements of a sample that it walks
    enum part part;
    struct tasks tasks;
    struct described *described;    // holds the tiling
};

struct plan_segment {
    enum segment_kind kind;
    struct kernel **kernels;    // [kernel_count] in order; SEGMENT_JOIN has none
    int kernel_count;
    size_t task_count;    // of all kernels; 0 for SEGMENT_SAMPLES, whose slots follow from the batch
};

// What the plan says about a node.
struct node_plan {
    struct tensor *tensor;    // not packed; its kernel is the one that computes the node
    int value;                // its number among the kernel's nodes; -1: it is the anchor
    bool needed;
    bool after_sum;    // a sum of its kernel, or computed from one: once a sample, after the loop over elements
};

// How one graph is computed. Evaluation has one segment of samples; its repacks are kernels of that segment.
struct program {
    const char *name;    // of the graph's purpose: "training"
    struct arena *arena;
    const struct machine *machine;
    const struct graph *graph;
    struct kernel **kernels;    // [kernel_count] in order: inputs of a kernel are made by kernels before it
    int kernel_count;
    struct plan_segment *segments;    // [segment_count]
    int segment_count;
    struct node_plan *nodes;    // [graph->count] by the node's id
    struct tensor **tensors;    // [tensor_count] in order: what a tensor is made of comes before it
    int tensor_count;
    size_t micro_batch;    // samples that go through the network together
    size_t scratch;        // elements for one sample of a micro-batch
    size_t batch;          // elements kept for each sample of the batch
    size_t repacked;       // elements of all shared tensors that the step makes
};

// Where a parameter and its gradient are.
struct parameter_plan {
    size_t offset;
    bool slotted;    // its gradient is summed a slot of samples at a time
};

struct plan {
    const struct network *network;
    const struct machine *machine;
    struct program training, encode, decode, measure;
    struct parameter_plan *parameters;    // [network->parameters.count]
    size_t parameter_count;               // elements, padding included
    size_t slotted_count;                 // the first ones: those whose gradients are summed by slots
    struct step_memory memory;            // of a training step
};

enum {
    PROGRAMS = 4,
    LINE_ELEMENTS = 16,       // tensors begin at multiples of so many elements: a cache line
    JOIN_ELEMENTS = 16384,    // of the slots' gradients that one task joins
    EVALUATE_SAMPLES = 32,
    LARGE_SAMPLE = 1 << 20    // elements of a sample's tensors from which on samples go one at a time
};

// How the network is computed on a machine.
struct plan *plan_make(const struct network *network, const struct machine *machine);
// The first fault of a plan, in the arena of its graphs, NULL when there is none: what a plan must hold so that the
// generated code computes the graphs. Whether its choices are good is not asked.
const char *plan_check(const struct plan *plan);
void plan_print(const struct plan *plan, struct buffer *out);

// The programs of a plan, in the order in which they are printed.
void plan_programs(const struct plan *plan, const struct program *programs[PROGRAMS]);
bool node_is_uniform(const struct node *node);
// True for a leaf: no kernel makes it.
bool node_is_leaf(const struct node *node);
// A gradient that one task sums over all samples of the batch, in order: a dense layer's.
bool node_is_whole_batch(const struct node *node);
const struct storage *node_storage(const struct program *program, const struct node *node);
// True for a kernel that packs or unpacks: it moves elements for its anchor.
bool kernel_is_packing(const struct kernel *kernel);
// "convolve", "pack": what a kernel with an anchor does.
const char *kernel_op_name(const struct kernel *kernel);
// FLOPs of one sample, as node_flops.
double kernel_flops(const struct kernel *kernel);
// Whether samples are in the lanes of vectors somewhere; then kernels compute whole groups of them.
bool program_is_packed(const struct program *program);
bool kernel_has(const struct program *program, const struct kernel *kernel, const struct node *node);
// True for a sum of the kernel and what follows from one.
bool kernel_after_sum(const struct program *program, const struct kernel *kernel, const struct node *node);
// Of a kernel that is not cut into rows: all of its result, as one row.
struct row_range kernel_row(const struct kernel *kernel);

// The largest block of sums of a convolution or its gradient, for people.
struct kernel_block {
    struct tile tile;
    const char *rows, *columns;    // what they are: "positions", "output channels"
    bool packed;                   // lanes are samples; otherwise a column is a vector
};

// False for a kernel that multiplies no block.
bool kernel_block(const struct kernel *kernel, struct kernel_block *block);

#endif
