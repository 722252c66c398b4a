// The loop nest of each kernel, and what its function takes. Orders of summation: docs/numerics.md.
#ifndef KERNELS_H
#define KERNELS_H

#include "compiler/nest/blocks.h"
#include "compiler/plan/schedule.h"

// An array that a kernel's function takes.
struct kernel_array {
    const char *name;
    const struct node *node;
    bool written;
};

struct kernel_code {
    const struct kernel *kernel;
    struct kernel_array *arrays;    // [array_count] in the order of the function's parameters
    int array_count;
    bool takes_scale;    // the uniform term_scale
    bool takes_step;     // random numbers: the step and the number of the first sample
    bool takes_range;    // from and to: rows of a block of PHASE_WEIGHTS
    struct statement *body;
};

struct kernel_code *kernel_build(const struct plan *plan, const struct kernel *kernel);

// Between the files that build nests.
struct builder {
    const struct plan *plan;
    const struct kernel *kernel;
    struct kernel_code *code;
    struct nest nest;
    struct arena *arena;
    const struct machine *machine;
    struct geometry geometry;    // the anchor's; a dense layer's transposed use turns it round
};

// Where a weight lies: its row (kernel column and larger image's channel as one), the smaller image's channel, `offset`
// channels further. Channels of panels are multiples of PANEL before the offset.
const struct index *weight_index(const struct builder *b, const struct index *row, const struct index *channel,
                                 long offset);

// A loop over the blocks of a run of columns; returns the first lane of one. builder_run_end closes it.
const struct index *builder_run(struct builder *b, const struct column_run *run, struct statement **outer);
void builder_run_end(struct builder *b, const struct column_run *run, struct statement *outer);
// A loop over constant bounds; returns the variable, which is a constant when the loop has one pass.
const struct index *builder_loop(struct builder *b, const char *name, long from, long to, long step,
                                 struct statement **outer);
const struct index *builder_samples(struct builder *b, struct statement **outer);
const char *builder_array(struct builder *b, const char *name, const struct node *node, bool written);
const char *builder_name(struct builder *b, const char *stem, int number);
const struct storage *builder_storage(const struct builder *b, const struct node *node);
const struct index *index_sum(struct arena *arena, const struct index *a, const struct index *b, const struct index *c);
// Computes the kernel's elementwise nodes inside lanes and stores what is stored. `anchor` is the register of the
// anchor's result; element (sample, at + lane); `vector` is that of the partial sums.
void builder_epilogue(struct builder *b, const char *anchor, const struct index *sample, const struct index *at,
                      int vector);
// Partial sums as the open lanes use them; `vector`: which of their vectors.
struct operand builder_partial(const struct builder *b, const char *name, int vector);
// Calls `body` with lanes open for elements 0 .. count of a sample, in order. With partial sums PARTIALS of them are one
// pass of a loop.
void builder_elements(struct builder *b, long count, bool partials,
                      void (*body)(struct builder *b, const struct index *sample, const struct index *at, int vector),
                      const struct index *sample);
// Declares the uniform numbers that the kernel's nodes use, and its epilogue's arrays.
void builder_prologue(struct builder *b);

void build_convolve(struct builder *b);
void build_transposed(struct builder *b);
void build_weight_gradient(struct builder *b);
void build_bias_sum(struct builder *b);
void build_repack(struct builder *b);
void build_permute(struct builder *b);
void build_pack(struct builder *b);
void build_random(struct builder *b);
void build_elementwise(struct builder *b);

#endif
