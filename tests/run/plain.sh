# The network in plain loops at the top of the scalar C computes the same bits as the kernels.
for spec in "$SPECS"/*.aespec "$TESTS"/run/every*.aespec "$TESTS"/run/choices.aespec; do
    name=$(basename "$spec" .aespec)
    "$AESPEC" emit --target=scalar "$spec" -o "$name.c" || exit 1
    model=$(sed -n 's/^const struct ae_model \(ae_model_[a-z_0-9]*\) .*/\1/p' "$name.c")
    ${CC:-cc} -std=c11 -O1 -ffp-contract=off -iquote "$ROOT" ${CFLAGS:-} -DMODEL_FILE="\"$PWD/$name.c\"" -DMODEL="$model" \
        -o "$name" "$TESTS/run/plain.c" "$BUILD/libaespec_runtime.a" -lm || exit 1
    "./$name" && echo "$name: equal"
done
