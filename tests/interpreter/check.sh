#!/usr/bin/env bash
# tests/interpreter/check.sh [COUNT [SEED [ENTRIES]]]   compares the graph's interpreter with generated C. For COUNT
# random specs of tests/targets/make_specs.py and those of tests/gradient: the results of encode, decode and measure,
# and the terms and gradients of a training step, in double within 1e-9 of a tensor's largest element, and in float, on
# the targets in turn, within 1e-4. Also ENTRIES gradients of each parameter against central differences of the
# interpreter, within 1e-6.
ROOT=${ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
HERE=$ROOT/tests/interpreter
BUILD=${BUILD:-$ROOT/build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
AESPEC=${AESPEC:-$BUILD/aespec} CC=${CC:-cc} PYTHON=${PYTHON:-python3}
count=${1:-10} SEED=${2:-1} ENTRIES=${3:-3}
FLAGS="-std=c11 -D_POSIX_C_SOURCE=200809L -O1 -ffp-contract=off -iquote $ROOT -iquote $BUILD"
# The library of `make sanitize` must be linked with the sanitizers.
SANITIZERS=
nm "$BUILD/libaespec_compiler.a" 2>/dev/null | grep -q __asan_ && SANITIZERS=-fsanitize=address,undefined
export ROOT HERE BUILD AESPEC CC SEED ENTRIES FLAGS SANITIZERS

processor_has() { grep -qwE "^(flags|Features)\s.*\b$1" /proc/cpuinfo; }
TARGETS=scalar
processor_has avx2 && processor_has fma && TARGETS="$TARGETS avx2"
processor_has avx512f && TARGETS="$TARGETS avx512"
export TARGETS

target_flags() {
    case $1 in
    avx2) echo -mavx2 -mfma ;;
    avx512) echo -mavx512f -mfma ;;
    scalar) processor_has fma && [ "$(uname -m)" = x86_64 ] && echo -mfma ;;
    esac
}

# build REAL TARGET SPEC FOLDER   makes FOLDER/compare
build() {
    local define= name
    [ "$1" = double ] && define=-DAE_REAL_DOUBLE
    "$AESPEC" emit "$3" --real="$1" --target="$2" -o "$4/model.c" &&
        name=$(sed -n 's/^const struct ae_model \(.*\) = {$/\1/p' "$4/model.c") &&
        echo "const struct ae_model *const checked_model = &$name;" >>"$4/model.c" &&
        $CC $FLAGS -O0 $define $(target_flags "$2") -c -o "$4/model.o" "$4/model.c" &&
        $CC $SANITIZERS -o "$4/compare" "$FOLDER/compare.$1.o" "$FOLDER/generated.$1.o" "$FOLDER/networks.$1.o" "$FOLDER/random.$1.o" \
            "$4/model.o" "$BUILD/libaespec_compiler.a" -lm
}

# one NUMBER SPEC: a line in $FOLDER/results
one() {
    local number=$1 spec=$2 real target tolerance scratch samples verdict=equal
    local targets=($TARGETS) counts=(3 17 1 37)
    scratch=$(mktemp -d) || exit 3
    samples=${counts[$((number % 4))]}
    # Specs with large images are slow to interpret.
    [ "$(wc -c <"$spec")" -gt 100000 ] && samples=1
    for real in double float; do
        target=scalar tolerance=1e-9
        [ $real = float ] && target=${targets[$((number % ${#targets[@]}))]} tolerance=1e-4
        if ! build $real "$target" "$spec" "$scratch" >"$scratch/log" 2>&1 ||
            ! "$scratch/compare" "$spec" "$samples" $tolerance $([ $real = double ] && echo "$ENTRIES" || echo 0) >>"$scratch/log" 2>&1; then
            verdict=failed
            { echo "FAILED $spec: $real, $target, $samples samples"; head -n 12 "$scratch/log"; sed 's/^/    /' "$spec"; } >"$scratch/words"
            cat "$scratch/words"
        fi
    done
    echo "$verdict" >>"$FOLDER/results"
    rm -rf "$scratch"
}

if [ "${1:-}" = --one ]; then
    FOLDER=$4 one "$2" "$3"
    exit
fi

FOLDER=$(mktemp -d) || exit 3
trap 'rm -rf "$FOLDER"' EXIT
export FOLDER
"$PYTHON" "$ROOT/tests/targets/make_specs.py" "$FOLDER" "$count" --seed "$SEED" || exit 3
for real in double float; do
    define=
    [ $real = double ] && define=-DAE_REAL_DOUBLE
    for source in interpreter/compare interpreter/generated unit/networks; do
        $CC $FLAGS $define -c -o "$FOLDER/$(basename $source).$real.o" "$ROOT/tests/$source.c" || exit 3
    done
    $CC $FLAGS $define -c -o "$FOLDER/random.$real.o" "$ROOT/runtime/numbers/random.c" || exit 3
done
specs=$({ ls "$FOLDER"/*.aespec; ls "$ROOT"/tests/gradient/*.aespec; })
number=0 work=
: >"$FOLDER/results"
for spec in $specs; do
    work="$work$number $spec $FOLDER"$'\n'
    number=$((number + 1))
done
printf %s "$work" | xargs -P 2 -L 1 "$HERE/check.sh" --one
status=0
# The comparison must fail if an element of each tensor is wrong.
for real in double float; do
    tolerance=1e-9
    [ $real = float ] && tolerance=1e-4
    mkdir "$FOLDER/spoilt.$real" && build $real scalar "$ROOT/tests/gradient/losses.aespec" "$FOLDER/spoilt.$real" || exit 3
    "$FOLDER/spoilt.$real/compare" "$ROOT/tests/gradient/losses.aespec" 3 $tolerance 0 --spoil >/dev/null
    [ $? -eq 1 ] || { echo "FAILED a spoilt tensor was not found ($real)"; status=1; }
done
equal=$(grep -c ^equal "$FOLDER/results")
echo "$equal of $number specs agree with the interpreter: $TARGETS"
[ "$equal" -eq "$number" ] || status=1
exit $status
