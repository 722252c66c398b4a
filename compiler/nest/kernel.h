// The description of one kernel: all that its function takes and computes, with every decision of the plan. The plan
// fills it in; a nest is built from it alone, without the graph and the plan.
#ifndef KERNEL_H
#define KERNEL_H

#include "compiler/graph/graph.h"
#include "compiler/nest/machine.h"

// An array that the kernel's function takes.
struct kernel_array {
    const char *name;    // of the parameter: "input", "weight", "before0"
    size_t count;        // elements of a sample, or of the whole where samples share it
    size_t stride;       // elements from one sample to the next; 0: all samples share it
    bool written, read;
};

enum kernel_source {
    SOURCE_NUMBER,     // constant
    SOURCE_UNIFORM,    // uniforms[number]
    SOURCE_ARRAY,      // arrays[number], at the element that is computed; one of count 1: its only element
    SOURCE_ANCHOR,     // what the heavy op computed, while it is in registers
    SOURCE_VALUE       // values[number]
};

struct kernel_operand {
    enum kernel_source source;
    int number;
    double constant;
};

// A number that is the same for the whole step.
struct kernel_uniform {
    enum op op;    // OP_TERM_SCALE, or elementwise work on uniforms before it
    int term;      // of OP_TERM_SCALE
    double constant;
    struct kernel_operand inputs[3];
    int input_count;
};

// An elementwise op or a sum over a sample's elements.
struct kernel_value {
    enum op op;
    double constant;
    struct kernel_operand inputs[3];
    int input_count;
    int array;         // that the value is stored in, -1: it stays in registers
    bool after_sum;    // a sum, or what is computed from one: once a sample, after the loop over elements
};

// How a heavy op is computed. Which fields mean something depends on the op; nest/choose.h has the choices and their
// cost.
struct tiling {
    struct tile tile;    // the largest block of sums: rows x columns
    bool packed;         // samples are the lanes of vectors, a column is one channel
    bool turned;         // weight gradient: lanes are the larger image's channels, rows are the smaller one's
    int taps;            // weight gradient: kernel columns that one block spans
    long task_rows;      // rows of a dense layer's weight in one task; 0: the kernel is one task
};

// Arrays of the heavy op by their role; the number in `arrays`, -1 where there is none.
struct kernel_roles {
    // The op's first, second and third input, named after those of convolutions; of a weight's gradient `input` is the
    // larger image, `weight` the smaller one.
    int input, weight, bias;
    int output;    // -1: the result is used by `values` alone
};

// KERNEL_ELEMENTWISE: values alone.
enum kernel_kind {
#define KERNEL(id, ...) KERNEL_##id,
#include "language/ops.def"
};

// What a kernel computes at a time: each sample by itself, without or with random numbers of the step; its output added
// to, over samples; once for all samples.
enum kernel_work { WORK_SAMPLES, WORK_DRAWS, WORK_GRADIENT, WORK_SHARED };
// Whether a kernel has a block of sums in registers, and whether elementwise ops are computed from them.
enum kernel_sums { SUMS_NONE, SUMS_BLOCK, SUMS_FUSED };

struct kernel_row {
    const char *name;
    enum kernel_work work;
    enum kernel_sums sums;
    const char *roles[4];    // names of the arrays: input, weight, bias, output; NULL where the kind has none
};

extern const struct kernel_row kernel_rows[];    // by kind

struct kernel_description {
    enum kernel_kind kind;
    enum op op;                  // of the heavy op; of PACK and UNPACK: the convolution that they serve
    struct geometry geometry;    // of the heavy op; a dense layer's transposed use has its sides exchanged
    struct tiling tiling;
    struct kernel_roles roles;
    size_t count;          // elements of a sample that the values walk
    bool whole_batch;      // a gradient that one task sums over all samples of the batch, from 0
    bool back;             // permute: channels first -> channels innermost
    int site;              // random: the place in the network
    double probability;    // random: of a dropped element
    struct kernel_array *arrays;
    int array_count;
    struct kernel_uniform *uniforms;
    int uniform_count;
    struct kernel_value *values;
    int value_count;
};

#endif
