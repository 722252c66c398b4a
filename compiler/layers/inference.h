// Inference of shapes: what a layer's shape rule sees, and the checks that several rules share.
#ifndef INFERENCE_H
#define INFERENCE_H

#include "compiler/spec.h"

struct inference {
    struct spec *spec;
    struct shape shape;    // before the layer in hand
    bool known;
    struct span origin;    // of what gave it this shape
    size_t parameters;     // of all layers so far
};

// True when the product of the sizes is within what can be counted.
bool count_fits(const size_t *sizes, int count);
// Each check reports its error and returns false.
bool size_check(struct inference *inference, struct span span, const char *what, const size_t *sizes, int count);
bool output_check(struct inference *inference, const struct layer *layer, struct shape output);
// A layer's weight and bias, and the sum of all so far, to which they are added.
bool weight_check(struct inference *inference, const struct layer *layer, size_t out, size_t in, size_t taps);
// The layer needs an image.
bool image_check(struct inference *inference, const struct layer *layer);
// Adds where the shape before the layer comes from.
void origin_note(struct inference *inference, struct diagnostic *error);
// "3" or "3x5"
const char *pair_text(struct arena *arena, const int *pair);

#endif
