// The table of layers, parameters and loss terms that `aespec show` prints.
#ifndef SHOW_H
#define SHOW_H

#include "compiler/plan/plan.h"

// The table as text, or as JSON with the keys of the trainer's `info`.
void show(const struct plan *plan, bool json, struct buffer *out);
// FLOPs of a training step, per sample; the network's parameters.
double show_step_flops(const struct plan *plan);
size_t show_parameters(const struct plan *plan);
// A term of the loss: over how many elements it is taken, whether it is their mean or their sum, and of what.
size_t term_elements(const struct spec *spec, const struct term *term);
bool term_is_mean(const struct term *term);
const char *term_of(const struct spec *spec, const struct term *term);
// One line a layer: name, kind and output shape; for `emit --dump=shapes`.
void show_shapes(const struct spec *spec, struct buffer *out);

#endif
