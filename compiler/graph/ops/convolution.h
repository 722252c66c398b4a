// What the ops of convolutions share.
#ifndef GRAPH_CONVOLUTION_H
#define GRAPH_CONVOLUTION_H

#include "compiler/graph/ops/op.h"

// The index in a weight [ky][kx][l][s]; that of a dense layer may be [s / panel][l][s % panel].
long weight_place(const struct geometry *g, long ky, long kx, long l, long s);
// The index in a repacked weight [ky][s][kx][l]; that of a dense layer is [l / PANEL][s][l % PANEL] if PANEL divides
// its inputs.
long repacked_place(const struct geometry *g, long ky, long kx, long l, long s);

// Prints the functions that the plain C of convolutions calls, as far as the graphs [count] have such.
void convolution_define(const struct graph *const *graphs, int count, struct buffer *out);

#endif
