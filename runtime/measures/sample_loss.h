// The order of samples by loss, used by figures and reports: the lowest first, losses that are not finite last, and
// equal losses in the order of the data.
#ifndef AE_SAMPLE_LOSS_H
#define AE_SAMPLE_LOSS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

struct sample_loss {
    double loss;
    size_t sample;
};

// For qsort.
static inline int sample_loss_compare(const void *a, const void *b) {
    const struct sample_loss *first = a, *second = b;
    bool first_finite = isfinite(first->loss), second_finite = isfinite(second->loss);
    if (first_finite != second_finite) return first_finite ? -1 : 1;
    if (first_finite && first->loss != second->loss) return first->loss < second->loss ? -1 : 1;
    return (first->sample > second->sample) - (first->sample < second->sample);
}

#endif
