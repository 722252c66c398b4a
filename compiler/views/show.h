// The table of layers, parameters and loss terms that `aespec show` prints.
#ifndef SHOW_H
#define SHOW_H

#include "compiler/plan/plan.h"

// The table as text, or as JSON with the keys of the trainer's `info`.
void show(const struct plan *plan, bool json, struct buffer *out);
// FLOPs of a training step per sample; number of parameters.
double show_step_flops(const struct plan *plan);
size_t show_parameters(const struct plan *plan);
// Facts about a loss term: its number of elements, its reduction (sum or mean), and its target.
size_t term_elements(const struct spec *spec, const struct term *term);
bool term_is_mean(const struct term *term);
const char *term_of(const struct spec *spec, const struct term *term);
// One line per layer: name, kind and output shape; for `emit --dump=shapes`.
void show_shapes(const struct spec *spec, struct buffer *out);

#endif
