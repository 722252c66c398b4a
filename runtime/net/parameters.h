// Conversion of the model's parameters between memory and files. Files have PyTorch's names, shapes and order of
// elements; memory has the order of the generated code (the view and strides of struct ae_parameter).
#ifndef AE_PARAMETERS_H
#define AE_PARAMETERS_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"

// Elements of a shape, and of all parameters.
size_t ae_shape_count(const struct ae_shape *shape);
size_t parameters_total(const struct ae_model *model);
// memory [parameter_count] of all parameters, file [ae_shape_count] of this one
void parameter_to_file(const struct ae_parameter *parameter, const ae_real *memory, ae_real *file);
void parameter_from_file(const struct ae_parameter *parameter, const ae_real *file, ae_real *memory);
// Sets the initial values for a seed: memory [parameter_count] out, with zeros in the padding between parameters.
void parameters_initialise(const struct ae_model *model, uint64_t seed, ae_real *memory);
// The first parameter with an element in memory [count] that is not finite, or NULL. Tensors from `count` on are not
// checked.
const struct ae_parameter *parameters_find_not_finite(const struct ae_model *model, const ae_real *memory,
                                                      size_t count);

#endif
