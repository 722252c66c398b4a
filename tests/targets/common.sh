# Sourced by the bash scripts of this folder: the targets, which of them this machine can run, and how. Sets ROOT,
# BUILD, AESPEC, HERE, PYTHON; the runtimes of trainers are in $BUILD/targets and $BUILD/neon.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
AESPEC=$BUILD/aespec PYTHON=${PYTHON:-python3}
RUN_SECONDS=${RUN_SECONDS:-600}
status=0
export ROOT BUILD AESPEC PYTHON RUN_SECONDS LC_ALL=C.UTF-8
unset MAKEFLAGS MFLAGS CFLAGS

command -v gcc >/dev/null && command -v clang >/dev/null || { echo "gcc and clang are needed"; exit 77; }

# The targets, the one that the others are compared with first.
ALL_TARGETS=$(sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\),.*/\1/p' "$ROOT/language/targets.def")

processor_has() {    # FEATURE...: as /proc/cpuinfo names them
    local feature
    for feature; do
        grep -qwE "^(flags|Features)\s.*\b$feature" /proc/cpuinfo || return 1
    done
}

neon_native() { [ "$(uname -m)" = aarch64 ]; }

# The programs of the group neon of scripts/deps.sh. The loader for qemu comes with the libraries of arm64.
neon_emulated() {
    command -v qemu-aarch64 && command -v aarch64-linux-gnu-gcc && [ -e /lib/ld-linux-aarch64.so.1 ] &&
        [ "$(aarch64-linux-gnu-gcc -print-file-name=libjansson.a)" != libjansson.a ]
} >/dev/null 2>&1

target_runs() {
    case $1 in
    scalar) ;;
    avx512) processor_has avx512f fma ;;
    avx2) processor_has avx2 fma ;;
    neon) neon_native || neon_emulated ;;
    *) echo "target_runs of tests/targets/common.sh has no line for $1" >&2; exit 1 ;;
    esac
}

targets_here() {
    local target
    for target in $ALL_TARGETS; do
        target_runs "$target" && printf '%s ' "$target"
    done
}

# TARGETS from the environment, else all targets that this machine can run.
TARGETS=${TARGETS:-$(targets_here)}
export TARGETS

# target_compiler TARGET gcc|clang: CC for it.
target_compiler() {
    case $1.$2 in
    neon.gcc) neon_native && echo gcc || echo aarch64-linux-gnu-gcc ;;
    neon.clang) neon_native && echo clang || echo clang --target=aarch64-linux-gnu ;;
    *) echo "$2" ;;
    esac
}

target_runtime() {
    [ "$1" = neon ] && ! neon_native && echo "$BUILD/neon" || echo "$BUILD/targets/runtime"
}

# Builds the runtimes of TARGETS; a lock keeps scripts from building at the same time.
make_runtimes() {
    local target compiler folder
    mkdir -p "$BUILD/targets"
    for target in $TARGETS; do
        folder=$(target_runtime "$target")
        compiler=$(target_compiler "$target" gcc)
        # Relative to the checkout, because make does not support blanks in its path.
        flock "$BUILD/targets/lock" ${MAKE:-make} -C "$ROOT" --no-print-directory runtime BUILD="${folder#"$ROOT/"}" \
            CC="$compiler" CFLAGS=-O2 >"$BUILD/targets/make.log" 2>&1 || { cat "$BUILD/targets/make.log"; return 1; }
    done
}

# target_build TARGET gcc|clang FLAGS SPEC TRAINER
target_build() {
    CC=${COMPILER:-$(target_compiler "$1" "$2")} CFLAGS="$3 -Wall -Wextra -Werror" AESPEC_RUNTIME=$(target_runtime "$1") \
        "$AESPEC" build "$4" --target="$1" -o "$5" >/dev/null
}

# Without fma instructions each multiply-add of scalar C is a function call.
scalar_flags() { processor_has fma && [ "$(uname -m)" = x86_64 ] && echo -mfma; }

# native_flags TARGET: the flags for this machine's processor; none for an emulated target.
native_flags() { [ "$1" = neon ] && ! neon_native || echo -march=native; }

# target_run TARGET TRAINER FLAG...   A trainer that does not end is killed with SIGKILL, because other signals only end
# it after a step. qemu is run without -L: the loader and the C library must be of one package.
target_run() {
    local target=$1 emulator=
    shift
    [ "$target" = neon ] && ! neon_native && emulator=qemu-aarch64
    timeout -s KILL "$RUN_SECONDS" $emulator "$@"
}

# finish EQUAL ALL: prints the last line and sets the status.
finish() {
    local target missing=
    for target in $ALL_TARGETS; do
        case " $TARGETS " in *" $target "*) ;; *) missing="$missing, without $target" ;; esac
    done
    echo "$1 of $2 equal: ${TARGETS% }$missing"
    [ "$1" -eq "$2" ] || status=1
}
