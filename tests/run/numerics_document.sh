# The NumPy code in docs/numerics.md draws the same numbers as the runtime.
if ! "$PYTHON" -c 'import numpy' 2>/dev/null; then
    echo "numpy is not installed"
    exit 77
fi
${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -ffp-contract=off -iquote "$ROOT" -o draws \
    "$TESTS/run/numerics_draws.c" "$ROOT/runtime/numbers/random.c" -lm || exit 1
"$PYTHON" "$TESTS/run/numerics_document.py" "$ROOT/docs/numerics.md" ./draws
