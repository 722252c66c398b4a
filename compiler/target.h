// What generated code is made for: the kind of processor and the type of its numbers.
#ifndef TARGET_H
#define TARGET_H

enum target { TARGET_SCALAR, TARGET_AVX2, TARGET_AVX512, TARGET_NEON };
enum real { REAL_FLOAT, REAL_DOUBLE };

#endif
