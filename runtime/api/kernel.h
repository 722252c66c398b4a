// Functions that generated kernels use in addition to real.h; static inline, without state.
#ifndef AE_KERNEL_H
#define AE_KERNEL_H

#include <stddef.h>
#include <string.h>

#include "runtime/api/model.h"
#include "runtime/api/real.h"

// A constant in the precision of ae_real.
#ifdef AE_REAL_DOUBLE
#define AE_REAL(number) (number)
#else
#define AE_REAL(number) ((ae_real)(number))
#endif

// Kernels are not inlined: in a caller, their sums would compete for registers with the surrounding code.
#ifdef __GNUC__
#define AE_KERNEL static __attribute__((noinline))
#else
#define AE_KERNEL static
#endif

#ifdef __GNUC__
#define AE_INLINE static inline __attribute__((always_inline, unused))
#else
#define AE_INLINE static inline
#endif

// The network as plain loops, for readers and tests.
#ifdef __GNUC__
#define AE_PLAIN static __attribute__((unused))
#else
#define AE_PLAIN static
#endif

// Unrolls a loop over the rows of a block of sums, or over a dimension that they share, so that the sums stay in
// registers.
#if defined __clang__
#define AE_UNROLL _Pragma("clang loop unroll(full)")
#elif defined __GNUC__
#define AE_UNROLL _Pragma("GCC unroll 32")
#else
#define AE_UNROLL
#endif

// A view of an array from one of its elements on, with the last of its dimensions: after
// `ae_real (*const input_at)[784] = AE_AT(input[s][j])`, input_at[1][2] is input[s + 1][j + 2].
#define AE_AT(element) ((void *)&(element))

// Reports the start of a kernel to the step's `mark` function.
#define AE_MARK(kernel) ae_mark(step, kernel);

// The address of an element, as void: each kernel declares its own shape for the tensor.
static inline void *ae_place(const ae_real *array, size_t offset) {
    return (void *)(array + offset);
}

// A tensor that the step keeps for all samples of the batch, from sample `first` on. `before`: elements per sample of
// the tensors stored before it; `count`: its own elements per sample.
static inline void *ae_kept(const struct ae_step *step, size_t before, size_t first, size_t count) {
    return step->kept + before * step->samples + first * count;
}

// sum += a * b, rounded once; vector.h has its own.
#define AE_FMA(sum, a, b) (sum) = ae_fma(a, b, sum)

// Number of partial sums of a sum over the elements of a sample: element i is added to partial sum i % AE_PARTIALS.
enum { AE_PARTIALS = 16 };

// Keeps the compiler from removing a computation whose result is not used.
static inline void ae_keep(ae_real x) {
    volatile ae_real kept = x;
    (void)kept;
}

#ifndef AE_VECTORS
// Multiply-adds in independent chains, each a sum of 16 lanes as in the kernels. There are enough chains to fill the
// pipelines, and few enough to fit the registers of vectors with 8 lanes.
static inline double ae_peak(size_t rounds) {
    enum { LANES = 16 };
    ae_real a[LANES], b[LANES], c[LANES], d[LANES], e[LANES], f[LANES], total = 0;
    for (int lane = 0; lane < LANES; lane++) {
        a[lane] = b[lane] = c[lane] = (ae_real)lane;
        d[lane] = e[lane] = f[lane] = (ae_real)(lane + 1);
    }
    for (size_t round = 0; round < rounds; round++)
        for (int lane = 0; lane < LANES; lane++) {
            AE_FMA(a[lane], a[lane], AE_REAL(0x1p-20)), AE_FMA(b[lane], b[lane], AE_REAL(0x1p-21));
            AE_FMA(c[lane], c[lane], AE_REAL(0x1p-22)), AE_FMA(d[lane], d[lane], AE_REAL(0x1p-23));
            AE_FMA(e[lane], e[lane], AE_REAL(0x1p-24)), AE_FMA(f[lane], f[lane], AE_REAL(0x1p-25));
        }
    for (int lane = 0; lane < LANES; lane++)
        total += a[lane] + b[lane] + c[lane] + d[lane] + e[lane] + f[lane];
    ae_keep(total);
    return 2.0 * 6 * LANES * (double)rounds;
}
#endif

