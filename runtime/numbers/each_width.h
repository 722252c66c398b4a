// For loops over all weights that every step runs. The library is compiled for the baseline processor; AE_EACH_WIDTH in
// front of a function compiles it again for wider vectors, and the loader takes the widest that the processor has. What such
// a loop computes must not depend on the width: each operation is rounded once, and no lane sees another's result.
#ifndef AE_EACH_WIDTH_H
#define AE_EACH_WIDTH_H

#include <stdint.h>    // tells with __GLIBC__ whose loader it will be

// gcc's ThreadSanitizer instruments what makes the choice, which runs before it is ready.
#if defined __x86_64__ && defined __GLIBC__ && defined __has_attribute && !defined __SANITIZE_THREAD__
#if __has_attribute(target_clones)
#define AE_EACH_WIDTH __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef AE_EACH_WIDTH
#define AE_EACH_WIDTH
#endif

#endif
