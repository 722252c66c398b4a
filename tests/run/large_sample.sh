# Samples of more than 2^20 elements are computed one at a time. A target that packs small convolutions, with as many
# samples at a time as lanes, must nevertheless give the bytes of scalar.
processor_has() { grep -qwE "^(flags|Features).*[[:blank:]]$1" /proc/cpuinfo; }

wide=
[ "$(uname -m)" != aarch64 ] || wide=neon
! processor_has avx2 || wide=avx2
! processor_has avx512f || wide=avx512
[ -n "$wide" ] || { echo "this processor has no vectors"; exit 77; }

"$PYTHON" "$TESTS/commands/make.py" idx data.idx u1 8 3 8 8
for target in scalar $wide; do
    "$AESPEC" build "$TESTS/run/large_sample.aespec" --target=$target -o trainer >/dev/null || echo "$target: exit $?"
    ./trainer train --data data.idx --steps 2 --batch 4 --out $target --quiet || echo "$target: train: exit $?"
    ./trainer reconstruct --weights $target --data data.idx --count 3 -o $target/pairs.npy >/dev/null ||
        echo "$target: reconstruct: exit $?"
done
for file in weights.safetensors metrics.csv pairs.npy; do
    cmp scalar/$file $wide/$file && echo "$file: equal"
done

# With several samples at a time, these convolutions are packed.
sed 's/kernel = 128, stride = 128/kernel = 8, stride = 8/' "$TESTS/run/large_sample.aespec" >small.aespec
for spec in "$TESTS/run/large_sample.aespec" small.aespec; do
    "$AESPEC" emit --dump=plan --target=avx512 "$spec" | grep -q " pack to " && echo packed || echo "nothing is packed"
done
