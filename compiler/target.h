// The instruction set and the number type of generated code.
#ifndef TARGET_H
#define TARGET_H

enum target {
#define TARGET(id, ...) TARGET_##id,
#include "language/targets.def"
    TARGETS
};

enum real { REAL_FLOAT, REAL_DOUBLE };

#endif
