// Arrays of reals.
#ifndef AE_REALS_H
#define AE_REALS_H

#include <stddef.h>

#include "runtime/api/real_type.h"

// `count` reals, zeroed, aligned to AE_ALIGNMENT bytes. The caller must free() them.
ae_real *reals_allocate(size_t count);

#endif
