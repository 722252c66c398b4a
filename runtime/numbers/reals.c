#include "runtime/numbers/reals.h"

#include "base/memory.h"
#include "runtime/api/model.h"

ae_real *reals_allocate(size_t count) {
    return memory_allocate_aligned(AE_ALIGNMENT, count, sizeof(ae_real));
}
