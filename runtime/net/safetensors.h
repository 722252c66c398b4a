// Weights as safetensors (https://github.com/huggingface/safetensors): eight bytes of length, a JSON header, the tensors.
// Functions return an exit code and have told on stderr what is wrong.
#ifndef AE_SAFETENSORS_H
#define AE_SAFETENSORS_H

#include <stdbool.h>

#include "runtime/api/model.h"

// What a trainer puts into __metadata__ beside the model's name.
struct weights_notes {
    bool has_range;
    double low, high;    // of the training data's values, for pictures
    bool has_grid;
    double grid_from[2], grid_to[2];
};

// Writes all parameters, in the table's order, float32 (float64 in double).
int safetensors_write(const struct ae_model *model, const char *path, const ae_real *parameters,
                      const struct weights_notes *notes);
// Reads exactly the model's parameters, in any order, float32 (or float64, in double). EXIT_CONTENT names every tensor that
// is missing, unknown or of another shape at once. What __metadata__ does not tell stays as it is not had.
int safetensors_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes);

#endif
