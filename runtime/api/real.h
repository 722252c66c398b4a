// Elementary functions of ae_real: static inline, without tables or state. From the C library they use only fma and
// square root, each a single instruction on most processors.
//
// In float every function is a fixed sequence of +, -, *, /, fused multiply-add, square root, comparison, selection,
// integer operations on 32 bits and conversion, without branches or tables. A vector target does the same in each lane
// and gets the same bits; elementary.h defines them for both. docs/numerics.md describes the sequences;
// tests/unit/test_real.c has the measured errors.
// NaN gives NaN. Results below the smallest normal number are denormal, not flushed.
// With AE_REAL_DOUBLE the same names are the C library's functions in double.
//
//   ae_abs ae_sqrt ae_fma(a, b, c) = a * b + c, rounded once
//   ae_exp ae_expm1 ae_log ae_log1p ae_tanh ae_erf
//   ae_sigmoid(x) = 1 / (1 + exp(-x))
//   ae_softplus(x) = log(1 + exp(x)), accurate in both tails
//   ae_sin_cos_turns(u, &sine, &cosine): of 2 pi u, for u in [0, 1)
#ifndef AE_REAL_H
#define AE_REAL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "runtime/api/real_type.h"

#ifdef AE_REAL_DOUBLE

#define AE_LIBRARY(name, function)               \
    static inline ae_real ae_##name(ae_real x) { \
        return function(x);                      \
    }
AE_LIBRARY(abs, fabs)
AE_LIBRARY(sqrt, sqrt)
AE_LIBRARY(exp, exp)
AE_LIBRARY(expm1, expm1)
AE_LIBRARY(log, log)
AE_LIBRARY(log1p, log1p)
AE_LIBRARY(tanh, tanh)
AE_LIBRARY(erf, erf)
#undef AE_LIBRARY

static inline ae_real ae_fma(ae_real a, ae_real b, ae_real c) {
    return fma(a, b, c);
}

static inline ae_real ae_sigmoid(ae_real x) {
    ae_real e = exp(-fabs(x));
    return (x < 0 ? e : 1) / (1 + e);
}

static inline ae_real ae_softplus(ae_real x) {
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

static inline void ae_sin_cos_turns(ae_real u, ae_real *sine, ae_real *cosine) {
    *sine = sin(0x1.921fb54442d18p+2 * u);
    *cosine = cos(0x1.921fb54442d18p+2 * u);
}

#else

static inline uint32_t ae_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float ae_of_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline ae_real ae_sqrt(ae_real x) {
    return sqrtf(x);
}

static inline ae_real ae_fma(ae_real a, ae_real b, ae_real c) {
    return fmaf(a, b, c);
}

#define AE_TYPE ae_real
#define AE_UNSIGNED uint32_t
#define AE_SIGNED int32_t
#define AE_NAME(name) ae_##name
#define AE_CONSTANT(number) (number)
#define AE_CHOOSE(condition, a, b) ((condition) ? (a) : (b))
#define AE_TO_FLOAT(whole) ((ae_real)(whole))
#include "runtime/api/elementary.h"

static inline void ae_sin_cos_turns(ae_real u, ae_real *sine, ae_real *cosine) {
    ae_real shifted = fmaf(u, 4.0f, AE_ROUNDING);
    uint32_t quarters = ae_bits(shifted) - ae_bits(AE_ROUNDING);
    ae_real r = fmaf(shifted - AE_ROUNDING, -0.25f, u);
    ae_real t = r * r;
    ae_real p = 0x1.443928p+5f;
    p = fmaf(p, t, -0x1.32ada8p+6f);
    p = fmaf(p, t, 0x1.466b78p+6f);
    p = fmaf(p, t, -0x1.4abbcep+5f);
    p = fmaf(p, t, -0x1.777a5cp-23f);
    ae_real s = fmaf(r, 0x1.921fb6p+2f, r * p);
    ae_real q = 0x1.d4f632p+5f;
    q = fmaf(q, t, -0x1.55b2b4p+6f);
    q = fmaf(q, t, 0x1.03c1bp+6f);
    q = fmaf(q, t, -0x1.3bd3ccp+4f);
    ae_real c = fmaf(q, t, 1.0f);
    ae_real y = quarters & 1u ? c : s;
    ae_real x = quarters & 1u ? s : c;
    *sine = ae_of_bits(ae_bits(y) ^ (quarters & 2u) << 30);
    *cosine = ae_of_bits(ae_bits(x) ^ ((quarters + 1u) & 2u) << 30);
}

#undef AE_ROUNDING

#endif

#endif
