// Functions that kernels for vector targets use in addition to kernel.h, and a type for a vector register of floats.
// The generated file must define the target as the number of its lanes before it includes this file: AE_TARGET_AVX512,
// AE_TARGET_AVX2 or AE_TARGET_NEON. Requires the vector types of gcc and clang. Each function computes in each lane what the
// function of the same name in real.h or kernel.h computes, with the same bits.
//
//   ae_load ae_store ae_splat         memory need not be aligned
//   ae_load_first ae_store_first      only the first `count` lanes; the others become 0, or are not stored
//   ae_load_apart ae_store_apart      `count` lanes, `stride` elements apart
//   ae_vector_fma(a, b, c)            a * b + c, rounded once
//   AE_FMA(sum, a, b)                 sum += a * b, rounded once
//   ae_vector_select(a, b, c)         a <= 0 ? b : c
//   ae_vector_first(a, count)         the first lanes of a, then zeros
//   ae_turn                           transposes a matrix
//   ae_pack ae_unpack                 moves samples into the lanes of vectors and back
#ifndef AE_VECTOR_H
#define AE_VECTOR_H

#define AE_VECTORS
#include "runtime/api/kernel.h"

#if defined AE_TARGET_AVX512
#if !defined __AVX512F__ || !defined __FMA__
#error "the target avx512: compile with -mavx512f -mfma"
#endif
#include <immintrin.h>
#define AE_LANES_OF_ROW AE_TARGET_AVX512
enum { AE_LANES = 16 };
#define AE_VECTOR_BYTES 64
#define AE_REGISTER "+v"
#elif defined AE_TARGET_AVX2
#if !defined __AVX2__ || !defined __FMA__
#error "the target avx2: compile with -mavx2 -mfma"
#endif
#include <immintrin.h>
#define AE_LANES_OF_ROW AE_TARGET_AVX2
enum { AE_LANES = 8 };
#define AE_VECTOR_BYTES 32
#define AE_REGISTER "+x"
#elif defined AE_TARGET_NEON
#if !defined __aarch64__
#error "the target neon: a 64-bit ARM processor"
#endif
#include <arm_neon.h>
#define AE_LANES_OF_ROW AE_TARGET_NEON
enum { AE_LANES = 4 };
#define AE_VECTOR_BYTES 16
#define AE_REGISTER "+w"
#else
#error "no vector target is named"
#endif

_Static_assert(AE_LANES == AE_LANES_OF_ROW, "the target's row has other lanes");

typedef float ae_vector __attribute__((vector_size(AE_VECTOR_BYTES)));
typedef uint32_t ae_vector_unsigned __attribute__((vector_size(AE_VECTOR_BYTES)));
typedef int32_t ae_vector_signed __attribute__((vector_size(AE_VECTOR_BYTES)));
// The same without alignment.
typedef float ae_vector_anywhere __attribute__((vector_size(AE_VECTOR_BYTES), aligned(4), may_alias));

#undef AE_FMA
#define AE_FMA(sum, a, b) (sum) = ae_vector_fma(a, b, sum)

AE_INLINE ae_vector ae_load(const ae_real *from) {
    return *(const ae_vector_anywhere *)from;
}

AE_INLINE void ae_store(ae_real *to, ae_vector a) {
    *(ae_vector_anywhere *)to = a;
}

#if defined AE_TARGET_AVX512

AE_INLINE ae_vector ae_splat(ae_real x) {
    return (ae_vector)_mm512_set1_ps(x);
}

AE_INLINE ae_vector ae_vector_fma(ae_vector a, ae_vector b, ae_vector c) {
    return (ae_vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}

AE_INLINE ae_vector ae_load_first(const ae_real *from, int count) {
    return (ae_vector)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), from);
}

AE_INLINE void ae_store_first(ae_real *to, ae_vector a, int count) {
    _mm512_mask_storeu_ps(to, (__mmask16)((1u << count) - 1), (__m512)a);
}

