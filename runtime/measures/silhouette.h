// How well the labels, which were not used in training, separate the codes into clusters. P. J. Rousseeuw, Silhouettes:
// a graphical aid to the interpretation and validation of cluster analysis, Journal of Computational and Applied
// Mathematics 20 (1987).
#ifndef AE_SILHOUETTE_H
#define AE_SILHOUETTE_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"
#include "runtime/data/idx.h"

// The mean over the codes of (b - a) / max(a, b): a is the mean Euclidean distance to the other codes of the same
// label, b the mean distance to the codes of another label, the smallest over those labels. The term is 0 for the only
// code of a label, or if a and b are 0. code [count][units], with at least `count` labels. Returns NULL and sets
// *value, or returns the reason why there is no value.
const char *silhouette_find(struct pool *pool, const ae_real *code, size_t count, size_t units,
                            const struct idx *labels, double *value);

#endif
