// Elementary functions of ae_real. static inline, no tables, no state; needs the C library's fma and square root alone
// (one instruction each where the processor has them).
//
// In float every function is a fixed sequence of +, -, *, /, fused multiply-add, square root, comparison, selection,
// integer operations on 32 bits and conversion: no branch, no table, so a vector target can do the same lane by lane and
// get the same bits. docs/numerics.md has the sequences in words; tests/unit/test_real.c the measured errors.
// NaN gives NaN. Results below the smallest normal number are denormal, not flushed.
// With AE_REAL_DOUBLE the same names are the C library's functions in double.
//
//   ae_abs ae_sqrt ae_fma(a, b, c) = a * b + c, rounded once
//   ae_exp ae_expm1 ae_log ae_log1p ae_tanh ae_erf
//   ae_sigmoid(x) = 1 / (1 + exp(-x))
//   ae_softplus(x) = log(1 + exp(x)), right in both tails
//   ae_sin_cos_turns(u, &sine, &cosine): of 2 pi u, for u in [0, 1)
#ifndef AE_REAL_H
#define AE_REAL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "real_type.h"

#ifdef AE_REAL_DOUBLE

static inline ae_real ae_abs(ae_real x) {
    return fabs(x);
}

static inline ae_real ae_sqrt(ae_real x) {
    return sqrt(x);
}

static inline ae_real ae_fma(ae_real a, ae_real b, ae_real c) {
    return fma(a, b, c);
}

static inline ae_real ae_exp(ae_real x) {
    return exp(x);
}

static inline ae_real ae_expm1(ae_real x) {
    return expm1(x);
}

static inline ae_real ae_log(ae_real x) {
    return log(x);
}

static inline ae_real ae_log1p(ae_real x) {
    return log1p(x);
}

static inline ae_real ae_tanh(ae_real x) {
    return tanh(x);
}

