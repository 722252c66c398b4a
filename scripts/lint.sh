#!/bin/sh
# Compiles our code and the generated C with both compilers and -Werror, and runs clang-tidy and clang-format over our
# code. All checks run; the exit code is 1 if any check fails.
cd "$(dirname "$0")/.." || exit 1
status=0
note() { printf '%s\n' "$*"; }
ours=$(find base grammar compiler runtime driver pages tests/unit tests/interpreter -name '*.[ch]')
jobs=$(nproc 2>/dev/null || echo 1)

for compiler in gcc clang; do
    note "lint: $compiler -Werror"
    tests=$(find tests/unit -name 'test_*.c' | sed "s,.*/\(.*\)\.c$,build/lint-$compiler/tests/\1,")
    ${MAKE:-make} --no-print-directory -j"$jobs" all $tests BUILD=build/lint-$compiler CC=$compiler WERROR=-Werror || status=1
    for source in generated/*.c; do
        case $source in
        *.avx512.c) flags="-mavx512f -mfma" ;;
        *.avx2.c) flags="-mavx2 -mfma" ;;
        *.neon.c) continue ;;    # make check-neon compiles it
        *) flags= ;;
        esac
        $compiler -std=c11 -Wall -Wextra -Werror -ffp-contract=off $flags -iquote . -fsyntax-only "$source" || status=1
    done
done

note "lint: clang-tidy"
# One process per file: clang-tidy reports the va_list of a second file as uninitialised.
printf '%s\n' $ours | grep '\.c$' | xargs -P "$jobs" -I FILE clang-tidy --quiet FILE -- -std=c11 \
    -D_POSIX_C_SOURCE=200809L -iquote . -iquote build/lint-gcc 2>/dev/null || status=1

note "lint: clang-format"
clang-format --dry-run -Werror $ours || status=1
exit $status
