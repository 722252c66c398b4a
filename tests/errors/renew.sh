#!/bin/sh
# Renews the messages of the expectations, all or the NAMEs given; the header lines (ids and places) stay as they are:
# they were written by hand and tell what the contract asks for. Shows the difference, which is to be read.
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
