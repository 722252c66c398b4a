// How well labels, which training did not know, divide codes into clusters. P. J. Rousseeuw, Silhouettes: a graphical aid
// to the interpretation and validation of cluster analysis, Journal of Computational and Applied Mathematics 20 (1987).
#ifndef AE_SILHOUETTE_H
#define AE_SILHOUETTE_H

#include <stddef.h>

#include "base/pool.h"
#include "runtime/api/real_type.h"
#include "runtime/data/idx.h"

// The mean over the codes of (b - a) / max(a, b): a is the mean Euclidean distance to the other codes of the same label,
// b that to the codes of another label, of the one where it is least; 0 where a code is the only one of its label, or a
// and b are 0. code [count][units], `labels` as many or more. NULL and *value, or why there is none.
const char *silhouette_find(struct pool *pool, const ae_real *code, size_t count, size_t units,
                            const struct idx *labels, double *value);

#endif
