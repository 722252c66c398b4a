// The loop nest of each kernel, and what its function takes. Orders of summation: docs/numerics.md.
#ifndef KERNELS_H
#define KERNELS_H

#include "schedule.h"

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
    struct geometry geometry;    // the anchor's; a dense layer's transposed use turns it round
};

// A range of loop positions walked `tile` at a time; the tile divides it.
struct segment {
    long from, to, tile;
};

// Splits n positions from `from` on into blocks of at most `most`, nearly equal: one or two segments.
int segments_split(long from, long n, long most, struct segment segments[2]);
// A loop over constant bounds; returns the variable, which is a constant when the loop has one pass.
const struct index *builder_loop(struct builder *b, const char *name, long from, long to, long step,
                                 struct statement **outer);
const struct index *builder_samples(struct builder *b, struct statement **outer);
const char *builder_array(struct builder *b, const char *name, const struct node *node, bool written);
const char *builder_name(struct builder *b, const char *stem, int number);
const struct storage *builder_storage(const struct builder *b, const struct node *node);
const struct index *index_sum(struct arena *arena, const struct index *a, const struct index *b, const struct index *c);
// Computes the kernel's elementwise nodes inside lanes and stores what is stored. `anchor` is the register of the
// anchor's result; element (sample, at + lane).
void builder_epilogue(struct builder *b, const char *anchor, const struct index *sample, const struct index *at);
// Partial sums as the open lanes use them: of all LANES, or the first where only one element is left.
struct operand builder_partial(const struct builder *b, const char *name);
// Declares the uniform numbers that the kernel's nodes use, and its epilogue's arrays.
void builder_prologue(struct builder *b);

void build_convolve(struct builder *b);
void build_transposed(struct builder *b);
void build_weight_gradient(struct builder *b);
void build_bias_sum(struct builder *b);
void build_repack(struct builder *b);
void build_permute(struct builder *b);
void build_random(struct builder *b);
void build_elementwise(struct builder *b);

enum { TILE = 8 };    // positions whose sums stand in registers together

#endif
