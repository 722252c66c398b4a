#!/usr/bin/env bash
# tests/check.sh [PREFIX]   runs the tests whose name begins with PREFIX, all without one, two at a time.
#
# A test is named SUITE/NAME. There is no list of tests; every file in the folder of a suite is a test:
#   unit/NAME              build/tests/NAME passes
#   errors/NAME            `aespec check NAME.aespec` prints NAME.expect, exits with 1 and writes nothing
#   spec/NAME shapes/NAME graph/NAME plan/NAME nest/NAME   `aespec emit --dump=SUITE NAME.aespec` is NAME.expect; a
#                          graph is the same for every target
#   plan/NAME.TARGET nest/NAME.TARGET   the same for --target=TARGET; NAME.aespec may be in tests/graph
#   emit/NAME              `aespec emit NAME.aespec` is NAME.expect
#   format/NAME            `aespec fmt NAME.aespec` is NAME.expect, and so is `aespec fmt NAME.expect`
#   emit/SPEC.TARGET       `aespec emit --target=TARGET specs/SPEC.aespec` is generated/SPEC.TARGET.c
#   run/NAME commands/NAME install/NAME structure/NAME   NAME.sh, run in an empty folder, prints NAME.expect (stdout)
#   torch/CASE             tests/torch/compare.py CASE
# A script that checks a whole suite is also a test. A script that exits with 77 is skipped; its last line is the
# reason.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
ROOT=$PWD
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
AESPEC=$BUILD/aespec SPECS=$ROOT/specs TESTS=$ROOT/tests PYTHON=${PYTHON:-python3}
SCRIPTS="format/check targets/check targets/specs targets/emitted gradient/run interpreter/check shapes/check scale/check errors/fuzz errors/suggestions errors/reach structure/rooms"
RESULTS=${RESULTS:-}
export ROOT BUILD AESPEC SPECS TESTS PYTHON RESULTS CC
export XDG_CACHE_HOME=$BUILD/tests/cache LC_ALL=C.UTF-8

fail() { printf '%s\n' "$*" >>"$log"; status=failed; }

# compare WHAT EXPECTED FOUND: compares two files and logs the difference.
compare() {
    diff -u --label "expected: $1" --label "got" "$2" "$3" >>"$log" 2>&1 || status=failed
}

run_unit() { "$BUILD/tests/$1" >>"$log" 2>&1 || fail "exit $?"; }

run_errors() {
    local expect=$TESTS/errors/$1.expect
    cp "$TESTS/errors/$1.aespec" "$folder" && cd "$folder" || return
    "$AESPEC" check "$1.aespec" >../out 2>../err
    local code=$?
    "$AESPEC" check --ids "$1.aespec" 2>&1 >/dev/null |
        sed -n "s/^$1\.aespec:\([0-9]*:[0-9]*\): error: .*\[\([a-z0-9_]*\)\]\$/# \2 \1/p" >../ids
    [ $code -eq 1 ] || fail "expected exit 1, got exit $code"
    [ -s ../out ] && fail "expected nothing on stdout, got:" "$(cat ../out)"
    [ "$(ls -A)" = "$1.aespec" ] || fail "files were written:" "$(ls -A)"
    grep '^# [a-z0-9_]* [0-9]*:[0-9]*$' "$expect" >../header
    compare "errors and their places" ../header ../ids
    sed '1,/^[^#]/{/^# [a-z0-9_]* [0-9]*:[0-9]*$/d}' "$expect" >../body
    compare "messages" ../body ../err
}

run_dump() {    # SUITE NAME
    local spec targets=scalar target expect=$TESTS/$1/$2.expect
    spec=$(dump_spec "$1" "$2")
    case $2 in *.*) targets=${2##*.} ;; esac
    [ "$1" != graph ] || targets=$(sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\),.*/\1/p' language/targets.def)
    for target in $targets; do
        "$AESPEC" emit --dump="$1" --target="$target" "$spec" >"$scratch/out" 2>"$scratch/err" ||
            fail "exit $?: $(cat "$scratch/err")"
        compare "${expect#"$ROOT/"}" "$expect" "$scratch/out"
    done
}

dump_spec() {    # SUITE NAME: NAME.aespec or, for NAME.TARGET, that of NAME; in the suite or in tests/graph
    local suite name
    for suite in "$1" graph; do
        for name in "$2" "${2%.*}"; do
            [ ! -e "$TESTS/$suite/$name.aespec" ] || { echo "tests/$suite/$name.aespec"; return; }
        done
    done
    echo "tests/$1/$2.aespec"
}

