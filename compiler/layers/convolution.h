// Code shared by conv and deconv. Their arguments, in the order of their rows; only deconv has output padding.
#ifndef CONVOLUTION_H
#define CONVOLUTION_H

#include "compiler/layers/layers.h"

enum { CHANNELS, KERNEL, STRIDE, PADDING, OUTPUT_PADDING };

// Checks the size of the output and of the weight.
bool convolution_check(struct inference *inference, const struct layer *layer, struct shape output);
// Adds the nodes of a convolution, or of a transposed one, whose input is the smaller image.
struct flow convolution_lower(struct lowering *lowering, struct flow flow, const struct layer *layer, bool transposed);

#endif
