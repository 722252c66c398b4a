// Kernels of one op, for the tests of nests.
#ifndef NEST_CASES_H
#define NEST_CASES_H

#include "compiler/nest/choose.h"
#include "compiler/nest/nest.h"

enum case_values { VALUES_NONE, VALUES_RELU, VALUES_SELECT, VALUES_LOSS };

struct nest_case {
    const char *name;
    enum kernel_kind kind;
    enum op op;    // of RANDOM
    // large height, width, channels; small height, width, channels; kernel, stride, padding (rows, columns); panel
    struct geometry geometry;
    enum case_values values;
    size_t count;    // of ELEMENTWISE, PACK, UNPACK, RANDOM: elements of a sample
    bool bias;
    bool packed;    // samples are in the lanes; not for machines without named registers
    bool back;      // of PERMUTE
    long task_rows;
};

extern const struct nest_case nest_cases[];
extern const int nest_case_count;

// The description of a case for a machine; variant 0 has the tile chosen by the compiler, the others have other tiles
// that fit the machine's registers. NULL if the variant does not exist.
const struct kernel_description *case_describe(struct arena *arena, const struct nest_case *c,
                                               const struct machine *machine, int variant);

#endif
