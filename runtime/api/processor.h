// The processor features for which this translation unit is compiled, and whether the processor has them. The folder of
// this file must be given with -iquote: with -I this file would hide the C library's <processor.h>.
#ifndef AE_FEATURES_H
#define AE_FEATURES_H

#include <stdint.h>

// clang-format off The bit of a feature, and the macro that gcc and clang define when they may use it. processor.c has
// the names, in this order.
#define AE_FEATURE_LIST(FEATURE)     \
    FEATURE(0, __SSE3__)             \
    FEATURE(1, __SSSE3__)            \
    FEATURE(2, __SSE4_1__)           \
    FEATURE(3, __SSE4_2__)           \
    FEATURE(4, __POPCNT__)           \
    FEATURE(5, __MOVBE__)            \
    FEATURE(6, __LZCNT__)            \
    FEATURE(7, __SSE4A__)            \
    FEATURE(8, __XOP__)              \
    FEATURE(9, __FMA4__)             \
    FEATURE(10, __TBM__)             \
    FEATURE(11, __BMI__)             \
    FEATURE(12, __BMI2__)            \
    FEATURE(13, __AVX__)             \
    FEATURE(14, __F16C__)            \
    FEATURE(15, __FMA__)             \
    FEATURE(16, __AVX2__)            \
    FEATURE(17, __AVXVNNI__)         \
    FEATURE(18, __GFNI__)            \
    FEATURE(19, __AVX512F__)         \
    FEATURE(20, __AVX512CD__)        \
    FEATURE(21, __AVX512DQ__)        \
    FEATURE(22, __AVX512BW__)        \
    FEATURE(23, __AVX512VL__)        \
    FEATURE(24, __AVX512IFMA__)      \
    FEATURE(25, __AVX512VBMI__)      \
    FEATURE(26, __AVX512VBMI2__)     \
    FEATURE(27, __AVX512VNNI__)      \
    FEATURE(28, __AVX512BITALG__)    \
    FEATURE(29, __AVX512VPOPCNTDQ__) \
    FEATURE(30, __AVX512BF16__)      \
    FEATURE(31, __AVX512FP16__)
// clang-format on

// A defined macro expands to 1, a string of two bytes; an undefined one expands to its own name, which is longer.
#define AE_FEATURE_TEXT_OF(text) #text
#define AE_FEATURE_TEXT(macro) AE_FEATURE_TEXT_OF(macro)
#define AE_FEATURE_BIT(bit, macro) | ((uint64_t)(sizeof(AE_FEATURE_TEXT(macro)) == 2) << (bit))

// A constant expression: the features that the compiler may use in this translation unit. 0 on architectures other than
// x86.
#define AE_FEATURES (UINT64_C(0) AE_FEATURE_LIST(AE_FEATURE_BIT))

// The name of the newest feature in `wanted` that this processor lacks, or NULL if it has all of them. Always NULL on
// architectures other than x86. processor.c and all code that runs before this call must be compiled for the baseline
// processor.
const char *ae_features_missing(uint64_t wanted);

// How the floating-point control word of this thread deviates from the default arithmetic of IEEE 754 ("flush denormal
// numbers to zero"); NULL if it does not. A thread inherits the word from its creator.
const char *ae_arithmetic_fault(void);

#endif
