// Between the data's own units and the model's: normalisation, the sigmoid of logits, and the order of elements (a file
// shows channels first, memory has them innermost).
#ifndef AE_NORMALISE_H
#define AE_NORMALISE_H

#include <stddef.h>

#include "runtime/api/model.h"

// Channels of the input; a vector has one channel for the whole of it.
size_t unit_channels(const struct ae_model *model);
// (value * scale - mean) / std of the channel, in double
double unit_normalise(const struct ae_model *model, double value, size_t channel);
// output [input_count] of the decoder, as memory has it, to value [input_count] channels first in the data's own units:
// the sigmoid where the outputs are logits, then the normalisation undone
void unit_restore(const struct ae_model *model, const ae_real *output, double *value);
// The range of pictures where the data's own is not known: [0, 1 / scale] for a scale below 1, else [0, 1].
void unit_range(const struct ae_model *model, double *low, double *high);

// Elements of one sample between channels-innermost memory and channels-first files; from and to [product of the shape]
void shape_to_file(const struct ae_shape *shape, const ae_real *from, ae_real *to);
void shape_to_memory(const struct ae_shape *shape, const ae_real *from, ae_real *to);

#endif
