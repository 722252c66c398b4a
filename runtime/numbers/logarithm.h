// The natural logarithm in double, with the same bits on every platform: C libraries differ in the last digit.
#ifndef AE_LOGARITHM_H
#define AE_LOGARITHM_H

// log(x) for normal x > 0; the error is less than two units in the last place.
double logarithm(double x);

#endif
