#!/usr/bin/env bash
# tests/gradient/run.sh [SPEC...]   compares gradients of generated C in double with central differences. Without SPEC:
# all specs of specs/ and the small ones here, which together have every layer, activation and term. Each small spec
# also runs with a batch of 37, which makes two slots of samples, and one with 272, which makes 16.
ROOT=${ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
HERE=$ROOT/tests/gradient
BUILD=${BUILD:-$ROOT/build}
AESPEC=${AESPEC:-$BUILD/aespec}
CC=${CC:-cc}
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
status=0

flags="-std=c11 -D_POSIX_C_SOURCE=200809L -DAE_REAL_DOUBLE -O2 -ffp-contract=off"
# Without fma instructions each multiply-add is a function call.
$CC -march=native -fsyntax-only -x c /dev/null 2>/dev/null && flags="-march=native $flags"
for source in "$HERE/check.c" "$ROOT/runtime/numbers/random.c"; do
    $CC $flags -iquote "$ROOT" -c -o "$folder/$(basename "$source" .c).o" "$source" || exit 3
done

fail() { echo "FAILED $*"; status=1; }

# build SPEC [OPTION...]   makes $folder/check
build() {
    local name
    "$AESPEC" emit "$@" --real=double -o "$folder/model.c" &&
        name=$(sed -n 's/^const struct ae_model \(.*\) = {$/\1/p' "$folder/model.c") &&
        echo "const struct ae_model *const checked_model = &$name;" >>"$folder/model.c" &&
        { $CC $flags -iquote "$ROOT" -c -o "$folder/model.o" "$folder/model.c" 2>"$folder/errors" || ! head -n 4 "$folder/errors"; } &&
        $CC -o "$folder/check" "$folder/check.o" "$folder/random.o" "$folder/model.o" -lm
}

# check BATCHES SPEC [OPTION...]
check() {
    local batches=$1 batch
    shift
    build "$@" || { fail "$*: it does not build"; return; }
    for batch in $batches; do
        "$folder/check" "$batch" || fail "$* with a batch of $batch"
    done
}

# The check must fail if a gradient is wrong by one part in 100,000.
check_the_check() {
    build "$1" || { fail "$1: it does not build"; return; }
    "$folder/check" 3 --spoil >"$folder/out"
    [ $? -eq 1 ] && [ "$(grep -c WRONG "$folder/out")" -eq "$(grep -c "largest gradient" "$folder/out")" ] ||
        fail "a spoilt gradient of $1 was not found"
}

if [ $# -gt 0 ]; then
    for spec in "$@"; do check "1 3 37" "$spec"; done
    exit $status
fi
check_the_check "$HERE/activations.aespec"
for spec in "$HERE"/*.aespec; do check "3 37" "$spec"; done
check 272 "$HERE/losses.aespec"
for spec in "$ROOT"/specs/*.aespec; do check 1 "$spec"; done
check 2 "$ROOT/specs/ael.aespec" --set p=0.1
exit $status
