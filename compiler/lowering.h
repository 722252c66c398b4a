// Lowering: from the layers of a spec to nodes of a graph. What layers, latents and terms share.
#ifndef LOWERING_H
#define LOWERING_H

#include "compiler/graph/builder.h"
#include "compiler/spec.h"

// A value on its way through the layers. Its memory holds the image `layout` (channels innermost) even where flatten
// or dense has made its shape a vector; layout.rank 1 is a plain vector. So flatten and reshape cost nothing where a
// dense layer can take the order up in its weight.
struct flow {
    struct node *node;
    struct shape shape, layout;
};

struct lowering {
    struct graph_builder b;
    struct arena *arena;
    const struct spec *spec;
    bool training;
    int sites;    // places so far that draw random numbers
};

struct shape vector_shape(size_t count);
// True when the memory order of an image is that of the vector of its elements, channels first.
bool layout_plain(struct shape layout);
// A vector whose memory holds an image in channels-first order; an image as it is.
struct flow flow_plain(struct lowering *lowering, struct flow flow);
// The value in the memory order of an image of this shape.
struct flow flow_image(struct lowering *lowering, struct flow flow, struct shape shape);
// The value between images channels innermost and channels first.
struct node *lowering_permute(struct lowering *lowering, struct node *node, struct shape layout, bool back);

// The parameter `info.name`, which is added to the model's table if it is new.
struct node *lowering_parameter(struct lowering *lowering, const struct parameter_info *info);
// The bias of a result whose memory holds the image `layout`.
struct node *lowering_bias(struct lowering *lowering, const char *name, struct shape layout, double bound);
// Splits one dimension of a file's tensor, whose elements are `step` apart in memory order, by the image it holds.
void view_add(struct parameter_info *info, struct shape layout, size_t step);
// An affine map of a value to a vector; `layout` is the memory order of its result.
struct flow lowering_affine(struct lowering *lowering, struct flow flow, struct shape layout, const char *name);
// What a graph gives out must be made by a kernel: a leaf is copied.
struct node *lowering_result(struct lowering *lowering, struct node *node);

#endif
