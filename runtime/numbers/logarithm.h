// The natural logarithm in double, the same bits everywhere: C libraries differ in the last place.
#ifndef AE_LOGARITHM_H
#define AE_LOGARITHM_H

// log(x) for normal x > 0, off by less than two units in the last place.
double logarithm(double x);

#endif
