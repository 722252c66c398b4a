#include "runtime/api/processor.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/suite.h"

// Linux' names of the features in /proc/cpuinfo, by bit.
static const char *const kernel_names[] = {
    "pni",         "ssse3",       "sse4_1",       "sse4_2",      "popcnt",        "movbe",
    "abm",         "sse4a",       "xop",          "fma4",        "tbm",           "bmi1",
    "bmi2",        "avx",         "f16c",         "fma",         "avx2",          "avx_vnni",
    "gfni",        "avx512f",     "avx512cd",     "avx512dq",    "avx512bw",      "avx512vl",
    "avx512ifma",  "avx512vbmi",  "avx512_vbmi2", "avx512_vnni", "avx512_bitalg", "avx512_vpopcntdq",
    "avx512_bf16", "avx512_fp16",
};

enum { FEATURES = sizeof kernel_names / sizeof *kernel_names };

static char flags[16384];

// The processor's flags, each surrounded by blanks; false if the system does not provide them.
static bool read_flags(void) {
    FILE *file = fopen("/proc/cpuinfo", "r");
    if (file == NULL) return false;
    bool found = false;
    while (!found && fgets(flags, sizeof flags - 1, file) != NULL)
        found = strncmp(flags, "flags", 5) == 0;
    fclose(file);
    if (found) flags[strcspn(flags, "\n")] = ' ';
    return found;
}

START_TEST(agrees_with_the_system) {
    if (!read_flags()) {
        puts("skipped: this system does not list its processor's flags");
        return;
    }
    for (int i = 0; i < FEATURES; i++) {
        char word[32];
        snprintf(word, sizeof word, " %s ", kernel_names[i]);
        bool listed = strstr(flags, word) != NULL;
        ck_assert_msg((ae_features_missing(UINT64_C(1) << i) == NULL) == listed, "%s: the system says %s",
                      kernel_names[i], listed ? "yes" : "no");
    }
}
END_TEST

START_TEST(has_what_it_is_compiled_for) {
    ck_assert_ptr_null(ae_features_missing(0));
    ck_assert_ptr_null(ae_features_missing(AE_FEATURES));
#ifdef __AVX512VL__
    ck_assert(AE_FEATURES >> 23 & 1);
#else
    ck_assert(!(AE_FEATURES >> 23 & 1));
#endif
#ifdef __FMA__
    ck_assert(AE_FEATURES >> 15 & 1);
#else
    ck_assert(!(AE_FEATURES >> 15 & 1));
#endif
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("features");
    tcase_add_test(cases, agrees_with_the_system);
    tcase_add_test(cases, has_what_it_is_compiled_for);
    return suite_run("features", cases);
}
