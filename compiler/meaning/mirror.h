// mirror: the layers of the encoder in reverse.
#ifndef MIRROR_H
#define MIRROR_H

#include "compiler/layers/layers.h"

// Adds the layers that lead from z back to the encoder's input, with their shapes; `last` stays NULL if the encoder has
// no layers. Returns false after an error: a layer cannot be mirrored.
bool mirror_reflect(struct reflection *reflection);

#endif
