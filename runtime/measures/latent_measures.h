// Measures of a latent space: of the distribution of its codes, and of the decoder's outputs between them.
// docs/commands.md has the formulas, docs/numerics.md the order of the sums.
#ifndef AE_LATENT_MEASURES_H
#define AE_LATENT_MEASURES_H

#include <stddef.h>

#include "runtime/data/data.h"
#include "runtime/measures/covariance.h"
#include "runtime/measures/plane.h"
#include "runtime/net/evaluation.h"

// A number, or the reason why it is missing.
struct measured {
    double value;
    const char *missing;    // NULL if there is a value
};

struct measures {
    enum data_split which;    // the split of the codes
    size_t samples, units;
    struct moments moments;    // of the codes, units channels first
    double scale;              // sqrt(trace of the covariance / 2)
    double *low, *high;        // [units] quantiles_find of each unit
    double *shares;            // [units] share of the codes above 0; NULL for a gaussian latent
    size_t units_alive;        // units whose share is at least 0.8
    size_t parts;              // equal parts of the units for which knn is measured separately; 0 for none
    double *part_knn;          // [parts] knn of the units of each part; NULL if knn is missing
    struct plane plane;        // the two units, or the codes' first two principal components
    struct measured prior;     // its standard deviation
    struct measured knn, silhouette, offset, divergence, occupancy;
    struct measured cycle, nearest;                 // measured on the decoded centres of the plane's cells
    struct measured sharp_decoded, sharp_images;    // of those pictures, and of the images of the split
};

// Computes the measures on the test data, or on the training data if there are no test data. Both splits must be loaded
// if they exist. `parts` must divide the number of units, or be 0. EXIT_CONTENT, with an error on stderr, if a code is
// not finite. The caller must call measures_free in any case.
int measures_take(const struct evaluation *evaluation, const struct data *data, size_t parts,
                  struct measures *measures);
void measures_free(struct measures *measures);

#endif
