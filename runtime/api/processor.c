#include "runtime/api/processor.h"

#include <stdbool.h>
#include <stddef.h>

#if defined __x86_64__ || defined __i386__

#include <cpuid.h>

enum leaf { LEAF_1, LEAF_7, LEAF_7_1, LEAF_EXTENDED, LEAF_COUNT };
enum { EAX, EBX, ECX, EDX, REGISTERS };

// The registers that the operating system must save for a feature to be usable, as bits of XCR0.
enum { SSE = 0x02, AVX = 0x06, AVX512 = 0xe6 };

struct feature {
    const char *name;
    enum leaf leaf;
    int word;    // EAX to EDX
    int bit;
    unsigned registers;
};

struct processor {
    unsigned word[LEAF_COUNT][REGISTERS];
    unsigned registers;
};

// The CPUID bit of each feature of AE_FEATURE_LIST, in the same order, from the manuals of Intel and AMD.
static const struct feature features[] = {
    {"sse3", LEAF_1, ECX, 0, SSE},
    {"ssse3", LEAF_1, ECX, 9, SSE},
    {"sse4.1", LEAF_1, ECX, 19, SSE},
    {"sse4.2", LEAF_1, ECX, 20, SSE},
    {"popcnt", LEAF_1, ECX, 23, SSE},
    {"movbe", LEAF_1, ECX, 22, SSE},
    {"lzcnt", LEAF_EXTENDED, ECX, 5, SSE},
    {"sse4a", LEAF_EXTENDED, ECX, 6, SSE},
    {"xop", LEAF_EXTENDED, ECX, 11, AVX},
    {"fma4", LEAF_EXTENDED, ECX, 16, AVX},
    {"tbm", LEAF_EXTENDED, ECX, 21, SSE},
    {"bmi", LEAF_7, EBX, 3, SSE},
    {"bmi2", LEAF_7, EBX, 8, SSE},
    {"avx", LEAF_1, ECX, 28, AVX},
    {"f16c", LEAF_1, ECX, 29, AVX},
    {"fma", LEAF_1, ECX, 12, AVX},
    {"avx2", LEAF_7, EBX, 5, AVX},
    {"avxvnni", LEAF_7_1, EAX, 4, AVX},
    {"gfni", LEAF_7, ECX, 8, SSE},
    {"avx512f", LEAF_7, EBX, 16, AVX512},
    {"avx512cd", LEAF_7, EBX, 28, AVX512},
    {"avx512dq", LEAF_7, EBX, 17, AVX512},
    {"avx512bw", LEAF_7, EBX, 30, AVX512},
    {"avx512vl", LEAF_7, EBX, 31, AVX512},
    {"avx512ifma", LEAF_7, EBX, 21, AVX512},
    {"avx512vbmi", LEAF_7, ECX, 1, AVX512},
    {"avx512vbmi2", LEAF_7, ECX, 6, AVX512},
    {"avx512vnni", LEAF_7, ECX, 11, AVX512},
    {"avx512bitalg", LEAF_7, ECX, 12, AVX512},
    {"avx512vpopcntdq", LEAF_7, ECX, 14, AVX512},
    {"avx512bf16", LEAF_7_1, EAX, 5, AVX512},
    {"avx512fp16", LEAF_7, EDX, 23, AVX512},
};

enum { FEATURE_COUNT = sizeof features / sizeof *features };

// XCR0. The instruction that reads it exists if bit 27 of leaf 1 (OSXSAVE) is set.
static unsigned kept_registers(const unsigned leaf1[REGISTERS]) {
    if (!(leaf1[ECX] >> 27 & 1)) return SSE;
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low | SSE;
}

static void ask(struct processor *processor, enum leaf leaf, unsigned number, unsigned part) {
    unsigned *word = processor->word[leaf];
    // the words of a leaf that does not exist stay 0
    __get_cpuid_count(number, part, &word[EAX], &word[EBX], &word[ECX], &word[EDX]);
}

static bool has(const struct processor *processor, const struct feature *feature) {
    bool told = processor->word[feature->leaf][feature->word] >> feature->bit & 1;
    return told && (processor->registers & feature->registers) == feature->registers;
}

const char *ae_features_missing(uint64_t wanted) {
    struct processor processor = {0};
    ask(&processor, LEAF_1, 1, 0);
    ask(&processor, LEAF_7, 7, 0);
    // EAX of leaf 7 is the number of its last subleaf
    if (processor.word[LEAF_7][EAX] >= 1) ask(&processor, LEAF_7_1, 7, 1);
    ask(&processor, LEAF_EXTENDED, 0x80000001u, 0);
    processor.registers = kept_registers(processor.word[LEAF_1]);
    for (int i = FEATURE_COUNT - 1; i >= 0; i--)
        if (wanted >> i & 1 && !has(&processor, &features[i])) return features[i].name;
    return NULL;
}

#else

const char *ae_features_missing(uint64_t wanted) {
    (void)wanted;
    return NULL;
}

#endif

static const char flushes[] = "flush denormal numbers to zero", rounds[] = "use a rounding mode other than to nearest";

#if defined __SSE__

const char *ae_arithmetic_fault(void) {
    enum { DENORMALS_ARE_ZERO = 1 << 6, ROUNDING = 3 << 13, FLUSH_TO_ZERO = 1 << 15 };    // of MXCSR
    unsigned word = __builtin_ia32_stmxcsr();
    return word & (DENORMALS_ARE_ZERO | FLUSH_TO_ZERO) ? flushes : word & ROUNDING ? rounds : NULL;
}

#elif defined __aarch64__

const char *ae_arithmetic_fault(void) {
    enum { FLUSH_INPUTS = 1 << 0, ROUNDING = 3 << 22, FLUSH_TO_ZERO = 1 << 24 };    // of FPCR
    uint64_t word;
    __asm__("mrs %0, fpcr" : "=r"(word));
    return word & (FLUSH_INPUTS | FLUSH_TO_ZERO) ? flushes : word & ROUNDING ? rounds : NULL;
}

#else

#include <fenv.h>

const char *ae_arithmetic_fault(void) {
    (void)flushes;
    return fegetround() == FE_TONEAREST ? NULL : rounds;
}

#endif
