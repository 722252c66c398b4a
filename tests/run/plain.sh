# The network in plain loops at the top of the plain C computes the bits of the kernels.
count=0
for spec in "$SPECS"/*.aespec "$TESTS"/run/every*.aespec "$TESTS"/run/choices.aespec "$TESTS"/gradient/*.aespec; do
    name=$(basename "$spec" .aespec)
    "$AESPEC" emit --target=scalar "$spec" -o "$name.c" || exit 1
    model=$(sed -n 's/^const struct ae_model \(ae_model_[a-z_0-9]*\) .*/\1/p' "$name.c")
    ${CC:-cc} -std=c11 -O1 -ffp-contract=off -iquote "$ROOT" ${CFLAGS:-} -DMODEL_FILE="\"$PWD/$name.c\"" -DMODEL="$model" \
        -o "$name" "$TESTS/run/plain.c" "$BUILD/libaespec_runtime.a" -lm || exit 1
    "./$name" || echo "$name: other bits"
    count=$((count + 1))
done
[ $count -ge 25 ] && echo "all are equal"
