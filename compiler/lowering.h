// Lowering turns layers, latents and terms of a spec into nodes of a graph. This file has what they share.
#ifndef LOWERING_H
#define LOWERING_H

#include "compiler/graph/builder.h"
#include "compiler/spec.h"

// A value between two layers. `layout` is the image that its memory holds (channels innermost), even if flatten or
// dense made its shape a vector; a layout of rank 1 is a plain vector. Therefore flatten and reshape cost nothing
// before a dense layer, which permutes its weight instead.
struct flow {
    struct node *node;
    struct shape shape, layout;
};

struct lowering {
    struct graph_builder b;
    struct arena *arena;
    const struct spec *spec;
    bool training;
    int sites;    // number of places that draw random numbers, so far
};

struct shape vector_shape(size_t count);
// True when the memory order of an image is that of the vector of its elements, channels first.
bool layout_plain(struct shape layout);
// A vector whose memory holds an image in channels-first order; an image as it is.
struct flow flow_plain(struct lowering *lowering, struct flow flow);
// The value in the memory order of an image of this shape.
struct flow flow_image(struct lowering *lowering, struct flow flow, struct shape shape);
// Permutes an image from channels innermost to channels first; `back`: the inverse.
struct node *lowering_permute(struct lowering *lowering, struct node *node, struct shape layout, bool back);

// The parameter `info.name`, which is added to the model's table if it is new.
struct node *lowering_parameter(struct lowering *lowering, const struct parameter_info *info);
// The bias of a result whose memory holds the image `layout`.
struct node *lowering_bias(struct lowering *lowering, const char *name, struct shape layout, double bound);
// Splits one dimension of a tensor in a file into the dimensions of the image `layout`. Its elements are `step` apart
// in memory.
void view_add(struct parameter_info *info, struct shape layout, size_t step);
// An affine map of a value to a vector; `layout` is the memory order of its result.
struct flow lowering_affine(struct lowering *lowering, struct flow flow, struct shape layout, const char *name);
// A node that can be an output of a graph. An output must be computed by a kernel, so a leaf is copied.
struct node *lowering_result(struct lowering *lowering, struct node *node);

#endif
