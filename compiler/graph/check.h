// Verifies the properties of a graph that every pass can rely on.
#ifndef GRAPH_CHECK_H
#define GRAPH_CHECK_H

#include "compiler/graph/network.h"

// Returns NULL, or the first fault as text with the node ("node 3 (add): ..."). Checks the order of nodes, numbers of
// inputs, extents, counts, attributes against the counts of inputs and the tables of the graph, leaves and outputs
// against the graph's purpose, and that no two nodes are equal.
const char *graph_check(const struct graph *graph);
// The same for all graphs of a network; the text also names the graph.
const char *network_check(const struct network *network);

#endif
