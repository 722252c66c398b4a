// How the graphs are computed: kernels in phases, what is fused, where every tensor lies, in which order sums run.
// Orders of summation follow from shapes and batch alone (docs/numerics.md), never from the target.
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "base/step_memory.h"
#include "compiler/graph/network.h"
#include "compiler/nest/machine.h"
#include "compiler/nest/nest.h"
#include "compiler/spec.h"

// Where a node's elements lie. `offset` counts elements in the array that `place` names.
enum place {
    PLACE_NONE,      // in registers only
    PLACE_INPUT,     // the caller's samples
    PLACE_CODE,      // the caller's codes: mu and log sigma side by side
    PLACE_OUTPUT,    // the caller's outputs
    PLACE_TERM,      // the caller's terms
    PLACE_PARAMETERS,
    PLACE_GRADIENT,    // of the whole step
    PLACE_SLOT,        // gradient of a slot
    PLACE_SCRATCH,     // of the micro-batch in hand
    PLACE_BATCH,       // of the whole batch, kept for a later phase
    PLACE_REPACKED     // weights in their transposed order, made once a step
};

struct storage {
    enum place place;
    size_t offset;
    size_t stride;    // elements from one sample to the next; 0 for shared tensors
};

enum phase { PHASE_REPACK, PHASE_SAMPLES, PHASE_WEIGHTS };

// A function of the generated C. The anchor is its heavy op; elementwise work that follows is done where the anchor's
// result is still in registers.
struct kernel {
    int number;
    enum phase phase;
    struct node *anchor;    // NULL: elementwise work and sums alone
    struct node **nodes;    // [node_count] elementwise ops and sums, in order
    int node_count, node_capacity;
    size_t count;       // elements of a sample that it walks
    size_t blocks;      // of a kernel of PHASE_WEIGHTS: tasks it is cut into
    long block_rows;    // of a dense layer's weight in one of them; 0: there is one
    enum part part;
    struct kernel *next;
};

struct plan {
    struct arena *arena;
    const struct machine *machine;
    const struct graph *graph;
    struct kernel *first, *last;
    int kernel_count;
    struct kernel **kernel_of;    // [graph->count] NULL for leaves and what is not needed
    struct storage *storage;      // [graph->count]
    bool *needed;                 // [graph->count]
    size_t micro_batch;           // samples that go through the network together
    size_t scratch;               // elements for one sample of a micro-batch
    size_t batch;                 // elements kept for each sample of the batch
    size_t repacked;              // elements of all repacked weights
};

struct schedule {
    const struct network *network;
    const struct machine *machine;
    struct plan training, encode, decode, measure;
    size_t evaluate_samples;    // that evaluation takes at a time
    size_t parameter_count;     // elements, padding included
    size_t slotted_count;       // the first ones: those whose gradients are summed by slots
    struct step_memory memory;
};

enum {
    EVALUATE_SAMPLES = 32,
    LARGE_SAMPLE = 1 << 20,    // elements of a sample's tensors from which on samples go one at a time
    WEIGHT_BLOCK = 64,         // rows of a dense layer's weight in one task, about
    JOIN_BLOCK = 16384         // elements of the slots' gradients that one task joins
};

// How the network is computed on a machine; nodes are put between those of its graphs where samples go into lanes.
struct schedule *schedule_make(struct network *network, const struct machine *machine);
bool node_is_uniform(const struct node *node);
bool kernel_has(const struct plan *plan, const struct kernel *kernel, const struct node *node);
// True for a sum of the kernel and what follows from one: computed once a sample, behind the loop over elements.
bool kernel_behind_sum(const struct plan *plan, const struct kernel *kernel, const struct node *node);

// What stands in registers together while a convolution or its gradient is summed.
struct kernel_block {
    struct tile tile;              // the largest there is
    const char *rows, *columns;    // what they are: "positions", "output channels"
    bool packed;                   // lanes are samples; otherwise a column is a vector
};

// False for a kernel that multiplies no block.
bool kernel_block(const struct plan *plan, const struct kernel *kernel, struct kernel_block *block);
void schedule_print(const struct schedule *schedule, struct buffer *out);

#endif
