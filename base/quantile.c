#include "base/quantile.h"

#include <stdlib.h>

int value_compare(double first, double second) {
    return (first > second) - (first < second);
}

static int compare_values(const void *a, const void *b) {
    return value_compare(*(const double *)a, *(const double *)b);
}

void values_sort(double *value, size_t count) {
    qsort(value, count, sizeof *value, compare_values);
}

double quantile_of(const double *value, size_t count, size_t part, size_t whole) {
    return value[(part * count + whole - 1) / whole - 1];
}
