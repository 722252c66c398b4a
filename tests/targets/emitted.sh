#!/usr/bin/env bash
# tests/targets/emitted.sh   checks the C of every spec in specs/ for every target: no function has more than 200 lines,
# no line more than 120 characters; a comment before each kernel states shapes and FLOPs (or elements, without
# multiply-adds); the line of a layer before it names the kernel; gcc and clang compile it without a warning. The last
# line names the targets without a compiler.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

flags() {
    sed -n "s/^TARGET([A-Z0-9]*, $1, [^,]*, \"\([^\"]*\)\",.*/\1/p" "$ROOT/language/targets.def"
}

# Reads FILE and prints the violations. A kernel is a function whose arrays do not overlap, and that is not part of
# another. A layer's line names the functions that it uses: "// encoder.1, dense (vae.aespec:6):
# dense_784_to_512_forward, ..."
read_functions() {
    awk '
        function wrong(words) { print FILENAME ":" start ": " words; found = 1 }
        # The comment before a kernel: its FLOPs, or its number of elements.
        function is_headed() {
            if (head ~ / weight\[restrict/ && name !~ /_transpose(_variant[0-9]+)?$/) return above ~ /-> .* FLOP per sample/
            return above ~ /FLOP per sample|[0-9] elements/
        }
        length($0) > 120 { start = FNR; wrong("more than 120 characters") }
        /^\/\// { comment = (FNR == last + 1 ? comment : "") $0 "\n"; last = FNR }
        /^\/\/ .* \([a-z_0-9]+\.aespec:[0-9]+\):( |$)/ { names = 1; sub(/.*\): ?/, "") }
        names && !/^\/\/ *[a-z0-9_, ]*$/ && !/^[a-z0-9_, ]*$/ { names = 0 }
        names { gsub(/[\/ ]/, ""); count = split($0, words, ","); for (i = 1; i <= count; i++) used[words[i]] = 1 }
        /^[A-Za-z].*\(/ && !/;$/ {
            start = FNR
            head = ""
            open = 0
            name = $0
            sub(/\(.*/, "", name)
            sub(/.*[ *]/, "", name)
            above = last == FNR - 1 ? comment : ""
        }
        start && !open { head = head $0 "\n"; open = /\{$/ }
        /^}/ && start {
            if (FNR - start + 1 > 200) wrong(name " has " FNR - start + 1 " lines")
            if (head ~ /restrict/ && name !~ /_(block|finish|finish_last|part)[0-9]*$/) {
                kernels++
                if (!is_headed()) wrong(name " is not headed by its shapes and FLOPs")
                if (!used[name]) wrong(name " is not named by a layer before it")
            }
            start = 0
        }
        END { if (!kernels) { start = 1; wrong("has no kernel") } exit found }' "$1"
}

# compile COMPILER FLAG... FILE
compile() { "$@" -std=c11 -Wall -Wextra -Werror -O1 -ffp-contract=off -iquote "$ROOT" -c -o /dev/null; }

# one TARGET SPEC
one() {
    local name compiler model result=equal
    name=$(basename "$2" .aespec).$1
    model=$FOLDER/$name.c
    "$AESPEC" emit "$2" --target="$1" -o "$model" || result=FAILED
    [ $result = FAILED ] || read_functions "$model" || result=FAILED
    for compiler in gcc clang; do
        compiler=$(target_compiler "$1" $compiler)
        printf '#include <stdint.h>\n#include <stdio.h>\n' | $compiler $(flags "$1") -fsyntax-only -x c - 2>/dev/null ||
            { echo "$1 by ${compiler%% *}" >>"$FOLDER/missing"; continue; }
        compile $compiler $(flags "$1") "$model" >"$FOLDER/$name.words" 2>&1 ||
            { echo "$name.c, $compiler:"; head -n 12 "$FOLDER/$name.words"; result=FAILED; }
    done
    echo $result >>"$FOLDER/results"
}

if [ "${1:-}" = --one ]; then
    one "$2" "$3"
    exit
fi

FOLDER=$(mktemp -d) || exit 3
trap 'rm -rf "$FOLDER"' EXIT
export FOLDER
# The check must find a long function and a kernel without its comment.
{ printf '%s\n' "static void net_a_forward(" "        const ae_real *restrict weight) {" && seq 198 && echo "}"; } >"$FOLDER/long"
if [ "$(read_functions "$FOLDER/long" | grep -c "has 201 lines\|not headed\|not named")" -ne 3 ]; then
    echo "FAILED a long function without a comment is not found"
    exit 1
fi
all=0
for target in $ALL_TARGETS; do
    for spec in "$ROOT"/specs/*.aespec; do
        printf '%s\n' --one "$target" "$spec"
        all=$((all + 1))
    done
done >"$FOLDER/pieces"
tr '\n' '\0' <"$FOLDER/pieces" | xargs -0 -P 2 -n 3 "$HERE/emitted.sh"
fine=$(grep -c equal "$FOLDER/results")
missing=$(sort -u "$FOLDER/missing" 2>/dev/null | sed 's/^/, no compiler for /' | tr -d '\n')
echo "$fine of $all fine$missing"
[ "$fine" -eq "$all" ]
