// The graphs of a model, which share the table of parameters.
#ifndef NETWORK_H
#define NETWORK_H

#include "base/buffer.h"
#include "compiler/graph/graph.h"

struct spec;

struct network {
    const struct spec *spec;
    struct parameters parameters;
    struct graph training, encode, decode, measure;
};

// Prints the graphs: each node with its op, inputs, attributes, count and extent, then the outputs.
void graph_print(const struct graph *graph, struct buffer *out);
void network_print(const struct network *network, struct buffer *out);

#endif
