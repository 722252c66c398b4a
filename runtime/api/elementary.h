// The elementary functions in float, written once for numbers and for vectors. real.h includes this file for single
// numbers, vector.h for vectors with a number in each lane. Both must define these macros, which are undefined at the
// end:
//
//   AE_TYPE, AE_UNSIGNED, AE_SIGNED   float and the two integers of 32 bits, or vectors of them
//   AE_NAME(name)                     the function's name: ae_name, ae_vector_name
//   AE_CONSTANT(number)               the number as an AE_TYPE
//   AE_CHOOSE(condition, a, b)        condition ? a : b, lane by lane
//   AE_TO_FLOAT(whole)                AE_SIGNED to AE_TYPE
//   AE_NAME(fma) AE_NAME(bits) AE_NAME(of_bits)
//
// No include guard: the file is included twice.

#define AE_FUSED AE_NAME(fma)
#define AE_BITS AE_NAME(bits)
#define AE_OF_BITS AE_NAME(of_bits)

// Adding this to |x| < 2^22 leaves the nearest whole number in the low bits of the sum.
#define AE_ROUNDING 0x1.8p+23f
#define AE_ROUNDING_BITS 0x4b400000u

static inline AE_TYPE AE_NAME(abs)(AE_TYPE x) {
    return AE_OF_BITS(AE_BITS(x) & 0x7fffffffu);
}

// x with the sign of `sign`
static inline AE_TYPE AE_NAME(with_sign)(AE_TYPE x, AE_TYPE sign) {
    return AE_OF_BITS((AE_BITS(x) & 0x7fffffffu) | (AE_BITS(sign) & 0x80000000u));
}

// exp(r) - 1 for |r| <= log(2) / 2
static inline AE_TYPE AE_NAME(expm1_reduced)(AE_TYPE r) {
    AE_TYPE p = AE_CONSTANT(0x1.9e7d64p-13f);
    p = AE_FUSED(p, r, AE_CONSTANT(0x1.6d3aap-10f));
    p = AE_FUSED(p, r, AE_CONSTANT(0x1.1112d4p-7f));
    p = AE_FUSED(p, r, AE_CONSTANT(0x1.5554f8p-5f));
    p = AE_FUSED(p, r, AE_CONSTANT(0x1.555554p-3f));
    p = AE_FUSED(p, r, AE_CONSTANT(0x1p-1f));
    return AE_FUSED(r * r, p, r);
}

// x - n log(2), where n is the whole number in the low bits of `shifted`
static inline AE_TYPE AE_NAME(exp_remainder)(AE_TYPE x, AE_TYPE shifted) {
    AE_TYPE n = shifted - AE_ROUNDING;
    AE_TYPE r = AE_FUSED(n, AE_CONSTANT(-0x1.62e43p-1f), x);
    return AE_FUSED(n, AE_CONSTANT(0x1.05c61p-29f), r);
}

static inline AE_TYPE AE_NAME(exp)(AE_TYPE x) {
    x = AE_CHOOSE(x > 89.0f, AE_CONSTANT(89.0f), x);
    x = AE_CHOOSE(x < -104.0f, AE_CONSTANT(-104.0f), x);
    AE_TYPE shifted = AE_FUSED(x, AE_CONSTANT(0x1.715476p+0f), AE_CONSTANT(AE_ROUNDING));
    AE_TYPE p = AE_NAME(expm1_reduced)(AE_NAME(exp_remainder)(x, shifted)) + 1.0f;
    // 2^n as a product of two factors: 2^n may overflow or underflow where the result does not
    AE_UNSIGNED n = AE_BITS(shifted) - AE_ROUNDING_BITS;
    AE_UNSIGNED half = ((n + 512u) >> 1) - 256u;
    return p * AE_OF_BITS((half + 127u) << 23) * AE_OF_BITS((n - half + 127u) << 23);
}

