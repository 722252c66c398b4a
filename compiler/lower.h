// From the analysed spec to the graphs of its network.
#ifndef LOWER_H
#define LOWER_H

#include "compiler/graph/network.h"
#include "compiler/spec.h"

// Builds the graphs of a spec that has no errors; the training graph has no gradients yet.
struct network *lower(struct spec *spec);

#endif
