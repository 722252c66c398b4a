# Two models in one program, trained alternately: each has the bytes of its separate run.
libraries="-Wl,--gc-sections -l:libjansson.a -lpng -lz -lm -lpthread"
"$PYTHON" "$TESTS/commands/make.py" idx every.idx u1 200 2 9 8
"$PYTHON" "$TESTS/commands/make.py" idx choices.idx u1 200 2 5 3
for spec in every choices; do
    "$AESPEC" emit "$TESTS/run/$spec.aespec" -o $spec.c || exit 1
    "$AESPEC" build --target=scalar "$TESTS/run/$spec.aespec" -o $spec >/dev/null || exit 1
    ./$spec train --data $spec.idx --out run.$spec --steps 7 --no-shuffle --quiet || exit 1
done
# shellcheck disable=SC2086
${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -ffp-contract=off -iquote "$ROOT" ${CFLAGS:-} -o two_models \
    "$TESTS/run/two_models.c" every.c choices.c "$BUILD/libaespec_runtime.a" $libraries || exit 1
./two_models 7 every.idx every.safetensors choices.idx choices.safetensors || echo "exit $?"
for spec in every choices; do
    cmp $spec.safetensors run.$spec/weights.safetensors && echo "$spec: as alone"
done
