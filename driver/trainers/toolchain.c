#include "driver/trainers/toolchain.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "compiler/compiler.h"

// Flags that let a C compiler change the results of arithmetic, or that change the processor's control word. An entry
// that ends in '*' is a prefix.
static const char *const inexact[] = {"-ffast-math",
                                      "-Ofast",
                                      "-funsafe-math-optimizations",
                                      "-fassociative-math",
                                      "-freciprocal-math",
                                      "-ffinite-math-only",
                                      "-fno-honor-nans",
                                      "-fno-honor-infinities",
                                      "-fno-signed-zeros",
                                      "-fapprox-func",
                                      "-ffp-model=fast",
                                      "-ffp-model=aggressive",
                                      "-fdenormal-fp-math=preserve-sign*",
                                      "-fdenormal-fp-math=positive-zero*",
                                      "-fsingle-precision-constant",
                                      "-mdaz-ftz",
                                      "-mfpmath=387",
                                      "-mfpmath=both",
                                      "-mfpmath=sse,387",
                                      "-mfpmath=387,sse",
                                      "-mfpmath=sse+387",
                                      "-mpc32",
                                      "-mpc64",
                                      "-mrecip*"};

static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value && value[strspn(value, " \t\n")] ? value : NULL;
}

static bool compiler_speaks(struct arena *arena, struct toolchain *toolchain) {
    struct words question = {0};
    for (size_t i = 0; i < toolchain->compiler.count; i++)
        words_add(arena, &question, toolchain->compiler.word[i]);
    words_add(arena, &question, "--version");
    struct buffer answer = {0};
    bool speaks = process_read(&question, &answer) == 0 && answer.length > 0;
    if (speaks) toolchain->identity = arena_copy(arena, answer.text, strcspn(answer.text, "\n"));
    buffer_free(&answer);
    return speaks;
}

static int find_compiler(struct arena *arena, struct toolchain *toolchain) {
    static const char *const candidates[] = {"cc", "gcc", "clang"};
    const char *chosen = environment("CC");
    for (size_t i = 0; i < (chosen ? 1 : sizeof candidates / sizeof *candidates); i++) {
        toolchain->compiler = (struct words){0};
        words_split(arena, &toolchain->compiler, chosen ? chosen : candidates[i]);
        if (compiler_speaks(arena, toolchain)) return EXIT_OK;
    }
    if (chosen)
        return message_error(EXIT_COMPILER,
                             "the C compiler '%s' (from CC) does not run; install it or set CC to another compiler",
                             chosen);
    return message_error(
        EXIT_COMPILER, "no C compiler found (cc, gcc or clang); install gcc, on Debian and Ubuntu: apt-get install gcc "
                       "libc6-dev");
}

// Whether the compiler accepts all of `flags`, separated by blanks.
static bool compiler_takes(struct arena *arena, const struct toolchain *toolchain, const char *flags) {
    struct words trial = {0};
    for (size_t i = 0; i < toolchain->compiler.count; i++)
        words_add(arena, &trial, toolchain->compiler.word[i]);
    words_split(arena, &trial, flags);
    words_split(arena, &trial, "-Werror -x c -c -o /dev/null /dev/null");
    struct buffer nothing = {0};
    bool takes = process_read(&trial, &nothing) == 0;
    buffer_free(&nothing);
    return takes;
}

// Flags that some compilers do not support. They are first tried together, because most compilers support all of them.
// Small copies: with vectors of 512 bits, gcc 12 and 13 may copy or clear a misaligned local array with aligned stores,
// which fault (GCC bug 109780).
enum { NATIVE, NO_AVX512, NO_COMMONING, SMALL_COPIES, OPTIONAL_FLAGS };
static const char *const optional_flags[] = {"-march=native", "-mno-avx512f", "-fno-predictive-commoning",
                                             "-mmove-max=128 -mstore-max=128"};

static void probe_flags(struct arena *arena, const struct toolchain *toolchain, bool flags[OPTIONAL_FLAGS]) {
    const char *all = "";
    for (int i = 0; i < OPTIONAL_FLAGS; i++)
        if (flags[i]) all = arena_print(arena, "%s %s", all, optional_flags[i]);
    if (compiler_takes(arena, toolchain, all)) return;
    for (int i = 0; i < OPTIONAL_FLAGS; i++)
        flags[i] = flags[i] && compiler_takes(arena, toolchain, optional_flags[i]);
}

// Flags for the instructions of each target. Instructions of larger targets are disabled, so that a trainer for avx2
// that was built on another machine runs on processors with avx2 only.
static const char *const target_flags[TARGETS] = {
#define TARGET(id, name, macro, flags, ...) flags,
#include "language/targets.def"
};

static bool is_inexact(const char *flag) {
    for (size_t i = 0; i < sizeof inexact / sizeof *inexact; i++) {
        size_t length = strcspn(inexact[i], "*");
        if (strncmp(flag, inexact[i], length) == 0 && (inexact[i][length] || !flag[length])) return true;
    }
    // Start-up code of gcc that disables denormal numbers.
    return strstr(flag, "crtfastmath") != NULL;
}

