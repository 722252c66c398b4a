# nest_check accepts the nests of every spec here, for each target: also loops that never run, of kernels whose taps fall
# on padding.
for spec in "$TESTS"/gradient/*.aespec "$TESTS"/emit/*.aespec "$TESTS"/run/graph/*.aespec "$TESTS"/torch/cases/*conv*.aespec; do
    for target in $(sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\),.*/\1/p' "$ROOT/language/targets.def"); do
        "$AESPEC" emit --dump=nest --target=$target "$spec" 2>&1 >/dev/null | sed 1q
    done
done
echo done
