// The kinds of kernels. Each row KERNEL of language/ops.def has a file in this folder with its functions. The program
// does not link if one is missing.
#ifndef KERNELS_H
#define KERNELS_H

#include "base/buffer.h"
#include "compiler/nest/kernel.h"

struct nest;
struct formula;

// A kernel in the place where it is used, for its name and the comment above it.
struct kernel_use {
    const struct kernel_description *kernel;
    struct geometry geometry;    // of the heavy op in the graph: that of a transposed dense layer is not turned
    bool backward;               // the heavy op, or without one the first value, is of the way back
    bool any_backward;           // a value is
    const char *loss;            // the term of the loss that a kernel of values alone is of, as an identifier; or NULL
};

struct kernel_functions {
    // Adds the statements of the kernel to the nest, whose parameters are there (build.h). It must not ask for a
    // target, only for nest->machine.
    void (*build)(struct nest *nest);
    // Gives formula_expects every element that the kernel stores (check/formula.h). nest_check compares.
    void (*formula)(struct formula *formula);
    // The name of its function: what it computes, not where. Kernels with the same stem and different code are numbered
    // (_variant2), so a stem need not have every number of the geometry.
    void (*stem)(const struct kernel_use *use, struct buffer *out);
    // The formula above the function in C, as lines of comments: "//   output[c] = ...\n"; or "".
    const char *(*comment)(const struct kernel_use *use);
};

#define KERNEL(id, name, ...)                                           \
    void name##_build(struct nest *nest);                               \
    void name##_formula(struct formula *formula);                       \
    void name##_stem(const struct kernel_use *use, struct buffer *out); \
    const char *name##_comment(const struct kernel_use *use);
#include "language/ops.def"

extern const struct kernel_functions kernel_functions[];    // by kind

// Parts of names. "dense_784_to_512" or "conv5x3_16_to_32"; a transposed convolution as a layer is a deconv.
void stem_layer(const struct kernel_use *use, struct buffer *out);
// "_relu", "_add_select": the first elementwise ops, each once.
void stem_values(const struct kernel_use *use, struct buffer *out);
// "16_of_14x14": the larger image.
void stem_image(const struct kernel_use *use, struct buffer *out);
// "dropout_784": what, and the elements of the result.
void stem_elements(const struct kernel_use *use, const char *what, struct buffer *out);

#endif