static inline ptrdiff_t ae_least(ptrdiff_t a, ptrdiff_t b) {
    return a < b ? a : b;
}

static inline ptrdiff_t ae_most(ptrdiff_t a, ptrdiff_t b) {
    return a > b ? a : b;
}

// Selects between values that are already loaded: gcc 12 with AVX-512 at -O3 compiles a conditional load to a masked
// load with wrong lanes.
static inline ae_real ae_select(ae_real a, ae_real b, ae_real c) {
    return a <= 0 ? b : c;
}

static inline ae_real ae_relu(ae_real a) {
    return a <= 0 ? 0 : a;
}

static inline ae_real ae_sign(ae_real x) {
    return x > 0 ? AE_REAL(1.0) : x < 0 ? AE_REAL(-1.0) : x == 0 ? AE_REAL(0.0) : x;
}

// The fixed tree that joins partial sums [AE_PARTIALS]: i with i + 8, then + 4, + 2, + 1.
static inline ae_real ae_join(const ae_real *partial) {
    ae_real sum[AE_PARTIALS / 2];
    for (int i = 0; i < 8; i++)
        sum[i] = partial[i] + partial[i + 8];
    for (int i = 0; i < 4; i++)
        sum[i] += sum[i + 4];
    for (int i = 0; i < 2; i++)
        sum[i] += sum[i + 2];
    return sum[0] + sum[1];
}

// Transposes a matrix [rows][columns] to [columns][rows]; the strides are from row to row. Works in square blocks that
// fit in the cache. vector.h has its own.
static inline void ae_turn_rows(ptrdiff_t begin, ptrdiff_t end, ptrdiff_t columns, const ae_real *restrict from,
                                ptrdiff_t from_stride, ae_real *restrict to, ptrdiff_t to_stride) {
    for (ptrdiff_t column = 0; column < columns; column += 16)
        for (ptrdiff_t i = column; i < ae_least(column + 16, columns); i++)
            for (ptrdiff_t row = begin; row < end; row++)
                to[i * to_stride + row] = from[row * from_stride + i];
}

#ifndef AE_VECTORS
static inline void ae_turn(ptrdiff_t rows, ptrdiff_t columns, const ae_real *restrict from, ptrdiff_t from_stride,
                           ae_real *restrict to, ptrdiff_t to_stride) {
    for (ptrdiff_t row = 0; row < rows; row += 16)
        ae_turn_rows(row, ae_least(row + 16, rows), columns, from, from_stride, to, to_stride);
}
#endif

// The first sample of a slot, which is also the end of the slot before it.
static inline size_t ae_slot_begin(const struct ae_step *step, size_t slot) {
    return step->samples * slot / step_slots(step->samples);
}

// Adds a run of elements of all slots' gradients [slotted] into the step's gradient by a tree: slots 0 and 1, 2 and 3,
// ..., then these pairs, and so on. Begin and length are multiples of AE_JOIN_LINE.
enum { AE_JOIN_LINE = 16 };

static inline void ae_join_slots(const struct ae_step *step, size_t slotted, struct ae_range range) {
    ae_real *gradient = step->gradient;
    const ae_real *others = step->slots;
    const size_t slots = step_slots(step->samples);
    for (size_t i = range.offset; i < range.offset + range.length; i += AE_JOIN_LINE) {
        ae_real sum[STEP_SLOTS_MAX][AE_JOIN_LINE];
        for (size_t slot = 0; slot < slots; slot++)
            memcpy(sum[slot], (slot == 0 ? gradient : others + (slot - 1) * slotted) + i, sizeof sum[slot]);
        for (size_t width = 1; width < slots; width *= 2)
            for (size_t slot = 0; slot + width < slots; slot += 2 * width)
                for (int lane = 0; lane < AE_JOIN_LINE; lane++)
                    sum[slot][lane] += sum[slot + width][lane];
        memcpy(gradient + i, sum[0], sizeof sum[0]);
    }
}

#endif
