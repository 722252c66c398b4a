// Verifies the properties of a graph that every pass can rely on.
#ifndef GRAPH_CHECK_H
#define GRAPH_CHECK_H

#include "compiler/graph/network.h"

// The first fault, as text that names the node ("node 3 (add): ..."); NULL: the graph is right. Checked are: the order of
// nodes, number of inputs, extents, counts, each attribute against the inputs' counts and the tables of the graph, leaves
// and outputs against the graph's purpose, and that no two nodes are the same.
const char *graph_check(const struct graph *graph);
// The same for all graphs of a network; the text also names the graph.
const char *network_check(const struct network *network);

#endif