static inline AE_TYPE AE_NAME(expm1)(AE_TYPE x) {
    AE_TYPE y = AE_CHOOSE(x > 89.0f, AE_CONSTANT(89.0f), x);
    y = AE_CHOOSE(y < -20.0f, AE_CONSTANT(-20.0f), y);
    AE_TYPE shifted = AE_FUSED(y, AE_CONSTANT(0x1.715476p+0f), AE_CONSTANT(AE_ROUNDING));
    AE_TYPE p = AE_NAME(expm1_reduced)(AE_NAME(exp_remainder)(y, shifted));
    // 2^n / 2, which is finite wherever the result is
    AE_TYPE scale = AE_OF_BITS((AE_BITS(shifted) - AE_ROUNDING_BITS + 126u) << 23);
    AE_TYPE result = 2.0f * AE_FUSED(p, scale, scale - 0.5f);
    return AE_CHOOSE(AE_NAME(abs)(x) < 0x1p-24f, x, result);
}

// log(1 + f) + exponent log(2) for 1 + f in [sqrt(1/2), sqrt(2))
static inline AE_TYPE AE_NAME(log_reduced)(AE_TYPE f, AE_TYPE exponent) {
    AE_TYPE p = AE_CONSTANT(0x1.14763ap-4f);
    p = AE_FUSED(p, f, AE_CONSTANT(-0x1.de02d6p-4f));
    p = AE_FUSED(p, f, AE_CONSTANT(0x1.e6bf38p-4f));
    p = AE_FUSED(p, f, AE_CONSTANT(-0x1.fc2884p-4f));
    p = AE_FUSED(p, f, AE_CONSTANT(0x1.233ba8p-3f));
    p = AE_FUSED(p, f, AE_CONSTANT(-0x1.555c46p-3f));
    p = AE_FUSED(p, f, AE_CONSTANT(0x1.99a476p-3f));
    p = AE_FUSED(p, f, AE_CONSTANT(-0x1.000006p-2f));
    p = AE_FUSED(p, f, AE_CONSTANT(0x1.555548p-2f));
    AE_TYPE square = f * f;
    AE_TYPE y = square * (f * p);
    y = AE_FUSED(AE_CONSTANT(-0.5f), square, y);
    y = AE_FUSED(exponent, AE_CONSTANT(-0x1.05c61p-29f), y);
    return AE_FUSED(exponent, AE_CONSTANT(0x1.62e43p-1f), f + y);
}

// The whole number e with x / 2^e in [sqrt(1/2), sqrt(2)), for normal x > 0, as 32 bits of two's complement
static inline AE_UNSIGNED AE_NAME(exponent)(AE_TYPE x) {
    return ((AE_BITS(x) - 0x3f3504f3u + 0x40000000u) >> 23) - 128u;
}

static inline AE_TYPE AE_NAME(log)(AE_TYPE x) {
    AE_TYPE normal = AE_CHOOSE(x < 0x1p-126f, x * 0x1p+23f, x);
    AE_UNSIGNED e = AE_NAME(exponent)(normal);
    AE_TYPE exponent = AE_TO_FLOAT((AE_SIGNED)e) - AE_CHOOSE(x < 0x1p-126f, AE_CONSTANT(23.0f), AE_CONSTANT(0.0f));
    AE_TYPE result = AE_NAME(log_reduced)(AE_OF_BITS(AE_BITS(normal) - (e << 23)) - 1.0f, exponent);
    result = AE_CHOOSE(x < INFINITY, result, x);
    result = AE_CHOOSE(x == 0.0f, AE_CONSTANT(-INFINITY), result);
    return AE_CHOOSE(x < 0.0f, AE_CONSTANT(NAN), result);
}

static inline AE_TYPE AE_NAME(log1p)(AE_TYPE x) {
    AE_TYPE sum = 1.0f + x;
    AE_UNSIGNED e = AE_NAME(exponent)(sum);
    // (1 + x) / 2^e - 1 without the rounding of 1 + x, which does not matter for large x
    AE_TYPE scale = AE_OF_BITS(0x3f800000u - (e << 23));
    AE_TYPE f = AE_CHOOSE(x < 0x1p+25f, AE_FUSED(x, scale, scale - 1.0f), AE_OF_BITS(AE_BITS(sum) - (e << 23)) - 1.0f);
    AE_TYPE result = AE_NAME(log_reduced)(f, AE_TO_FLOAT((AE_SIGNED)e));
    result = AE_CHOOSE(AE_NAME(abs)(x) < 0x1p-24f, x, result);
    result = AE_CHOOSE(x < INFINITY, result, x);
    result = AE_CHOOSE(x == -1.0f, AE_CONSTANT(-INFINITY), result);
    return AE_CHOOSE(x < -1.0f, AE_CONSTANT(NAN), result);
}

