#!/bin/sh
# Regenerates generated/*.c and the expected dumps of the tests, then shows the changes.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
all_targets=$(sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\),.*/\1/p' language/targets.def)
# One spec on every target, the others as the plain C that is read first.
for spec in specs/*.aespec; do
    name=$(basename "$spec" .aespec)
    [ "$name" = vae ] && targets=$all_targets || targets=scalar
    for target in $targets; do
        "$build/aespec" emit --target=$target "$spec" -o "generated/$name.$target.c" || exit 1
    done
done
for spec in tests/spec/*.aespec tests/graph/*.aespec; do
    [ -e "$spec" ] || continue
    dump=${spec#tests/}
    "$build/aespec" emit --dump="${dump%%/*}" "$spec" -o "${spec%.aespec}.expect" || exit 1
done
# NAME.expect, NAME.TARGET.expect: those that exist; the spec is beside them or in tests/graph.
for expect in tests/plan/*.expect tests/nest/*.expect; do
    dump=${expect#tests/}
    name=$(basename "$expect" .expect)
    target=scalar
    case $name in *.*) target=${name##*.} ;; esac
    spec=tests/${dump%%/*}/${name%.*}.aespec
    [ -e "$spec" ] || spec=tests/graph/${name%.*}.aespec
    "$build/aespec" emit --dump="${dump%%/*}" --target="$target" "$spec" -o "$expect" || exit 1
done
for spec in tests/emit/*.aespec; do
    [ -e "$spec" ] || continue
    "$build/aespec" emit "$spec" -o "${spec%.aespec}.expect" || exit 1
done
git rev-parse --git-dir >/dev/null 2>&1 || { echo "not a git repository: the changes are not shown"; exit 0; }
git --no-pager diff --stat -- generated tests
git --no-pager diff -- generated tests
