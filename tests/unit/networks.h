// Compiles the text of a spec to the graphs of its network.
#ifndef NETWORKS_H
#define NETWORKS_H

#include "compiler/graph/network.h"

// Runs the passes up to lowering and, if `differentiated`, differentiation. All memory is in the arena. If the spec has
// errors, prints them and returns NULL.
struct network *network_make(struct arena *arena, const char *name, const char *text, bool differentiated);

#endif
