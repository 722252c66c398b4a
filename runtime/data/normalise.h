// Conversion between the units of the data and of the model: normalisation, the sigmoid of logits, and the order of
// elements (channels first in files, innermost in memory).
#ifndef AE_NORMALISE_H
#define AE_NORMALISE_H

#include <stddef.h>

#include "runtime/api/model.h"

// Channels of the input; a vector has one channel.
size_t unit_channels(const struct ae_model *model);
// (value * scale - mean) / std of the channel, in double
double unit_normalise(const struct ae_model *model, double value, size_t channel);
// Converts the decoder's output [input_count], in memory order, to value [input_count], channels first in the units of
// the data: applies the sigmoid if the outputs are logits, then inverts the normalisation
void unit_restore(const struct ae_model *model, const ae_real *output, double *value);
// The range of values in pictures if that of the data is not known: [0, 1 / scale] for a scale below 1, else [0, 1].
void unit_range(const struct ae_model *model, double *low, double *high);

// Reorder the elements of one sample between memory (channels innermost) and files (channels first); from and to
// [product of the shape]
void shape_to_file(const struct ae_shape *shape, const ae_real *from, ae_real *to);
void shape_to_memory(const struct ae_shape *shape, const ae_real *from, ae_real *to);

#endif
