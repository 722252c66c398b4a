// Measures of a latent space: how its codes lie, and what the decoder makes of the places between them.
// docs/commands.md has the formulas, docs/numerics.md the order of the sums.
#ifndef AE_LATENT_MEASURES_H
#define AE_LATENT_MEASURES_H

#include <stddef.h>

#include "runtime/data/data.h"
#include "runtime/measures/covariance.h"
#include "runtime/measures/plane.h"
#include "runtime/net/evaluation.h"

// A number, or why there is none.
struct measured {
    double value;
    const char *missing;    // NULL where there is a value
};

struct measures {
    enum data_split which;    // the split of the codes
    size_t samples, units;
    struct moments moments;    // of the codes, units channels first
    double scale;              // sqrt(trace of the covariance / 2)
    double *low, *high;        // [units] quantiles_find of each unit
    double *shares;            // [units] of the codes above 0; NULL for a gaussian latent
    size_t units_alive;        // units whose share is at least 0.8
    size_t parts;              // equal parts of the units that neighbours are looked for in one by one, 0 for none
    double *part_knn;          // [parts] as knn, of the units of the part alone; NULL where knn is missing
    struct plane plane;        // the two units, or the codes' first two principal components
    struct measured prior;     // its standard deviation
    struct measured knn, silhouette, offset, divergence, occupancy;
    struct measured cycle, nearest;                 // of the decoded centres of the plane's cells
    struct measured sharp_decoded, sharp_images;    // of those, and of the split's images
};

// What is measured of the test data, or of the training data where there are none; both splits are loaded as far as
// there are any. `parts` divides the number of units, or is 0. EXIT_CONTENT, told on stderr, when a code is not finite.
// measures_free afterwards, in any case.
int measures_take(const struct evaluation *evaluation, const struct data *data, size_t parts,
                  struct measures *measures);
void measures_free(struct measures *measures);

#endif
