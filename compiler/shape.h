// The shape of a tensor, and the place of a parameter's elements in memory.
#ifndef SHAPE_H
#define SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { RANK_MAX = 4, VIEW_MAX = 6 };

struct shape {
    int rank;                 // 0 (a scalar) to RANK_MAX
    size_t size[RANK_MAX];    // channels first, as the spec and the files show it
};

// A parameter as the trainer's table describes it (struct parameter_info of runtime/api/model.h).
// `view` splits the file's dimensions (same elements, same row-major order, product equal to the shape's); element
// (i0, i1, ...) of the view has the place offset + sum of i * stride in the arrays of parameters and gradients.
struct parameter_info {
    const char *name;      // "encoder.0.weight"
    struct shape shape;    // [out, in, kernel height, kernel width], [in, out, kh, kw], [out, in] or [out]
    int view_rank;
    size_t view[VIEW_MAX];
    size_t stride[VIEW_MAX];
    double bound;    // initial values are uniform in [-bound, bound)
};

size_t shape_count(struct shape shape);
bool shape_equal(struct shape a, struct shape b);
const char *shape_text(struct arena *arena, struct shape shape);    // "[16, 14, 14]"

#endif
