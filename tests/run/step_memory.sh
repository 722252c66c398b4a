# The memory printed by `aespec show` is the memory that a trainer allocates: for dense layers and convolutions (which
# sum by slots), batches of one sample, of two slots and a remainder, of the most slots and larger, with all states of
# an optimizer.
libraries="-Wl,--gc-sections -l:libjansson.a -lpng -lz -lm -lpthread"
bytes() { sed -n '/"step"/,/}/s/.*"bytes": \([0-9]*\).*/\1/p'; }

for spec in vae aec; do
    "$AESPEC" emit "$SPECS/$spec.aespec" -o $spec.c || exit 1
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -O0 -iquote "$ROOT" -DNAME=ae_model_$spec -Wl,--wrap=reals_allocate \
        ${CFLAGS:-} -o $spec "$TESTS/run/step_memory.c" $spec.c "$BUILD/libaespec_runtime.a" $libraries || exit 1
    for optimizer in adam sgd "sgd 0.9"; do
        set -- $optimizer
        for batch in 1 47 128 1000; do
            shown=$("$AESPEC" show --json --set batch=$batch --set optimizer=$1 --set momentum=${2:-0} "$SPECS/$spec.aespec" | bytes)
            asked=$(./$spec $batch $1 ${2:-0})
            [ "$shown" = "$asked" ] && echo "$spec, batch $batch, $optimizer: equal" ||
                echo "$spec, batch $batch, $optimizer: shown $shown, allocated $asked"
        done
    done
    "$AESPEC" build --target=scalar "$SPECS/$spec.aespec" -o trainer >/dev/null || exit 1
    [ "$("$AESPEC" show --json "$SPECS/$spec.aespec" | bytes)" = "$(./trainer info --json | bytes)" ] && echo "$spec: info says the same"
    rm trainer
done
