# bench: needs neither data nor weights, leaves no files, and its JSON has the keys of docs/commands.md.
. "$TESTS/commands/common.sh"
target=scalar
make_trainers
rm -r data
for value in 0 1000001 x; do try 2 ./small bench --batch "$value"; done
for value in 0 -1 two; do try 2 ./small bench --threads "$value"; done
try 2 ./small bench --seed 2
try 2 ./small bench --json=yes
try 2 ./small bench extra
cp "$ROOT/specs/aec.aespec" .
list_files >../kept
aespec() { "$AESPEC" "$@"; }
try 0 ./small bench --batch 1 --threads 3
sed -n 1p ../stdout | sed 's/[0-9.]* GFLOP/N GFLOP/'
sed '1,3d; s/   *[0-9-].*//; s/^  *//; s/   */ /g' ../stdout
try 0 ./bell bench --json --threads 1
mv ../stdout bell.json
try 0 aespec bench aec.aespec --target=scalar --batch 16 --threads 1 --json
mv ../stdout aec.json
"$PYTHON" - <<'END'
import json

for name, batch in ("bell", 4), ("aec", 16):
    bench = json.load(open(name + ".json"))
    step, kernels = bench["step"], bench["kernels"]
    print(*bench, "|", *step, "|", *kernels[0])
    print(bench["target"], bench["threads"], bench["batch"] == batch)
    share = step["gflops"] / bench["peak_gflops"]
    print("fraction of the peak:", step["fraction_of_peak"] > 0, abs(step["fraction_of_peak"] - share) < 1e-9)
    print("kernels:", all(k["ms"] >= 0 and k["predicted_ms"] > 0 for k in kernels))
    print("FLOPs of a sample: %.0f" % (step["ms"] * step["gflops"] * 1e6 / batch))
    print("the kernels' FLOPs are the step's: %.6f" %
          (sum(k["ms"] * k["gflops"] for k in kernels) / (step["ms"] * step["gflops"])))
END
rm bell.json aec.json
list_files | cmp - ../kept && echo "nothing is left behind"
