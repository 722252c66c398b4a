// The layers of a network as tables and reports list them, in the order of the network: those of the encoder, the latent's
// heads, those of the decoder.
#ifndef LAYER_TABLE_H
#define LAYER_TABLE_H

#include "compiler/graph/network.h"
#include "compiler/spec.h"

struct layer_entry {
    const char *name, *kind;
    const struct layer *layer;    // NULL for a head
    struct span span;             // its place in the spec
    struct shape shape;           // of its output
    size_t parameters;
    double flops;    // of the forward pass of one sample
};

struct layer_table {
    struct layer_entry *list;    // [count], of the network's arena
    int count;
};

struct layer_table layer_table(const struct network *network);

#endif
