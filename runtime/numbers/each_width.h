// AE_EACH_WIDTH marks functions with loops over all weights in every step. The library is compiled for the baseline
// processor. A marked function is also compiled for wider vectors, and the loader selects the widest version that the
// processor supports. The result of the loop must not depend on the width: each operation is rounded once, and lanes do
// not use each other's results.
#ifndef AE_EACH_WIDTH_H
#define AE_EACH_WIDTH_H

#include <stdint.h>    // defines __GLIBC__ if the loader is that of glibc

// Not with gcc's ThreadSanitizer: it instruments the code that selects the version, and that code runs before the
// sanitizer is initialised.
#if defined __x86_64__ && defined __GLIBC__ && defined __has_attribute && !defined __SANITIZE_THREAD__
#if __has_attribute(target_clones)
#define AE_EACH_WIDTH __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef AE_EACH_WIDTH
#define AE_EACH_WIDTH
#endif

#endif
