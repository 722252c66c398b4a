// Order statistics.
#ifndef QUANTILE_H
#define QUANTILE_H

#include <stddef.h>

// -1, 0 or 1, as comparison functions return it.
int value_compare(double first, double second);
// Sorts values in ascending order.
void values_sort(double *value, size_t count);
// The quantile `part` / `whole` of ascending values by nearest rank: value number ceil(part * count / whole), counted
// from 1. `count` must be at least 1 and 0 < part <= whole.
double quantile_of(const double *value, size_t count, size_t part, size_t whole);

#endif
