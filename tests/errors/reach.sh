#!/bin/sh
# Every error of language/errors.def is reported for at least two specs, and the tests name no other errors.
cd "$(dirname "$0")/../.." || exit 3
sed -n 's/^ERROR(\([a-z0-9_]*\),.*/\1/p' language/errors.def | awk '
    FILENAME == "-" { ids[$1] = 1; count++; next }
    $1 == "#" && $3 ~ /^[0-9]+:[0-9]+$/ && !((FILENAME, $2) in seen) { seen[FILENAME, $2] = 1; reached[$2]++ }
    END {
        for (id in ids) if (reached[id] < 2) { print id " is reached by " reached[id] + 0 " specs, expected 2"; wrong = 1 }
        for (id in reached) if (!(id in ids)) { print id " is in a test and not in errors.def"; wrong = 1 }
        if (!count) { print "errors.def has no row"; wrong = 1 }
        print count " errors"
        exit wrong
    }' - tests/errors/*.expect
