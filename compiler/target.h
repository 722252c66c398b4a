// What generated code is made for: the kind of processor and the type of its numbers.
#ifndef TARGET_H
#define TARGET_H

enum target {
#define TARGET(id, ...) TARGET_##id,
#include "language/targets.def"
    TARGETS
};

enum real { REAL_FLOAT, REAL_DOUBLE };

#endif
