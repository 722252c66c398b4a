// mirror: the layers that lead back, in the order of their use.
#ifndef REFLECTION_H
#define REFLECTION_H

#include "compiler/spec.h"

struct reflection {
    struct spec *spec;
    struct layer *first, *last;
    struct span span;    // of mirror, which the layers carry
};

// Adds a layer, whose arguments are to be set.
struct layer *reflection_add(struct reflection *reflection, enum layer_kind kind);
// Adds a dense layer or a reshape.
void reflection_dense(struct reflection *reflection, size_t units);
void reflection_reshape(struct reflection *reflection, struct shape shape);

#endif
