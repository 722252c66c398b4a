// The table of layers, parameters and loss terms that `aespec show` prints.
#ifndef SHOW_H
#define SHOW_H

#include "compiler/plan/schedule.h"

// The table as text, or as JSON with the keys of the trainer's `info`.
void show(const struct schedule *schedule, bool json, struct buffer *out);
// One line a layer: name, kind and output shape; for `emit --dump=shapes`.
void show_shapes(const struct spec *spec, struct buffer *out);

#endif