static inline AE_TYPE AE_NAME(tanh)(AE_TYPE x) {
    AE_TYPE a = AE_NAME(abs)(x);
    AE_TYPE t = a * a;
    AE_TYPE p = AE_CONSTANT(0x1.1a2816p-9f);
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.0c5edp-7f));
    p = AE_FUSED(p, t, AE_CONSTANT(0x1.63a55p-6f));
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.b9f188p-5f));
    p = AE_FUSED(p, t, AE_CONSTANT(0x1.11107ap-3f));
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.555554p-2f));
    AE_TYPE small = AE_FUSED(a * t, p, a);
    AE_TYPE large = 1.0f - 2.0f / (AE_NAME(exp)(2.0f * a) + 1.0f);
    return AE_NAME(with_sign)(AE_CHOOSE(a < 0.625f, small, large), x);
}

// Where |x| is small a polynomial of its square; otherwise 1 - exp(-q), q being a polynomial near -log(erfc |x|).
static inline AE_TYPE AE_NAME(erf)(AE_TYPE x) {
    AE_TYPE a = AE_NAME(abs)(x);
    AE_TYPE t = a * a;
    AE_TYPE p = AE_CONSTANT(0x1.4f8e58p-14f);
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.a6126ep-11f));
    p = AE_FUSED(p, t, AE_CONSTANT(0x1.544aa8p-8f));
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.b8012p-6f));
    p = AE_FUSED(p, t, AE_CONSTANT(0x1.ce2d64p-4f));
    p = AE_FUSED(p, t, AE_CONSTANT(-0x1.81274p-2f));
    p = AE_FUSED(p, t, AE_CONSTANT(0x1.06eba8p-3f));
    AE_TYPE small = AE_FUSED(a, p, a);
    AE_TYPE b = AE_CHOOSE(a > 4.0f, AE_CONSTANT(4.0f), a);
    AE_TYPE q = AE_CONSTANT(0x1.63990ep-18f);
    q = AE_FUSED(q, b, AE_CONSTANT(-0x1.a31484p-15f));
    q = AE_FUSED(q, b, AE_CONSTANT(-0x1.cb1f4ap-16f));
    q = AE_FUSED(q, b, AE_CONSTANT(0x1.780b16p-9f));
    q = AE_FUSED(q, b, AE_CONSTANT(-0x1.71e06p-6f));
    q = AE_FUSED(q, b, AE_CONSTANT(0x1.aec62p-4f));
    q = AE_FUSED(q, b, AE_CONSTANT(0x1.4576f4p-1f));
    q = AE_FUSED(q, b, AE_CONSTANT(0x1.0740bcp-3f));
    AE_TYPE large = 1.0f - AE_NAME(exp)(-AE_FUSED(q, b, b));
    return AE_NAME(with_sign)(AE_CHOOSE(a < 0.921875f, small, large), x);
}

static inline AE_TYPE AE_NAME(sigmoid)(AE_TYPE x) {
    AE_TYPE e = AE_NAME(exp)(-AE_NAME(abs)(x));
    return AE_CHOOSE(x < 0.0f, e, AE_CONSTANT(1.0f)) / (1.0f + e);
}

static inline AE_TYPE AE_NAME(softplus)(AE_TYPE x) {
    return AE_CHOOSE(x > 0.0f, x, AE_CONSTANT(0.0f)) + AE_NAME(log1p)(AE_NAME(exp)(-AE_NAME(abs)(x)));
}

#undef AE_FUSED
#undef AE_BITS
#undef AE_OF_BITS
#undef AE_ROUNDING_BITS
#undef AE_TYPE
#undef AE_UNSIGNED
#undef AE_SIGNED
#undef AE_NAME
#undef AE_CONSTANT
#undef AE_CHOOSE
#undef AE_TO_FLOAT
