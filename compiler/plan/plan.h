// The plan: all decisions on how the graphs are computed. A graph becomes a program: a sequence of segments, each a
// list of kernels. Each kernel has its fused nodes, its tiling, its tasks and the storage of its results. Orders of
// summation depend only on shapes and batch (docs/numerics.md), never on the plan.
#ifndef PLAN_H
#define PLAN_H

#include "base/step_memory.h"
#include "compiler/graph/network.h"
#include "compiler/nest/kernel.h"
#include "compiler/nest/machine.h"
#include "compiler/spec.h"

// The storage of a node's elements. `offset` counts elements in the array given by `place`.
enum place {
    PLACE_NONE,      // in registers only
    PLACE_INPUT,     // the caller's samples
    PLACE_CODE,      // the caller's codes: mu and log sigma side by side
    PLACE_OUTPUT,    // the caller's outputs
    PLACE_TERM,      // the caller's terms
    PLACE_PARAMETERS,
    PLACE_GRADIENT,    // of the whole step
    PLACE_SLOT,        // gradient of a slot
    PLACE_SCRATCH,     // of the current micro-batch; offsets are per sample
    PLACE_BATCH,       // of the whole batch, kept for a later segment; offsets are per sample
    PLACE_REPACKED     // shared tensors made by the step: repacked weights
};

struct storage {
    enum place place;
    size_t offset;
    size_t stride;    // distance of two samples, in elements; 0 for shared tensors
};

// The kind of a segment's tasks. They are independent of each other; a segment begins when the previous one is
// finished.
enum segment_kind {
    SEGMENT_REPACK,     // once per step, from parameters only; tasks are weights, or rows of them
    SEGMENT_SAMPLES,    // forward and backward of a slot of samples, walked in micro-batches; tasks are the slots
    SEGMENT_WEIGHTS,    // sums over all samples of the batch in order; tasks are rows of weights, or biases
    SEGMENT_JOIN        // the slots' gradients are joined; tasks are blocks of JOIN_ELEMENTS elements
};

// The division of a kernel into tasks: task t computes rows [t * rows, min((t + 1) * rows, all)) of its weight. A
// kernel that is not divided is one row.
struct tasks {
    size_t count;    // 0: every slot runs the whole kernel
    long rows, all;
};

// The elements of a result that row 0 of its kernel computes: `runs` runs of `count` elements, `stride` apart, from
// `offset` of the result's array on. Each row begins `count` after the previous one.
struct row_range {
    size_t offset, count, runs, stride;
};

// The elements of a node in memory, sample by sample or packed. A node that packed convolutions read or make has packed
// tensors in addition to the one that other kernels read.
struct tensor {
    int number;          // its position in the program
    const char *name;    // in the generated C
    const struct node *node;
    bool packed;    // groups of samples, one in each lane of a vector
    struct kernel
        *kernel;    // the kernel that makes it; NULL for leaves, uniform numbers and tensors that are not needed
    struct storage storage;
};

// The description of a kernel, and the tensors of its arrays.
struct described {
    struct kernel_description description;
    const struct tensor **tensors;    // [description.array_count]
};

// A function of the generated C. The anchor is its expensive op; elementwise ops that follow are computed while the
// anchor's result is still in registers. Packing a convolution's image and unpacking its result are separate kernels
// with the convolution as their anchor.
struct kernel {
    int number;     // its position in the program
    int segment;    // of the program
    enum kernel_kind kind;
    const struct node *anchor;           // NULL: only elementwise work and sums
    struct tensor *inputs[OP_INPUTS];    // [input_count] read by the anchor
    int input_count;
    struct tensor *output;        // made by the anchor; NULL without an anchor
    const struct node **nodes;    // [node_count] elementwise ops and sums, in order
    int node_count;
    size_t count;    // elements per sample of its elementwise loop
    enum part part;
    struct tasks tasks;
    struct described *described;    // holds the tiling
};

struct plan_segment {
    enum segment_kind kind;
    struct kernel **kernels;    // [kernel_count] in order; SEGMENT_JOIN has none
    int kernel_count;
    size_t task_count;    // of all kernels; 0 for SEGMENT_SAMPLES, whose slots depend on the batch
};

