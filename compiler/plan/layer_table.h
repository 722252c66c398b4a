// The layers of a network as listed in tables and reports: the layers of the encoder, the latent's heads, the layers of
// the decoder.
#ifndef LAYER_TABLE_H
#define LAYER_TABLE_H

#include "compiler/graph/network.h"
#include "compiler/spec.h"

struct layer_entry {
    const char *name, *kind;
    const struct layer *layer;    // NULL for a head
    struct span span;             // its position in the spec
    struct shape shape;           // of its output
    size_t parameters;
    double flops;    // FLOPs of the forward pass of one sample
};

struct layer_table {
    struct layer_entry *list;    // [count], in the arena of the network
    int count;
};

struct layer_table layer_table(const struct network *network);

#endif
