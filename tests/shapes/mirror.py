#!/usr/bin/env python3
"""Random encoders with `decoder { mirror(encoder) }`: every one must be accepted, which requires that the decoder ends
in the input's shape. Each encoder line has a claim computed here. For some of them the decoder is also written here,
layer by layer, from the description of mirror in language.md: both specs must have the same shapes.

mirror.py [--aespec BIN] [--count N] [--written N] [--seed N] [--keep DIR]
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from rows import activation_calls  # noqa: E402

ACTIVATIONS = activation_calls()
FILES_AT_ONCE = 500


def shape_text(shape):
    return "[" + ", ".join(map(str, shape)) + "]"


def product(shape):
    count = 1
    for size in shape:
        count *= size
    return count


def pair_text(pair, rng):
    """Usually one number if both sides are equal, otherwise [h, w]."""
    return str(pair[0]) if pair[0] == pair[1] and rng.random() < 0.8 else shape_text(pair)


class Layer:
    """kind: conv, deconv, dense, flatten, reshape, dropout; activations are those that follow it."""

    def __init__(self, kind, before, after, **numbers):
        self.kind, self.before, self.after, self.numbers = kind, before, after, numbers
        self.activations = []

    def text(self, rng):
        n = self.numbers
        if self.kind in ("conv", "deconv"):
            words = [str(self.after[0])] + [f"{name} = {pair_text(n[name], rng)}" for name in n
                                            if name == "kernel" or n[name] != DEFAULTS[name] or rng.random() < 0.3]
            return f"{self.kind}({', '.join(words)})"
        if self.kind == "dense":
            return f"dense({self.after[0]})"
        if self.kind == "reshape":
            return f"reshape({', '.join(map(str, self.after))})"
        if self.kind == "dropout":
            return f"dropout({n['p']})"
        return "flatten"


DEFAULTS = {"stride": (1, 1), "padding": (0, 0), "output_padding": (0, 0)}


def conv_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride + 1


def deconv_size(size, kernel, stride, padding, output_padding):
    return (size - 1) * stride - 2 * padding + kernel + output_padding


def random_pair(rng, low, high):
    """Usually square; each side within its own limit."""
    first, second = rng.randint(low, max(low, high[0])), rng.randint(low, max(low, high[1]))
    return (first, first) if rng.random() < 0.6 and first <= high[1] else (first, second)


def random_conv(rng, shape):
    padding = random_pair(rng, 0, (3, 3)) if rng.random() < 0.4 else (0, 0)
    kernel = random_pair(rng, 1, tuple(min(7, size + 2 * pad) for size, pad in zip(shape[1:], padding)))
    stride = random_pair(rng, 1, (4, 4)) if rng.random() < 0.5 else (1, 1)
    sizes = [conv_size(*numbers) for numbers in zip(shape[1:], kernel, stride, padding)]
    return Layer("conv", shape, (rng.randint(1, 17), *sizes), kernel=kernel, stride=stride, padding=padding)


def random_deconv(rng, shape):
    kernel = random_pair(rng, 1, (6, 6))
    stride = random_pair(rng, 1, (3, 3)) if rng.random() < 0.5 else (1, 1)
    padding = random_pair(rng, 0, (2, 2)) if rng.random() < 0.4 else (0, 0)
    output_padding = tuple(rng.randint(0, step - 1) for step in stride)
    sizes = [deconv_size(*numbers) for numbers in zip(shape[1:], kernel, stride, padding, output_padding)]
    if min(sizes) < 1 or max(sizes) > 80:
        return None
    return Layer("deconv", shape, (rng.randint(1, 17), *sizes), kernel=kernel, stride=stride, padding=padding,
                 output_padding=output_padding)


def random_reshape(rng, shape):
    count = product(shape)
    if rng.random() < 0.3:
        return Layer("reshape", shape, (count,))
    channels = rng.choice([n for n in range(1, count + 1) if count % n == 0])
    rest = count // channels
    height = rng.choice([n for n in range(1, rest + 1) if rest % n == 0])
    return Layer("reshape", shape, (channels, height, rest // height))


def random_layer(rng, shape):
    kinds = ["conv", "conv", "conv", "deconv", "flatten", "reshape", "dropout"] if len(shape) == 3 else \
            ["dense", "dense", "dense", "reshape", "flatten", "dropout"]
    kind = rng.choice(kinds)
    if kind == "conv":
        return random_conv(rng, shape)
    if kind == "deconv":
        return random_deconv(rng, shape)
    if kind == "reshape":
        return random_reshape(rng, shape)
    if kind == "dense":
        return Layer("dense", shape, (rng.randint(1, 60),))
    if kind == "flatten":
        return Layer("flatten", shape, (product(shape),))
    return Layer("dropout", shape, shape, p=rng.choice(["0", "0.1", "0.5", "0.9"]))


def random_encoder(rng):
    """(input shape, activations before the first layer, layers)"""
    if rng.random() < 0.75:
        first = shape = (rng.choice([1, 1, 2, 3, 5]), rng.randint(1, 32), rng.randint(1, 32))
    else:
        first = shape = (rng.randint(1, 100),)
    leading = rng.choices(ACTIVATIONS, k=rng.choice([0, 0, 0, 0, 1, 2]))
    layers = []
    for _ in range(rng.randint(0, 7)):
        layer = random_layer(rng, shape)
        if layer is None:
            continue
        layer.activations = rng.choices(ACTIVATIONS, k=rng.choice([0, 1, 1, 1, 2]))
        layers.append(layer)
        shape = layer.after
    return first, leading, layers


def mirror_layers(first, leading, layers, units):
    """The rule in language.md: the layers from the latent space back to the input, each with its activations.

    Dropout is omitted: what follows it follows the layer before it. The order of activations is kept."""
    chain = []
    for layer in layers:
        if layer.kind == "dropout":
            if chain:
                chain[-1][1].extend(layer.activations)
            continue
        chain.append((layer, list(layer.activations)))
    shape = layers[-1].after if layers else first
    if units and len(shape) == 3:
        chain.append((Layer("flatten", shape, (product(shape),)), []))
        shape = (product(shape),)
    if units:
        chain.append((Layer("dense", shape, (units,)), []))
    made = []
    for place in range(len(chain) - 1, -1, -1):
        layer = mirror_layer(chain[place][0])
        layer.activations = list(chain[place - 1][1]) if place > 0 else []
        made.append(layer)
    return made


def mirror_layer(layer):
    n = layer.numbers
    if layer.kind == "conv":
        extra = tuple((size + 2 * padding - kernel) % stride for size, kernel, stride, padding in
                      zip(layer.before[1:], n["kernel"], n["stride"], n["padding"]))
        return Layer("deconv", layer.after, layer.before, kernel=n["kernel"], stride=n["stride"], padding=n["padding"],
                     output_padding=extra)
    if layer.kind == "deconv":
        return Layer("conv", layer.after, layer.before, kernel=n["kernel"], stride=n["stride"], padding=n["padding"])
    if layer.kind == "dense":
        return Layer("dense", layer.after, layer.before)
    return Layer("reshape", layer.after, layer.before)


def layer_line(layer, rng):
    return "  " + " -> ".join([layer.text(rng), *layer.activations]) + " : " + shape_text(layer.after)


def random_spec(rng):
    """(spec with mirror, the same with the decoder written out)"""
    first, leading, layers = random_encoder(rng)
    latent = rng.choice(["code", "code(N)", "gaussian(N)"])
    units = 0 if latent == "code" else rng.randint(1, 20)
    operator = "~" if latent.startswith("gaussian") else "="
    lines = ["model random", f"input x : {shape_text(first)}", "encoder {", *(f"  {name}" for name in leading),
             *(layer_line(layer, rng) for layer in layers), "}",
             f"latent z {operator} {latent.replace('N', str(units))}"]
    loss = ["loss { sse(x); kl(z) }" if operator == "~" else "loss { mse(x) }", ""]
    written = [layer_line(layer, rng) for layer in mirror_layers(first, leading, layers, units)]
    return ("\n".join([*lines, "decoder { mirror(encoder) }", *loss]),
            "\n".join([*lines, "decoder {", *written, "}", *loss]))


def check(aespec, files):
    """The messages of the specs that were rejected."""
    refused = []
    for start in range(0, len(files), FILES_AT_ONCE):
        done = subprocess.run([aespec, "check", *files[start:start + FILES_AT_ONCE]], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0 or done.stderr:
            refused.append(f"exit {done.returncode}\n{done.stderr}")
    return refused


def dump_shapes(aespec, file):
    done = subprocess.run([aespec, "emit", "--dump=shapes", file], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"exit {done.returncode}: {done.stderr}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aespec", default=os.environ.get("AESPEC", "build/aespec"))
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--written", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a folder for the specs")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        files = []
        for number in range(options.count):
            mirrored, written = random_spec(rng)
            files.append(folder / f"{number}.aespec")
            files[-1].write_text(mirrored)
            if number < options.written:
                (folder / f"{number}.written.aespec").write_text(written)
        problems = check(options.aespec, files)
        problems += check(options.aespec, [file.with_suffix(".written.aespec") for file in files[:options.written]])
        for file in files[:options.written]:
            mirrored, written = (dump_shapes(options.aespec, f) for f in (file, file.with_suffix(".written.aespec")))
            if mirrored != written:
                problems.append(f"{file.read_text()}has the shapes\n{mirrored}written out, it has\n{written}")
    for problem in problems[:5]:
        print(problem)
    print(f"{options.count} random encoders mirrored, {min(options.written, options.count)} compared with the decoder "
          f"written out: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
