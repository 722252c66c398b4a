// nest_check between its files.
#ifndef NEST_CHECK_H
#define NEST_CHECK_H

#include "compiler/nest/nest.h"

// Returns the first fault in the statements of a nest, as text of the arena, or NULL.
const char *nest_check_statements(struct nest *nest);
// Returns the first difference between what a nest computes and what its kernel must compute. NULL if they are equal,
// or if the kernel is too large to execute.
const char *nest_check_formula(struct nest *nest);

#endif
