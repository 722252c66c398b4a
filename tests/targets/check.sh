#!/usr/bin/env bash
# tests/targets/check.sh [COUNT [SEED [FIRST]]]   random specs: every target gives the same bytes as scalar. Each spec
# of make_specs.py is built for each target that this machine can run (or TARGETS), by gcc and clang and with -O1 and
# -O2 in turn, every third with -march=native, and trained for a few steps with 1, 2, 3 and 7 threads in turn. Weights,
# metrics, the trace, and the output of evaluate, encode and reconstruct must be the same bytes. The last line has the
# counts.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
FILES="run/weights.safetensors run/metrics.csv trace.csv evaluate.txt code.npy pair.npy"

# Runs the trainer of one target in its folder: try_target TARGET NUMBER THREADS FLAG...
try_target() {
    local target=$1 data=$FOLDER/$2.idx threads=$3
    shift 3
    target_run "$target" ./trainer train --data "$data" --out run --trace trace.csv --quiet --threads "$threads" "$@" &&
        target_run "$target" ./trainer evaluate --weights run --data "$data" --threads "$threads" >evaluate.txt &&
        target_run "$target" ./trainer encode --weights run --data "$data" --threads "$threads" -o code.npy &&
        target_run "$target" ./trainer reconstruct --weights run --data "$data" --count 3 -o pair.npy
}

# Prints the first difference between two folders; returns 1 if there is one.
compare() {
    local file
    for file in $FILES; do
        cmp "$1/$file" "$2/$file" && continue
        case $file in
        *.csv | *.txt) diff "$1/$file" "$2/$file" | head -n 6 ;;
        *) "$PYTHON" "$HERE/difference.py" "$1/$file" "$2/$file" ;;
        esac
        return 1
    done
}

tell() { printf '%s\n' "$*" "$(head -n 20 words)" >>"$scratch/log"; }

# one NUMBER: writes a line to $FOLDER/results; a failure is printed immediately, in one piece.
one() {
    local number=$1 place=0 scratch first= verdict=equal target compiler flags threads how
    local compilers=(gcc clang) counts=(1 2 3 7)
    scratch=$(mktemp -d) || exit 3
    export XDG_CACHE_HOME=$scratch/cache
    for target in $TARGETS; do
        compiler=${compilers[$(((number + place) % 2))]}
        flags="-O$((1 + (number / 2 + place) % 2)) -Wall -Wextra -Werror"
        threads=${counts[$(((number + place) % 4))]}
        # every third number is compiled with -march=native, the default of aespec
        [ $((number % 3)) -ne 0 ] || flags="$flags $(native_flags "$target")"
        # every eighth number calls fmaf
        [ "$target" != scalar ] || [ $((number % 8)) -eq 0 ] || flags="$flags $(scalar_flags)"
        how="$compiler $flags, $threads threads"
        mkdir "$scratch/$target" && cd "$scratch/$target" || exit 3
        if ! { target_build "$target" $compiler "$flags" "$FOLDER/$number.aespec" trainer &&
            try_target "$target" "$number" "$threads" $(cat "$FOLDER/$number.flags"); } >words 2>&1; then
            tell "FAILED number $number: $target, $how: it does not build or run"
            verdict=failed
        elif [ -n "$first" ] && ! compare "$scratch/$first" . >words 2>&1; then
            tell "FAILED number $number: $target ($how) is not $first"
            verdict=failed
        fi
        first=${first:-$target}
        place=$((place + 1))
    done
    if [ $verdict = failed ]; then
        cat "$scratch/log" "$FOLDER/$number.aespec" - <<END
train $(cat "$FOLDER/$number.flags")
again: tests/targets/check.sh 1 $SEED $number
END
    fi
    echo "$verdict $number" >>"$FOLDER/results"
    rm -rf "$scratch"
}

# The comparison must detect another seed, and a compiler with contraction, in one of these specs.
check_the_check() {
    local number scratch found=
    scratch=$(mktemp -d) || exit 3
    export XDG_CACHE_HOME=$scratch/cache
    cat >"$scratch/fusing" <<'END'
#!/bin/sh
for word; do
    shift
    [ "$word" = -ffp-contract=off ] && word=-ffp-contract=fast
    set -- "$@" "$word"
done
exec gcc "$@"
END
    chmod +x "$scratch/fusing"
    for number; do
        for name in fine seed fusing; do mkdir -p "$scratch/$number/$name"; done
        cd "$scratch/$number/fine" || exit 3
        target_build scalar gcc "-O1 $(scalar_flags)" "$FOLDER/$number.aespec" trainer &&
            try_target scalar "$number" 1 $(cat "$FOLDER/$number.flags") || exit 3
        cp trainer ../seed && cd ../seed || exit 3
        try_target scalar "$number" 1 $(cat "$FOLDER/$number.flags") --seed 77 || exit 3
        cd ../fusing || exit 3
        COMPILER="$scratch/fusing" target_build scalar gcc "-O2 -mfma" "$FOLDER/$number.aespec" trainer &&
            try_target scalar "$number" 1 $(cat "$FOLDER/$number.flags") || exit 3
        cd .. || exit 3
        compare fine seed >seed.words && { echo "FAILED another seed of number $number was not found"; return 1; }
        compare fine fusing >fusing.words || found=yes
        [ -n "$found" ] && break
    done
    rm -rf "$scratch"
    [ -n "$found" ] || ! [ "$(scalar_flags)" ] || { echo "FAILED fused multiply-adds were not found"; return 1; }
}

if [ "${1:-}" = --one ]; then
    one "$2"
    exit
fi

count=${1:-16} SEED=${2:-1} first_number=${3:-1}
FOLDER=$(mktemp -d) || exit 3
trap 'rm -rf "$FOLDER"' EXIT
export FOLDER SEED
make_runtimes || exit 1
"$PYTHON" "$HERE/make_specs.py" "$FOLDER" "$count" --seed "$SEED" --first "$first_number" || exit 1
numbers=$(seq "$first_number" $((first_number + count - 1)))
: >"$FOLDER/results"
printf '%s\n' $numbers | xargs -P 2 -n 1 "$HERE/check.sh" --one
check_the_check $(printf '%s\n' $numbers | head -n 6) || status=1
finish "$(grep -c ^equal "$FOLDER/results")" "$count"
exit $status
