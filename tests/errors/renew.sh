#!/bin/sh
# Renews the messages of all expectations, or of the given NAMEs. The header lines (ids and positions) are not changed:
# they are written by hand and are the contract. Prints the difference for review.
cd "$(dirname "$0")/../.." || exit 3
aespec=$(cd "${BUILD:-build}" && pwd)/aespec
cd tests/errors || exit 3
[ $# -gt 0 ] || set -- *.aespec
for spec; do
    name=${spec%.aespec}
    grep '^# [a-z0-9_]* [0-9]*:[0-9]*$' "$name.expect" >"$name.new"
    "$aespec" check "$name.aespec" 2>>"$name.new"
    mv "$name.new" "$name.expect"
done
git rev-parse --git-dir >/dev/null 2>&1 || { echo "renewed; without git there is no difference to show"; exit 0; }
git --no-pager diff -- .
