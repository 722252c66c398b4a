// The model's parameters between memory and files: a file has PyTorch's names, shapes and order of elements, memory the
// order that the generated code wants (the view and strides of struct ae_parameter).
#ifndef AE_PARAMETERS_H
#define AE_PARAMETERS_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"

// Elements of a shape, of all parameters.
size_t ae_shape_count(const struct ae_shape *shape);
size_t parameters_total(const struct ae_model *model);
// memory [parameter_count] of all parameters, file [ae_shape_count] of this one
void parameter_to_file(const struct ae_parameter *parameter, const ae_real *memory, ae_real *file);
void parameter_from_file(const struct ae_parameter *parameter, const ae_real *file, ae_real *memory);
// The initial values that a seed gives; memory [parameter_count], zero in the padding between parameters.
void parameters_initialise(const struct ae_model *model, uint64_t seed, ae_real *memory);
// The first parameter with an element in memory [count] that is not finite, NULL when there is none. Tensors from `count`
// on are left out.
const struct ae_parameter *parameters_find_not_finite(const struct ae_model *model, const ae_real *memory,
                                                      size_t count);

#endif
