// mirror: the layers of the decoder, in the order of their use.
#ifndef REFLECTION_H
#define REFLECTION_H

#include "compiler/spec.h"

struct reflection {
    struct spec *spec;
    struct layer *first, *last;
    struct span span;    // the word mirror, the position of all these layers
};

// Adds a layer; the caller sets its arguments.
struct layer *reflection_add(struct reflection *reflection, enum layer_kind kind);
// Adds a dense layer or a reshape.
void reflection_dense(struct reflection *reflection, size_t units);
void reflection_reshape(struct reflection *reflection, struct shape shape);

#endif