static inline ae_real ae_erf(ae_real x) {
    return erf(x);
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

static inline ae_real ae_abs(ae_real x) {
    return ae_of_bits(ae_bits(x) & 0x7fffffffu);
}

// x of its own magnitude, with the sign of `sign`
static inline ae_real ae_with_sign(ae_real x, ae_real sign) {
    return ae_of_bits((ae_bits(x) & 0x7fffffffu) | (ae_bits(sign) & 0x80000000u));
}

static inline ae_real ae_sqrt(ae_real x) {
    return sqrtf(x);
}

static inline ae_real ae_fma(ae_real a, ae_real b, ae_real c) {
    return fmaf(a, b, c);
}

// Adding this to |x| < 2^22 leaves the nearest whole number in the low bits of the sum.
#define AE_ROUNDING 0x1.8p+23f

// exp(r) - 1 for |r| <= log(2) / 2
static inline ae_real ae_expm1_reduced(ae_real r) {
    ae_real p = 0x1.9e7d64p-13f;
    p = fmaf(p, r, 0x1.6d3aap-10f);
    p = fmaf(p, r, 0x1.1112d4p-7f);
    p = fmaf(p, r, 0x1.5554f8p-5f);
    p = fmaf(p, r, 0x1.555554p-3f);
    p = fmaf(p, r, 0x1p-1f);
    return fmaf(r * r, p, r);
}

// x - n log(2), where n is the whole number in the low bits of `shifted`
static inline ae_real ae_exp_remainder(ae_real x, ae_real shifted) {
    ae_real n = shifted - AE_ROUNDING;
    ae_real r = fmaf(n, -0x1.62e43p-1f, x);
    return fmaf(n, 0x1.05c61p-29f, r);
}

static inline ae_real ae_exp(ae_real x) {
    x = x > 89.0f ? 89.0f : x;
    x = x < -104.0f ? -104.0f : x;
    ae_real shifted = fmaf(x, 0x1.715476p+0f, AE_ROUNDING);
    ae_real p = ae_expm1_reduced(ae_exp_remainder(x, shifted)) + 1.0f;
    // 2^n in two halves: 2^n itself may be too large or too small where the result is not
    uint32_t n = ae_bits(shifted) - ae_bits(AE_ROUNDING);
    uint32_t half = ((n + 512u) >> 1) - 256u;
    return p * ae_of_bits((half + 127u) << 23) * ae_of_bits((n - half + 127u) << 23);
}

static inline ae_real ae_expm1(ae_real x) {
    ae_real y = x > 89.0f ? 89.0f : x;
    y = y < -20.0f ? -20.0f : y;
    ae_real shifted = fmaf(y, 0x1.715476p+0f, AE_ROUNDING);
    ae_real p = ae_expm1_reduced(ae_exp_remainder(y, shifted));
    // half of 2^n, which is still finite where the result is
    ae_real scale = ae_of_bits((ae_bits(shifted) - ae_bits(AE_ROUNDING) + 126u) << 23);
    ae_real result = 2.0f * fmaf(p, scale, scale - 0.5f);
    return ae_abs(x) < 0x1p-24f ? x : result;
}

// log(1 + f) + exponent log(2) for 1 + f in [sqrt(1/2), sqrt(2))
static inline ae_real ae_log_reduced(ae_real f, ae_real exponent) {
    ae_real p = 0x1.14763ap-4f;
    p = fmaf(p, f, -0x1.de02d6p-4f);
    p = fmaf(p, f, 0x1.e6bf38p-4f);
    p = fmaf(p, f, -0x1.fc2884p-4f);
    p = fmaf(p, f, 0x1.233ba8p-3f);
    p = fmaf(p, f, -0x1.555c46p-3f);
    p = fmaf(p, f, 0x1.99a476p-3f);
    p = fmaf(p, f, -0x1.000006p-2f);
    p = fmaf(p, f, 0x1.555548p-2f);
    ae_real square = f * f;
    ae_real y = square * (f * p);
    y = fmaf(-0.5f, square, y);
    y = fmaf(exponent, -0x1.05c61p-29f, y);
    return fmaf(exponent, 0x1.62e43p-1f, f + y);
}

// The whole number e with x / 2^e in [sqrt(1/2), sqrt(2)), for normal x > 0, as 32 bits of two's complement
static inline uint32_t ae_exponent(ae_real x) {
    return ((ae_bits(x) - 0x3f3504f3u + 0x40000000u) >> 23) - 128u;
}

static inline ae_real ae_log(ae_real x) {
    ae_real normal = x < 0x1p-126f ? x * 0x1p+23f : x;
    uint32_t e = ae_exponent(normal);
    ae_real exponent = (ae_real)(int32_t)e - (x < 0x1p-126f ? 23.0f : 0.0f);
    ae_real result = ae_log_reduced(ae_of_bits(ae_bits(normal) - (e << 23)) - 1.0f, exponent);
    result = x < INFINITY ? result : x;
    result = x == 0.0f ? -INFINITY : result;
    return x < 0.0f ? NAN : result;
}

static inline ae_real ae_log1p(ae_real x) {
    ae_real sum = 1.0f + x;
    uint32_t e = ae_exponent(sum);
    // (1 + x) / 2^e - 1 without the rounding of 1 + x; where x is large there is none that matters
    ae_real scale = ae_of_bits(0x3f800000u - (e << 23));
    ae_real f = x < 0x1p+25f ? fmaf(x, scale, scale - 1.0f) : ae_of_bits(ae_bits(sum) - (e << 23)) - 1.0f;
    ae_real result = ae_log_reduced(f, (ae_real)(int32_t)e);
    result = ae_abs(x) < 0x1p-24f ? x : result;
    result = x < INFINITY ? result : x;
    result = x == -1.0f ? -INFINITY : result;
    return x < -1.0f ? NAN : result;
}

static inline ae_real ae_tanh(ae_real x) {
    ae_real a = ae_abs(x);
    ae_real t = a * a;
    ae_real p = 0x1.1a2816p-9f;
    p = fmaf(p, t, -0x1.0c5edp-7f);
    p = fmaf(p, t, 0x1.63a55p-6f);
    p = fmaf(p, t, -0x1.b9f188p-5f);
    p = fmaf(p, t, 0x1.11107ap-3f);
    p = fmaf(p, t, -0x1.555554p-2f);
    ae_real small = fmaf(a * t, p, a);
    ae_real large = 1.0f - 2.0f / (ae_exp(2.0f * a) + 1.0f);
    return ae_with_sign(a < 0.625f ? small : large, x);
}

// Where |x| is small a polynomial of its square; otherwise 1 - exp(-q), q being a polynomial near -log(erfc |x|).
static inline ae_real ae_erf(ae_real x) {
    ae_real a = ae_abs(x);
    ae_real t = a * a;
    ae_real p = 0x1.4f8e58p-14f;
    p = fmaf(p, t, -0x1.a6126ep-11f);
    p = fmaf(p, t, 0x1.544aa8p-8f);
    p = fmaf(p, t, -0x1.b8012p-6f);
    p = fmaf(p, t, 0x1.ce2d64p-4f);
    p = fmaf(p, t, -0x1.81274p-2f);
    p = fmaf(p, t, 0x1.06eba8p-3f);
    ae_real small = fmaf(a, p, a);
    ae_real b = a > 4.0f ? 4.0f : a;
    ae_real q = 0x1.63990ep-18f;
    q = fmaf(q, b, -0x1.a31484p-15f);
    q = fmaf(q, b, -0x1.cb1f4ap-16f);
    q = fmaf(q, b, 0x1.780b16p-9f);
    q = fmaf(q, b, -0x1.71e06p-6f);
    q = fmaf(q, b, 0x1.aec62p-4f);
    q = fmaf(q, b, 0x1.4576f4p-1f);
    q = fmaf(q, b, 0x1.0740bcp-3f);
    ae_real large = 1.0f - ae_exp(-fmaf(q, b, b));
    return ae_with_sign(a < 0.921875f ? small : large, x);
}

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

static inline ae_real ae_sigmoid(ae_real x) {
    ae_real e = ae_exp(-ae_abs(x));
    return (x < 0 ? e : 1) / (1 + e);
}

static inline ae_real ae_softplus(ae_real x) {
    return (x > 0 ? x : 0) + ae_log1p(ae_exp(-ae_abs(x)));
}

#endif
