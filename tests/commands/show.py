#!/usr/bin/env python3
"""show.py: compares `show --json` of specs/vae.aespec and weighted.aespec with values derived from shapes by hand."""
import json
import subprocess
import sys

AESPEC, SPECS = sys.argv[1], sys.argv[2]


def show(*line):
    return json.loads(subprocess.run([AESPEC, "show", "--json", *line], check=True, capture_output=True, text=True).stdout)


def dense(inputs, units):
    return {"parameters": inputs * units + units, "flops": 2 * inputs * units, "bytes": 4 * units}


vae = show(f"{SPECS}/vae.aespec")
rows = {row["name"]: row for row in vae["layers"]}
for name, layer in {"encoder.1": dense(784, 512), "z.mu": dense(512, 2), "z.log_sigma": dense(512, 2),
                    "decoder.0": dense(2, 512), "decoder.2": dense(512, 784)}.items():
    assert {key: rows[name][key] for key in layer} == layer, (name, rows[name])
assert vae["parameters"] == sum(row["parameters"] for row in vae["layers"]) == 807700
# forward, the gradients of the weights, and those of every input but the first
forward = sum(row["flops"] for row in vae["layers"])
assert vae["step"]["flops"] == 3 * forward - rows["encoder.1"]["flops"], vae["step"]
assert 4 * 4 * vae["parameters"] < vae["step"]["bytes"] < 1.5 * (4 * 4 * vae["parameters"] + 1000 * 4 * 5000)
assert vae["model"] == "vae" and vae["latent"] == {"name": "z", "kind": "gaussian", "shape": [2]}
assert vae["train"]["batch"] == 1000 and vae["train"]["reduction"] == "sum"

conv = show("weighted.aespec")["layers"][0]
assert conv["parameters"] == 4 * 3 * 3 * 3 + 4 and conv["flops"] == 2 * 4 * 3 * 3 * 3 * 6 * 6 and conv["bytes"] == 4 * 4 * 6 * 6
terms = show("weighted.aespec", "--set", "beta=4")["loss"]
assert [(t["name"], t["function"], t["of"], t["reduction"], t["elements"], t["weight"]) for t in terms] == [
    ("mse", "mse", "x", "mean", 192, 1), ("prior", "kl", "z", "sum", 5, 4), ("small", "l1", "z", "sum", 5, 0.125)]
assert [t["element_weight"] for t in terms] == [1 / 192, 4, 0.125]
mirrored = {row["name"]: row for row in show("mirrored.aespec")["layers"]}
first, last = mirrored["encoder.0"], mirrored["decoder.2"]
assert first["kernel"] == [5, 3] and first["stride"] == [2, 2] and first["padding"] == [1, 0], first
assert "output_padding" not in first and mirrored["encoder.1"]["slope"] == 0.2 and mirrored["encoder.2"]["p"] == 0.5
for axis in (0, 1):    # the formula of the transposed convolution must give the input's size
    small, large = first["shape"][axis + 1], (30, 20)[axis]
    assert last["shape"][axis + 1] == large == (small - 1) * last["stride"][axis] - 2 * last["padding"][axis] + \
        last["kernel"][axis] + last["output_padding"][axis], last
assert last["kind"] == "deconv" and last["output_padding"] == [1, 1], last
print("as the shapes say")
