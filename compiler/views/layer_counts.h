// Parameters and FLOPs of a network, by layer.
#ifndef LAYER_COUNTS_H
#define LAYER_COUNTS_H

#include "base/names.h"
#include "compiler/graph/network.h"

struct layer_count {
    size_t parameters;
    double flops;    // of the forward pass of one sample
};

// Memory is the arena's of the spec.
struct layer_counts {
    struct names names;    // each with its struct layer_count
};

struct layer_counts layer_counts_make(const struct network *network);
// The counts of a layer or of a head of the latent ("encoder.3", "z.mu"); zeros for one that computes nothing.
struct layer_count layer_counts_find(const struct layer_counts *counts, const char *name);

#endif
