// Weights as safetensors (https://github.com/huggingface/safetensors): eight bytes of length, a JSON header, the
// tensors. Functions return an exit code and report errors on stderr.
#ifndef AE_SAFETENSORS_H
#define AE_SAFETENSORS_H

#include <stdbool.h>

#include "runtime/api/model.h"

// The entries that a trainer adds to __metadata__, besides the model's name.
struct weights_notes {
    bool has_range;
    double low, high;    // range of the training data, for pictures
    bool has_grid;
    double grid_from[2], grid_to[2];
};

// Writes all parameters in the order of the model's table, as float32 (float64 with AE_REAL_DOUBLE).
int safetensors_write(const struct ae_model *model, const char *path, const ae_real *parameters,
                      const struct weights_notes *notes);
// Reads the model's parameters, in any order, as float32 (or float64 with AE_REAL_DOUBLE). The file must have exactly
// these. All missing and unknown tensors and wrong shapes are reported at once, with EXIT_CONTENT. Fields absent from
// __metadata__ are left unchanged.
int safetensors_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes);

#endif