// The plan of a node.
struct node_plan {
    struct tensor *tensor;    // not packed; its kernel computes the node
    int value;                // its number among the kernel's nodes; -1: it is the anchor
    bool needed;
    bool after_sum;    // a sum of its kernel, or computed from one: once per sample, after the loop over elements
};

// How one graph is computed. Evaluation has one segment of samples; its repacks are kernels of that segment.
struct program {
    const char *name;    // the graph's purpose: "training"
    struct arena *arena;
    const struct machine *machine;
    const struct graph *graph;
    struct kernel **kernels;    // [kernel_count] in order: the inputs of a kernel are made by kernels before it
    int kernel_count;
    struct plan_segment *segments;    // [segment_count]
    int segment_count;
    struct node_plan *nodes;    // [graph->count] by the node's id
    struct tensor **tensors;    // [tensor_count] in order: a tensor is after those from which it is made
    int tensor_count;
    size_t micro_batch;    // number of samples computed together
    size_t scratch;        // elements for one sample of a micro-batch
    size_t batch;          // elements kept for each sample of the batch
    size_t repacked;       // elements of all shared tensors that the step makes
};

// The storage of a parameter and its gradient.
struct parameter_plan {
    size_t offset;
    bool slotted;    // its gradient is summed in slots of samples
};

struct plan {
    const struct network *network;
    const struct machine *machine;
    struct program training, encode, decode, measure;
    struct parameter_plan *parameters;    // [network->parameters.count]
    size_t parameter_count;               // elements, padding included
    size_t slotted_count;                 // the leading ones, whose gradients are summed by slots
    struct step_memory memory;            // of a training step
};

enum {
    PROGRAMS = 4,
    LINE_ELEMENTS = 16,       // alignment of tensors, in elements: a cache line
    JOIN_ELEMENTS = 16384,    // elements of the slots' gradients that one task joins
    EVALUATE_SAMPLES = 32,
    LARGE_SAMPLE = 1 << 20    // from this number of elements per sample on, a micro-batch is one sample
};

// Makes the plan of a network for a machine.
struct plan *plan_make(const struct network *network, const struct machine *machine);
// Returns the first fault of a plan, in the arena of its graphs, or NULL. Checks everything that the generated code
// requires to compute the graphs, but not whether the decisions are good.
const char *plan_check(const struct plan *plan);
void plan_print(const struct plan *plan, struct buffer *out);

// The programs of a plan, in the order of printing.
void plan_programs(const struct plan *plan, const struct program *programs[PROGRAMS]);
bool node_is_uniform(const struct node *node);
// True for a leaf: no kernel makes it.
bool node_is_leaf(const struct node *node);
// A gradient that one task sums over all samples of the batch, in order: a dense layer's.
bool node_is_whole_batch(const struct node *node);
// True for what one kernel computes for all samples: a repacked weight.
bool node_is_repacked(const struct node *node);
const struct storage *node_storage(const struct program *program, const struct node *node);
// True for a kernel that packs or unpacks: it moves elements for its anchor.
bool kernel_is_packing(const struct kernel *kernel);
// "convolve", "pack": the name of a kernel with an anchor.
const char *kernel_op_name(const struct kernel *kernel);
// FLOPs per sample, as node_flops.
double kernel_flops(const struct kernel *kernel);
// True if a kernel has samples in the lanes of vectors; the program then computes whole groups of samples.
bool program_is_packed(const struct program *program);
bool kernel_has(const struct program *program, const struct kernel *kernel, const struct node *node);
// True for a sum of the kernel, and for nodes computed from one.
bool kernel_after_sum(const struct program *program, const struct kernel *kernel, const struct node *node);
// The whole result of a kernel that is not divided, as one row.
struct row_range kernel_row(const struct kernel *kernel);

// The largest block of sums of a convolution or its gradient, for printing.
struct kernel_block {
    struct tile tile;
    const char *rows, *columns;    // names: "positions", "output channels"
    bool packed;                   // lanes are samples; otherwise a column is a vector
};

// False for a kernel without a block of sums.
bool kernel_block(const struct kernel *kernel, struct kernel_block *block);

#endif
