// mirror: the layers of the encoder in reverse.
#ifndef MIRROR_H
#define MIRROR_H

#include "compiler/layers/layers.h"

// The layers that lead from z back to the encoder's input, whose shapes are known; last is NULL for an encoder without
// layers. False after an error: a layer has no way back.
bool mirror_reflect(struct reflection *reflection);

#endif
