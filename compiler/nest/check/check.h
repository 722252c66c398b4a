// nest_check between its files.
#ifndef NEST_CHECK_H
#define NEST_CHECK_H

#include "compiler/nest/nest.h"

// The first fault of a nest as its statements are written, as text of the arena; NULL: there is none.
const char *nest_check_statements(struct nest *nest);
// The first difference between what a nest computes and what its kernel must compute; NULL: there is none, or the kernel is
// too large to be executed.
const char *nest_check_formula(struct nest *nest);

#endif
