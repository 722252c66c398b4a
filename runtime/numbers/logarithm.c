#include "runtime/numbers/logarithm.h"

#include <math.h>

double logarithm(double x) {
    int exponent;
    double m = frexp(x, &exponent);
    if (m < 0x1.6a09e667f3bcdp-1) {    // sqrt(1/2)
        m *= 2;
        exponent--;
    }
    // log m = 2 artanh(s) = 2 (s + s^3 / 3 + s^5 / 5 + ...), s < 0.172; the omitted terms are below 2^-62 of the first
    double s = (m - 1) / (m + 1), square = s * s, sum = 0;
    for (int i = 23; i >= 3; i -= 2)
        sum = (sum + 1.0 / i) * square;
    // log 2 in two parts; the product with the first is exact
    double high = exponent * 0x1.62e42feep-1, low = exponent * 0x1.a39ef35793c76p-33;
    return high + (2 * s + (2 * s * sum + low));
}