run_emit() {
    local spec=$TESTS/emit/$1.aespec expect=$TESTS/emit/$1.expect target=scalar
    if [ ! -e "$spec" ]; then
        spec=specs/${1%.*}.aespec expect=$ROOT/generated/$1.c target=${1##*.}
    fi
    "$AESPEC" emit --target="$target" "$spec" >"$scratch/out" 2>"$scratch/err" || fail "exit $?: $(cat "$scratch/err")"
    compare "${expect#"$ROOT/"}" "$expect" "$scratch/out"
}

run_format() {
    local text
    for text in "$TESTS/format/$1.aespec" "$TESTS/format/$1.expect"; do
        "$AESPEC" fmt "$text" >"$scratch/out" 2>"$scratch/err" || fail "exit $?: $(cat "$scratch/err")"
        compare "tests/format/$1.expect" "$TESTS/format/$1.expect" "$scratch/out"
    done
}

# Sets the verdict of a script from its exit code.
judge() {
    [ "$1" -eq 77 ] && status=skipped && return
    [ "$1" -eq 0 ] || fail "exit $1"
}

run_output() {    # SUITE NAME
    cd "$folder" || return
    sh -u "$TESTS/$1/$2.sh" >"$scratch/out" 2>"$scratch/err" </dev/null
    local code=$?
    if [ $code -eq 77 ]; then
        tail -n 1 "$scratch/out" >>"$log"
        status=skipped
        return
    fi
    judge $code
    compare "tests/$1/$2.expect" "$TESTS/$1/$2.expect" "$scratch/out"
    [ $status = passed ] || { echo "stderr:"; tail -n 20 "$scratch/err"; } >>"$log"
}

run_script() {
    FUZZ_SECONDS=20 "$TESTS/$1.sh" >>"$log" 2>&1 </dev/null
    judge $?
}

run_torch() {
    "$PYTHON" "$TESTS/torch/compare.py" --aespec "$AESPEC" "$1" >>"$log" 2>&1 || fail "exit $?"
    grep -q '^skipped' "$log" && status=skipped
}

# Runs one test in its own process: writes the verdict to $RESULTS and a failure immediately to stdout.
run_one() {
    local suite=${1%%/*} name=${1#*/} status=passed log scratch folder
    scratch=$(mktemp -d) || exit 3
    log=$scratch/log folder=$scratch/folder
    mkdir "$folder"
    : >"$log"
    case " $SCRIPTS " in *" $1 "*) suite=script ;; esac
    case $suite in
    script) run_script "$1" ;;
    unit) run_unit "$name" ;;
    errors) run_errors "$name" ;;
    spec | shapes | graph | plan | nest) run_dump "$suite" "$name" ;;
    format) run_format "$name" ;;
    emit) run_emit "$name" ;;
    torch) run_torch "$name" ;;
    *) run_output "$suite" "$name" ;;
    esac
    printf '%s %s %s\n' "$status" "$1" "$(tail -n 1 "$log" | tr -d '\n')" >>"$RESULTS"
    [ "$status" != failed ] || { printf 'FAILED %s\n' "$1"; sed 's/^/    /' "$log"; }
    rm -rf "$scratch"
}

# Names of all tests, the slowest first.
list_tests() {
    local file name
    for name in $SCRIPTS; do [ -e "tests/$name.sh" ] && echo "$name"; done
    for file in tests/run/*.sh tests/commands/*.sh tests/install/*.sh tests/structure/*.sh; do [ -e "${file%.sh}.expect" ] && echo "${file%.sh}"; done
    for file in tests/torch/cases/*.aespec; do echo "torch/$(basename "$file" .aespec)"; done
    for file in tests/unit/test_*.c; do echo "unit/$(basename "$file" .c)"; done
    for file in specs/*.aespec; do echo "emit/$(basename "$file" .aespec).scalar"; done
    for file in generated/*.c; do echo "emit/$(basename "$file" .c)"; done
    for file in tests/errors/*.aespec tests/spec/*.aespec tests/shapes/*.aespec tests/graph/*.aespec tests/format/*.aespec tests/emit/*.aespec; do
        echo "${file%.aespec}"
    done
    # A spec of plans or nests has an expectation for one target or several.
    for file in tests/plan/*.aespec tests/nest/*.aespec; do
        ls "${file%.aespec}".*expect >/dev/null 2>&1 || echo "${file%.aespec}"
    done
    for file in tests/plan/*.expect tests/nest/*.expect; do echo "${file%.expect}"; done
}

if [ "${1:-}" = --one ]; then
    run_one "$2"
    exit
fi

prefix=${1:-}
prefix=${prefix#tests/}
RESULTS=$(mktemp) || exit 3
trap 'rm -f "$RESULTS"' EXIT
all=$(list_tests | sed 's,^tests/,,' | grep -v '\*' | awk '!seen[$0]++')
tests=$(grep -Fx -- "$prefix" <<<"$all" || awk -v prefix="$prefix" 'index($0, prefix) == 1' <<<"$all")
if [ -z "$tests" ]; then
    echo "no test's name begins with '$prefix'" >&2
    exit 2
fi
printf '%s\n' $tests | xargs -P 2 -n 1 tests/check.sh --one

awk '$1 == "skipped" { name = $2; sub(/^[^ ]* [^ ]* /, ""); print "skipped " name ": " $0 }' "$RESULTS" | sort
# A test without a verdict was killed and counts as failed.
printf '%s\n' $tests | awk '
    NR == FNR { verdict[$2] = $1; next }
    {
        suite = $1; sub(/\/.*/, "", suite)
        if (!(suite in seen)) { seen[suite] = 1; suites[++count] = suite }
        kind = ($1 in verdict) ? verdict[$1] : "failed"
        if (!($1 in verdict)) print "FAILED " $1 "\n    it gave no verdict"
        number[suite, kind]++; all[kind]++
    }
    END {
        for (i = 1; i <= count; i++) {
            s = suites[i]
            printf "%-10s %4d passed, %d failed, %d skipped\n", s, number[s, "passed"], number[s, "failed"], number[s, "skipped"]
        }
        printf "%d passed, %d failed, %d skipped\n", all["passed"], all["failed"], all["skipped"]
        exit all["failed"] > 0
    }' "$RESULTS" -
