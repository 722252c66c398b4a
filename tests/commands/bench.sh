# bench: JSON keys and what must hold among its numbers, the table for people, every target that runs here.
. "$TESTS/commands/common.sh"
cp "$SPECS/ael.aespec" .
"$AESPEC" build ael.aespec --target=scalar -o scalar >/dev/null
for flags in "--batch 1" "--batch 37 --threads 3" ""; do
    ./scalar bench $flags --json >bench.json
    echo "bench $flags --json: exit $?"
    "$PYTHON" - <<'END'
import json
bench = json.load(open("bench.json"))
print(*bench, "|", *bench["step"], "|", *bench["kernels"][0])
print(bench["target"], bench["batch"])
step, kernels = bench["step"], {kernel["name"]: kernel for kernel in bench["kernels"]}
assert len(kernels) == len(bench["kernels"]), "each name once"
# Two dense layers, 784 x 64: forward, both gradients, but none of the input: 5 times 2 FLOPs a multiply-add.
flops = 5 * 2 * 784 * 64 * bench["batch"]
assert abs(step["gflops"] * step["ms"] * 1e6 / flops - 1) < 1e-6, step
assert abs(step["fraction_of_peak"] - step["gflops"] / bench["peak_gflops"]) < 1e-6
assert step["ms"] <= step["median_ms"] and step["steps"] >= 5
for name in ("encoder.1 forward", "decoder.0 backward", "encoder.1 weight_gradient"):
    kernel = kernels[name]
    assert abs(kernel["gflops"] * kernel["ms"] * 1e6 * 5 / flops - 1) < 1e-6, kernel
    assert kernel["predicted_ms"] > 0
END
done
"$AESPEC" bench ael.aespec --target=scalar --batch 20 --threads 1 >table
sed -n 's/[0-9.]\{1,\} ms/N ms/g; s/best of [0-9]*/best of N/; s/[0-9.]* GFLOP/N GFLOP/g; s/[0-9]* %/N %/; 1,2p; 4p; $p' table | sed 's/  *[0-9.]*$//; s/  */ /g'