// `name` is the environment variable of the words.
static int check_flags(const char *name, const struct words *words) {
    for (size_t i = 0; i < words->count; i++) {
        if (is_inexact(words->word[i]))
            return message_error(EXIT_USAGE,
                                 "%s has %s, which changes results; trainers must compute the same numbers everywhere",
                                 name, words->word[i]);
        if (words->word[i][0] == '@')
            return message_error(EXIT_USAGE, "%s has %s; files of flags are not allowed: write the flags themselves",
                                 name, words->word[i]);
    }
    return EXIT_OK;
}

static int find_flags(struct arena *arena, enum target target, struct toolchain *toolchain) {
    const char *chosen = getenv("CFLAGS");
    words_split(arena, &toolchain->flags, chosen ? chosen : "-O2");
    int code = check_flags("CFLAGS", &toolchain->flags);
    if (code == EXIT_OK) code = check_flags("CC", &toolchain->compiler);
    if (code != EXIT_OK) return code;
    // Flags known only to gcc are not tried with clang, which would cost a compiler run each.
    bool gcc = !strstr(toolchain->identity, "clang");
    bool takes[OPTIONAL_FLAGS] = {
        [NATIVE] = !chosen, [NO_AVX512] = target == TARGET_AVX2, [NO_COMMONING] = gcc, [SMALL_COPIES] = gcc};
    probe_flags(arena, toolchain, takes);
    if (takes[NATIVE]) words_add(arena, &toolchain->flags, optional_flags[NATIVE]);
    words_split(arena, &toolchain->flags, target_flags[target]);
    if (takes[NO_AVX512]) words_add(arena, &toolchain->flags, optional_flags[NO_AVX512]);
    // -fPIE, because the library is compiled with it and some compilers do not use it by default.
    words_split(arena, &toolchain->flags, "-std=c11 -fPIE -ffp-contract=off -fno-fast-math");
    if (takes[NO_COMMONING]) words_add(arena, &toolchain->flags, optional_flags[NO_COMMONING]);
    if (takes[SMALL_COPIES]) words_split(arena, &toolchain->flags, optional_flags[SMALL_COPIES]);
    return EXIT_OK;
}

// The path of the running program, with symbolic links resolved; NULL if the system does not provide it.
static const char *path_of_this_program(struct arena *arena) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length > 0 && (size_t)length < sizeof path ? arena_copy(arena, path, (size_t)length) : NULL;
}

static bool is_library(struct arena *arena, const char *folder) {
    return file_exists(arena_print(arena, "%s/libaespec_runtime.a", folder)) &&
           file_exists(arena_print(arena, "%s/include/runtime/api/model.h", folder));
}

static int find_library(struct arena *arena, struct toolchain *toolchain) {
    const char *chosen = environment("AESPEC_RUNTIME");
    const char *program = path_of_this_program(arena);
    const char *beside = program ? path_folder(arena, program) : ".";
    const char *installed = arena_print(arena, "%s/../lib/aespec", beside);
    const char *folder = chosen ? chosen : is_library(arena, beside) ? beside : installed;
    if (!is_library(arena, folder))
        return message_error(
            EXIT_FILE,
            "the runtime library (libaespec_runtime.a, include/runtime/api/model.h) is not in %s; set AESPEC_RUNTIME "
            "to its folder",
            folder);
    toolchain->library = folder;
    toolchain->include = arena_print(arena, "%s/include", folder);
    return EXIT_OK;
}

// The meaning of -march=native depends on the machine, and several machines may share a home folder.
static const char *find_machine(struct arena *arena) {
    struct buffer processors = {0};
    file_try_read("/proc/cpuinfo", &processors);
    static const char *const keys[] = {"\nflags", "\nFeatures"};
    const char *machine = "";
    for (size_t i = 0; processors.length > 0 && i < sizeof keys / sizeof *keys; i++) {
        const char *line = strstr(processors.text, keys[i]);
        if (line) machine = arena_copy(arena, line + 1, strcspn(line + 1, "\n"));
    }
    buffer_free(&processors);
    return machine;
}

int toolchain_find(struct arena *arena, enum target target, struct toolchain *toolchain) {
    *toolchain = (struct toolchain){.machine = find_machine(arena)};
    int code = find_library(arena, toolchain);
    if (code == EXIT_OK) code = find_compiler(arena, toolchain);
    if (code == EXIT_OK) code = find_flags(arena, target, toolchain);
    return code;
}

const char *toolchain_flags(struct arena *arena, const struct toolchain *toolchain) {
    struct buffer flags = {0};
    for (size_t i = 0; i < toolchain->flags.count; i++)
        buffer_print(&flags, "%s%s", i ? " " : "", toolchain->flags.word[i]);
    const char *text = arena_copy(arena, flags.text, flags.length);
    buffer_free(&flags);
    return text;
}
