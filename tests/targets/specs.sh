#!/usr/bin/env bash
# tests/targets/specs.sh [all]   the five specs of specs/: every target gives the same bytes of weights, metrics and
# trace as scalar. Each trains one epoch of MNIST with a smaller last batch. Without `all` each target is built once, by
# gcc and clang and with -O1, -O2 and -O3 in turn, and runs with 1, 2, 3 or 7 threads in turn; with `all` by both
# compilers, at all three levels, and each trainer runs with all four. Prints a line for each comparison; the last line
# has the counts.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
DATA=$ROOT/data/mnist
threads_all="1 2 3 7"

# Samples of an epoch: fewer on emulated processors, where multiply-adds are slow.
samples() {    # SPEC TARGET
    case $1.$([ "$2" = neon ] && ! neon_native && echo emulated).${MODE:-brief} in
    aec*.emulated.*) echo 24 ;;
    *.emulated.* | aec*.brief) echo 72 ;;
    *) echo 200 ;;
    esac
}

# train SPEC TARGET TRAINER SAMPLES THREADS FOLDER: 24 = 16 + 8 samples, 72 = 56 + 16, 200 = 3 * 56 + 32
train() {
    local batch=56
    [ "$4" -gt 56 ] || batch=16
    target_run "$2" "$3" train --data "$DATA" --limit "$4" --batch $batch --epochs 1 --out "$6" --trace "$6.csv" \
        --quiet --threads "$5" >"$6.words" 2>&1 || { head -n 20 "$6.words"; return 1; }
}

same() {
    cmp "$1/weights.safetensors" "$2/weights.safetensors" && cmp "$1/metrics.csv" "$2/metrics.csv" &&
        cmp "$1.csv" "$2.csv"
}

say() {    # equal|FAILED WORDS
    echo "$2: $1"
    echo "$1" >>results
}

# The reference run of the scalar trainer with one thread: reference.SAMPLES
references() {
    local count
    target_build scalar gcc "-O1 $(scalar_flags)" "$SPEC" reference || return
    for count in $(for target in $TARGETS; do samples "$NAME" "$target"; done | sort -un); do
        train "$NAME" scalar ./reference "$count" 1 "reference.$count" || return
    done
    train "$NAME" scalar ./reference 24 1 seed.1 && train "$NAME" scalar "./reference" 24 1 seed.2 || return
}

# compare TARGET COMPILER LEVEL THREADS...: builds, and runs with each number of threads
compare() {
    local target=$1 compiler=$2 level=$3 flags=$3 threads count words verdict
    shift 3
    words="$NAME: $target, $compiler $level"
    [ "$target" != scalar ] || flags="$level $(scalar_flags)"
    target_build "$target" "$compiler" "$flags" "$SPEC" trainer || { say FAILED "$words"; return; }
    count=$(samples "$NAME" "$target")
    for threads; do
        verdict=FAILED
        train "$NAME" "$target" ./trainer "$count" "$threads" run && same "reference.$count" run && verdict=equal
        say $verdict "$words, $threads threads"
        rm -rf run run.csv
    done
}

# The comparison must detect one changed bit in the last byte of the weights, and another order of the samples.
check_the_check() {
    local file=seed.2/weights.safetensors last
    same seed.1 seed.2 || return
    last=$(tail -c 1 $file | od -An -tu1)
    head -c -1 $file >spoilt && printf "\\$(printf %o $((last ^ 1)))" >>spoilt && mv spoilt $file
    same seed.1 seed.2 && return 1
    target_run scalar ./reference train --data "$DATA" --limit 24 --batch 16 --epochs 1 --out other --trace other.csv \
        --quiet --threads 1 --seed 2
    ! same seed.1 other
} >/dev/null 2>&1

# one SPEC MODE NUMBER: runs in its own folder
one() {
    local place=$(($3 * 5)) target compiler level compilers=(gcc clang) levels=(-O1 -O2 -O3) counts=($threads_all)
    SPEC=$ROOT/specs/$1.aespec NAME=$1 MODE=$2
    export XDG_CACHE_HOME=$PWD/cache
    : >results
    references || { say FAILED "$NAME: scalar"; return; }
    check_the_check || say FAILED "$NAME: the comparison finds no difference"
    for target in $TARGETS; do
        if [ "$MODE" = all ]; then
            for compiler in "${compilers[@]}"; do
                for level in -O1 -O2 -O3; do compare "$target" "$compiler" "$level" $threads_all; done
            done
            continue
        fi
        place=$((place + 1))
        compare "$target" "${compilers[$((place % 2))]}" "${levels[$((place % 3))]}" "${counts[$((place % 4))]}"
    done
}

if [ "${1:-}" = --one ]; then
    mkdir -p "$FOLDER/$2" && cd "$FOLDER/$2" && one "$2" "$3" "$4"
    exit
fi

FOLDER=$(mktemp -d) || exit 3
trap 'rm -rf "$FOLDER"' EXIT
export FOLDER
make_runtimes || exit 1
names=$(for spec in "$ROOT"/specs/*.aespec; do basename "$spec" .aespec; done)
printf '%s\n' $names | awk -v mode="${1:-brief}" '{ print "--one", $1, mode, NR }' |
    xargs -P 2 -n 4 "$HERE/specs.sh"
equal=$(cat "$FOLDER"/*/results | grep -c equal)
all=$(cat "$FOLDER"/*/results | grep -c .)
finish "$equal" "$all"
for name in $names; do grep -q equal "$FOLDER/$name/results" || status=1; done
exit $status
