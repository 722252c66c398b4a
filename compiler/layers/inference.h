// Inference of shapes: the state that a layer's shape rule reads, and checks that several rules share.
#ifndef INFERENCE_H
#define INFERENCE_H

#include "compiler/spec.h"

struct inference {
    struct spec *spec;
    struct shape shape;    // before the current layer
    bool known;
    struct span origin;    // position of the layer or item that produced this shape
    size_t parameters;     // number of parameters so far
    int layers;            // number of layers so far
};

// True if the product of the sizes is at most SIZE_LIMIT.
bool count_fits(const size_t *sizes, int count);
// Each check reports its error and returns false.
bool size_check(struct inference *inference, struct span span, const char *what, const size_t *sizes, int count);
bool output_check(struct inference *inference, const struct layer *layer, struct shape output);
// Checks the sizes of a layer's weight and bias, adds them to `parameters`, and checks the sum.
bool weight_check(struct inference *inference, const struct layer *layer, size_t out, size_t in, size_t taps);
// Checks that the layer's input is an image.
bool image_check(struct inference *inference, const struct layer *layer);
// Adds a note with the origin of the current shape.
void origin_note(struct inference *inference, struct diagnostic *error);
// "3" or "3x5"
const char *pair_text(struct arena *arena, const int *pair);

#endif
