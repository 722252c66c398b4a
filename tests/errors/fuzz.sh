#!/bin/sh
# fuzz.sh [SECONDS] [SEED]: runs a compiler built with ASan and UBSan on damaged specs, which it must accept or reject
# (exit 0 or 1). 300 seconds by default. Specs that fail otherwise are kept in build/fuzz.
cd "$(dirname "$0")/../.." || exit 3
seconds=${1:-${FUZZ_SECONDS:-300}}
# Relative to the checkout, because make does not support blanks in its path.
build=${BUILD:-build}
folder=${build#"$PWD/"}/fuzz
aespec=${BUILD:-build}/aespec
if ! grep -q __asan_init "$aespec" 2>/dev/null; then
    aespec=$folder/aespec
    make --no-print-directory "$aespec" BUILD="$folder" CC="${CC:-cc}" \
        CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined' \
        >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
fi
mkdir -p "$folder/found"
exec "${PYTHON:-python3}" tests/errors/fuzz.py "$aespec" "$seconds" "${2:-1}" "$folder/found"
