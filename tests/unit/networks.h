// From the text of a spec to the graphs of its network, as the compiler does it.
#ifndef NETWORKS_H
#define NETWORKS_H

#include "compiler/graph/network.h"

// A network that the passes up to differentiation made; `differentiated` false: the training graph has no gradients.
// All memory is the arena's. NULL: the spec has errors, which are printed.
struct network *network_make(struct arena *arena, const char *name, const char *text, bool differentiated);

#endif
