// Code shared by conv and deconv, and by other layers with a window. Their arguments, in the order of their rows; only
// deconv has output padding.
#ifndef CONVOLUTION_H
#define CONVOLUTION_H

#include "compiler/layers/layers.h"

enum { CHANNELS, KERNEL, STRIDE, PADDING, OUTPUT_PADDING };

// A window [3]: the arguments kernel, stride and padding, side by side in a layer's row.
//
// The shape of what a window makes of the image inference->shape, with so many channels; false, with an error, if the
// window is larger than the padded image.
bool window_shape(struct inference *inference, const struct value *window, size_t channels, struct shape *output);
// The geometry of a window on the larger image, which makes the smaller one.
struct geometry window_geometry(const struct value *window, struct shape large, struct shape small);
// Checks the size of the output and of the weight.
bool convolution_check(struct inference *inference, const struct layer *layer, struct shape output);
// Adds the nodes of a convolution, or of a transposed one, whose input is the smaller image.
struct flow convolution_lower(struct lowering *lowering, struct flow flow, const struct layer *layer, bool transposed);

#endif
