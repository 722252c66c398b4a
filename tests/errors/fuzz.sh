#!/bin/sh
# fuzz.sh [SECONDS] [SEED]: damaged specs through a compiler built with ASan and UBSan, which may accept or refuse them (exit
# 0 or 1) and nothing else. 300 seconds unless told otherwise. A spec that does worse is kept in build/fuzz.
cd "$(dirname "$0")/../.." || exit 3
seconds=${1:-${FUZZ_SECONDS:-300}}
# Relative to the checkout, whose path may hold blanks that make does not take.
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