AE_INLINE ae_vector ae_vector_first(ae_vector a, int count) {
    return (ae_vector)_mm512_maskz_mov_ps((__mmask16)((1u << count) - 1), (__m512)a);
}

#elif defined AE_TARGET_AVX2

AE_INLINE ae_vector ae_splat(ae_real x) {
    return (ae_vector)_mm256_set1_ps(x);
}

AE_INLINE ae_vector ae_vector_fma(ae_vector a, ae_vector b, ae_vector c) {
    return (ae_vector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}

AE_INLINE ae_vector_signed ae_first_lanes(int count) {
    return (ae_vector_signed){0, 1, 2, 3, 4, 5, 6, 7} < count;
}

AE_INLINE ae_vector ae_load_first(const ae_real *from, int count) {
    return (ae_vector)_mm256_maskload_ps(from, (__m256i)ae_first_lanes(count));
}

AE_INLINE void ae_store_first(ae_real *to, ae_vector a, int count) {
    _mm256_maskstore_ps(to, (__m256i)ae_first_lanes(count), (__m256)a);
}

AE_INLINE ae_vector ae_vector_first(ae_vector a, int count) {
    return (ae_vector)((ae_vector_signed)a & ae_first_lanes(count));
}

#elif defined AE_TARGET_NEON

AE_INLINE ae_vector ae_splat(ae_real x) {
    return (ae_vector)vdupq_n_f32(x);
}

AE_INLINE ae_vector ae_vector_fma(ae_vector a, ae_vector b, ae_vector c) {
    return (ae_vector)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}

AE_INLINE ae_vector ae_vector_first(ae_vector a, int count) {
    return (ae_vector)((ae_vector_signed)a & ((ae_vector_signed){0, 1, 2, 3} < count));
}

AE_INLINE ae_vector ae_load_first(const ae_real *from, int count) {
    return (ae_vector){from[0], count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f};
}

AE_INLINE void ae_store_first(ae_real *to, ae_vector a, int count) {
    for (int lane = 0; lane < count; lane++)
        to[lane] = a[lane];
}

#endif

AE_INLINE ae_vector ae_load_apart(const ae_real *from, ptrdiff_t stride, int count) {
    ae_real lanes[AE_LANES] = {0};
    for (int lane = 0; lane < count; lane++)
        lanes[lane] = from[lane * stride];
    return ae_load(lanes);
}

AE_INLINE void ae_store_apart(ae_real *to, ae_vector a, ptrdiff_t stride, int count) {
    ae_real lanes[AE_LANES];
    ae_store(lanes, a);
    for (int lane = 0; lane < count; lane++)
        to[lane * stride] = lanes[lane];
}

AE_INLINE ae_vector_unsigned ae_vector_bits(ae_vector a) {
    return (ae_vector_unsigned)a;
}

AE_INLINE ae_vector ae_vector_of_bits(ae_vector_unsigned bits) {
    return (ae_vector)bits;
}

// Each lane of `condition` is 0 or has all bits set.
AE_INLINE ae_vector ae_vector_choose(ae_vector_signed condition, ae_vector a, ae_vector b) {
    return (ae_vector)(((ae_vector_signed)a & condition) | ((ae_vector_signed)b & ~condition));
}

AE_INLINE ae_vector ae_vector_select(ae_vector a, ae_vector b, ae_vector c) {
    return ae_vector_choose(a <= 0.0f, b, c);
}

AE_INLINE ae_vector ae_vector_relu(ae_vector a) {
    return (ae_vector)((ae_vector_signed)a & ~(a <= 0.0f));
}

AE_INLINE ae_vector ae_vector_sign(ae_vector x) {
    ae_vector one = ae_splat(1.0f);
    return ae_vector_choose(x > 0.0f, one, ae_vector_choose(x < 0.0f, -one, ae_vector_choose(x == 0.0f, one - one, x)));
}

// Joins AE_PARTIALS partial sums by the same tree as ae_join.
AE_INLINE ae_real ae_vector_join(const ae_vector *partial) {
    ae_real lanes[AE_PARTIALS];
    for (int i = 0; i < AE_PARTIALS / AE_LANES; i++)
        ae_store(lanes + i * AE_LANES, partial[i]);
    return ae_join(lanes);
}

#define AE_TYPE ae_vector
#define AE_UNSIGNED ae_vector_unsigned
#define AE_SIGNED ae_vector_signed
#define AE_NAME(name) ae_vector_##name
#define AE_CONSTANT(number) ae_splat(number)
#define AE_CHOOSE(condition, a, b) ae_vector_choose(condition, a, b)
#define AE_TO_FLOAT(whole) __builtin_convertvector(whole, ae_vector)
#include "runtime/api/elementary.h"
#undef AE_ROUNDING

// Transposes a square of AE_LANES x AE_LANES elements; its rows are `from_stride` apart, those of the result
// `to_stride`. Written without loops, so that the rows stay in registers: 4 x 4 squares are transposed within quarters
// of the vectors, then the quarters are exchanged.
#if defined AE_TARGET_AVX512

AE_INLINE void ae_turn_four(ae_vector *row) {
    __m512 a = _mm512_unpacklo_ps((__m512)row[0], (__m512)row[1]),
           b = _mm512_unpackhi_ps((__m512)row[0], (__m512)row[1]);
    __m512 c = _mm512_unpacklo_ps((__m512)row[2], (__m512)row[3]),
           d = _mm512_unpackhi_ps((__m512)row[2], (__m512)row[3]);
    row[0] = (ae_vector)_mm512_shuffle_ps(a, c, 0x44);
    row[1] = (ae_vector)_mm512_shuffle_ps(a, c, 0xee);
    row[2] = (ae_vector)_mm512_shuffle_ps(b, d, 0x44);
    row[3] = (ae_vector)_mm512_shuffle_ps(b, d, 0xee);
}

AE_INLINE void ae_turn_quarters(ae_vector *row) {
    __m512 a = _mm512_shuffle_f32x4((__m512)row[0], (__m512)row[4], 0x88);
    __m512 b = _mm512_shuffle_f32x4((__m512)row[0], (__m512)row[4], 0xdd);
    __m512 c = _mm512_shuffle_f32x4((__m512)row[8], (__m512)row[12], 0x88);
    __m512 d = _mm512_shuffle_f32x4((__m512)row[8], (__m512)row[12], 0xdd);
    row[0] = (ae_vector)_mm512_shuffle_f32x4(a, c, 0x88);
    row[4] = (ae_vector)_mm512_shuffle_f32x4(b, d, 0x88);
    row[8] = (ae_vector)_mm512_shuffle_f32x4(a, c, 0xdd);
    row[12] = (ae_vector)_mm512_shuffle_f32x4(b, d, 0xdd);
}

AE_INLINE void ae_transpose(const ae_real *from, ptrdiff_t from_stride, ae_real *to, ptrdiff_t to_stride) {
    ae_vector row[16];
#define AE_EACH_FOUR(DO) DO(0) DO(4) DO(8) DO(12)
#define AE_LOAD_FOUR(i)                                     \
    row[i] = ae_load(from + (i)*from_stride);               \
    row[(i) + 1] = ae_load(from + ((i) + 1) * from_stride); \
    row[(i) + 2] = ae_load(from + ((i) + 2) * from_stride); \
    row[(i) + 3] = ae_load(from + ((i) + 3) * from_stride); \
    ae_turn_four(row + (i));
#define AE_STORE_FOUR(i)                                \
    ae_store(to + (i)*to_stride, row[i]);               \
    ae_store(to + ((i) + 1) * to_stride, row[(i) + 1]); \
    ae_store(to + ((i) + 2) * to_stride, row[(i) + 2]); \
    ae_store(to + ((i) + 3) * to_stride, row[(i) + 3]);
    AE_EACH_FOUR(AE_LOAD_FOUR)
    ae_turn_quarters(row);
    ae_turn_quarters(row + 1);
    ae_turn_quarters(row + 2);
    ae_turn_quarters(row + 3);
    AE_EACH_FOUR(AE_STORE_FOUR)
#undef AE_EACH_FOUR
#undef AE_LOAD_FOUR
#undef AE_STORE_FOUR
}

#elif defined AE_TARGET_AVX2

AE_INLINE void ae_load_four(const ae_real *from, ptrdiff_t stride, __m256 *row) {
    __m256 r0 = (__m256)ae_load(from), r1 = (__m256)ae_load(from + stride);
    __m256 r2 = (__m256)ae_load(from + 2 * stride), r3 = (__m256)ae_load(from + 3 * stride);
    __m256 a = _mm256_unpacklo_ps(r0, r1), b = _mm256_unpackhi_ps(r0, r1);
    __m256 c = _mm256_unpacklo_ps(r2, r3), d = _mm256_unpackhi_ps(r2, r3);
    row[0] = _mm256_shuffle_ps(a, c, 0x44);
    row[1] = _mm256_shuffle_ps(a, c, 0xee);
    row[2] = _mm256_shuffle_ps(b, d, 0x44);
    row[3] = _mm256_shuffle_ps(b, d, 0xee);
}

AE_INLINE void ae_store_halves(ae_real *to, ptrdiff_t stride, __m256 a, __m256 b) {
    ae_store(to, (ae_vector)_mm256_permute2f128_ps(a, b, 0x20));
    ae_store(to + 4 * stride, (ae_vector)_mm256_permute2f128_ps(a, b, 0x31));
}

AE_INLINE void ae_transpose(const ae_real *from, ptrdiff_t from_stride, ae_real *to, ptrdiff_t to_stride) {
    __m256 upper[4], lower[4];
    ae_load_four(from, from_stride, upper);
    ae_load_four(from + 4 * from_stride, from_stride, lower);
    ae_store_halves(to, to_stride, upper[0], lower[0]);
    ae_store_halves(to + to_stride, to_stride, upper[1], lower[1]);
    ae_store_halves(to + 2 * to_stride, to_stride, upper[2], lower[2]);
    ae_store_halves(to + 3 * to_stride, to_stride, upper[3], lower[3]);
}

#elif defined AE_TARGET_NEON

AE_INLINE void ae_transpose(const ae_real *from, ptrdiff_t from_stride, ae_real *to, ptrdiff_t to_stride) {
    float32x4_t r0 = (float32x4_t)ae_load(from), r1 = (float32x4_t)ae_load(from + from_stride);
    float32x4_t r2 = (float32x4_t)ae_load(from + 2 * from_stride), r3 = (float32x4_t)ae_load(from + 3 * from_stride);
    float64x2_t a = vreinterpretq_f64_f32(vtrn1q_f32(r0, r1)), b = vreinterpretq_f64_f32(vtrn2q_f32(r0, r1));
    float64x2_t c = vreinterpretq_f64_f32(vtrn1q_f32(r2, r3)), d = vreinterpretq_f64_f32(vtrn2q_f32(r2, r3));
    ae_store(to, (ae_vector)vtrn1q_f64(a, c));
    ae_store(to + to_stride, (ae_vector)vtrn1q_f64(b, d));
    ae_store(to + 2 * to_stride, (ae_vector)vtrn2q_f64(a, c));
    ae_store(to + 3 * to_stride, (ae_vector)vtrn2q_f64(b, d));
}

#endif

static inline void ae_turn(ptrdiff_t rows, ptrdiff_t columns, const ae_real *restrict from, ptrdiff_t from_stride,
                           ae_real *restrict to, ptrdiff_t to_stride) {
    ptrdiff_t whole_rows = rows / AE_LANES * AE_LANES, whole_columns = columns / AE_LANES * AE_LANES;
    for (ptrdiff_t row = 0; row < whole_rows; row += AE_LANES)
        for (ptrdiff_t column = 0; column < whole_columns; column += AE_LANES)
            ae_transpose(from + row * from_stride + column, from_stride, to + column * to_stride + row, to_stride);
    ae_turn_rows(whole_rows, rows, columns, from, from_stride, to, to_stride);
    ae_turn_rows(0, whole_rows, columns - whole_columns, from + whole_columns, from_stride,
                 to + whole_columns * to_stride, to_stride);
}

// Packs the samples of plain [samples][count], `stride` elements apart, to packed [groups][count][AE_LANES]: one sample
// per lane, AE_LANES samples per group. Unused lanes of the last group become 0.
static inline void ae_pack(ptrdiff_t samples, ptrdiff_t count, ptrdiff_t stride, const ae_real *restrict plain,
                           ae_real *restrict packed) {
    for (ptrdiff_t s = 0; s < samples; s += AE_LANES, packed += count * AE_LANES) {
        ptrdiff_t lanes = ae_least(samples - s, AE_LANES), whole = lanes == AE_LANES ? count / AE_LANES * AE_LANES : 0;
        for (ptrdiff_t i = 0; i < whole; i += AE_LANES)
            ae_transpose(plain + s * stride + i, stride, packed + i * AE_LANES, AE_LANES);
        for (ptrdiff_t i = whole; i < count; i++)
            for (ptrdiff_t lane = 0; lane < AE_LANES; lane++)
                packed[i * AE_LANES + lane] = lane < lanes ? plain[(s + lane) * stride + i] : 0;
    }
}

// The inverse of ae_pack; unused lanes are not written.
static inline void ae_unpack(ptrdiff_t samples, ptrdiff_t count, ptrdiff_t stride, const ae_real *restrict packed,
                             ae_real *restrict plain) {
    for (ptrdiff_t s = 0; s < samples; s += AE_LANES, packed += count * AE_LANES) {
        ptrdiff_t lanes = ae_least(samples - s, AE_LANES), whole = lanes == AE_LANES ? count / AE_LANES * AE_LANES : 0;
        for (ptrdiff_t i = 0; i < whole; i += AE_LANES)
            ae_transpose(packed + i * AE_LANES, AE_LANES, plain + s * stride + i, stride);
        for (ptrdiff_t lane = 0; lane < lanes; lane++)
            for (ptrdiff_t i = whole; i < count; i++)
                plain[(s + lane) * stride + i] = packed[i * AE_LANES + lane];
    }
}

// Multiply-adds in twelve independent chains, enough to fill the pipelines of any processor.
static inline double ae_peak(size_t rounds) {
    ae_vector a = ae_splat(1), b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
    const ae_vector x = ae_splat(0.999f), y = ae_splat(0.001f);
    for (size_t round = 0; round < rounds; round++) {
        a = ae_vector_fma(a, x, y), b = ae_vector_fma(b, x, y), c = ae_vector_fma(c, x, y);
        d = ae_vector_fma(d, x, y), e = ae_vector_fma(e, x, y), f = ae_vector_fma(f, x, y);
        g = ae_vector_fma(g, x, y), h = ae_vector_fma(h, x, y), i = ae_vector_fma(i, x, y);
        j = ae_vector_fma(j, x, y), k = ae_vector_fma(k, x, y), l = ae_vector_fma(l, x, y);
        // Keeps the compiler from merging the chains, which are equal.
        __asm__ volatile(""
                         : AE_REGISTER(a), AE_REGISTER(b), AE_REGISTER(c), AE_REGISTER(d), AE_REGISTER(e),
                           AE_REGISTER(f));
        __asm__ volatile(""
                         : AE_REGISTER(g), AE_REGISTER(h), AE_REGISTER(i), AE_REGISTER(j), AE_REGISTER(k),
                           AE_REGISTER(l));
    }
    a += b + c + d + e + f + g + h + i + j + k + l;
    ae_keep(a[0]);
    return 2.0 * 12 * AE_LANES * (double)rounds;
}

#endif
