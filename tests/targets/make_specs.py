#!/usr/bin/env python3
"""Random specs with data and flags of a run, for the tests of targets.

make_specs.py FOLDER COUNT [--seed N] [--first N]

Writes FOLDER/NUMBER.aespec, NUMBER.idx (random bytes) and NUMBER.flags (of `train`) for COUNT numbers from the first
(1). The spec of a number does not depend on the other numbers. Channels are 1 to 70, kernels 1 to 9, strides 1 to 3,
units 1 to 700, images 1 to 24 high and wide; two of three numbers have a single op. `aespec check` must accept every
spec: sizes are drawn from those that fit. Requires NumPy.
"""
import argparse
import math
import random
import sys
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "torch")]
from files import write_idx  # noqa: E402
from rows import activation_calls  # noqa: E402

ACTIVATIONS = activation_calls()
EDGES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70]    # beside the vectors' lengths
UNIT_EDGES = [1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 699, 700]
BATCHES = [1, 2, 3, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70]                 # next to the lengths of slots
CHANNELS_MOST, KERNEL_MOST, STRIDE_MOST, UNITS_MOST, SIZE_MOST, BATCH_MOST = 70, 9, 3, 700, 24, 70
LAYER_WORK = 1_500_000       # multiply-adds of a sample
RUN_WORK = 40_000_000        # of a run, so that an emulated processor takes a second
FLATTENED_MOST = 4000        # elements of a layer's output
PASSES = 6                   # forward, backward twice, then evaluation for three commands


def product(shape):
    return math.prod(shape)


def draw_size(rng, edges, most):
    """Usually one of EDGES, else any size."""
    return rng.choice([edge for edge in edges if edge <= most]) if rng.random() < 0.7 else rng.randint(1, most)


def pair_text(pair):
    return str(pair[0]) if pair[0] == pair[1] else f"[{pair[0]}, {pair[1]}]"


def shape_text(shape):
    return "[" + ", ".join(map(str, shape)) + "]"


def conv_out(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride + 1


def deconv_out(size, kernel, stride, padding, extra):
    return (size - 1) * stride - 2 * padding + kernel + extra


class Layer:
    """A layer's text, its output shape and its multiply-adds per sample."""

    def __init__(self, text, shape, work=0):
        self.text, self.shape, self.work = text, shape, work


def conv_axis(rng, size):
    """(kernel, stride, padding) of one axis; the kernel fits."""
    padding = rng.choice([0, 0, 0, 1, 1, 2, 3, 4])
    kernel = rng.randint(1, min(KERNEL_MOST, size + 2 * padding))
    return kernel, rng.choice([1, 1, 1, 2, 3]), padding


def deconv_axis(rng, size):
    """(kernel, stride, padding, output padding) of one axis, for an output of 1 to SIZE_MOST."""
    while True:
        kernel, stride, padding = rng.randint(1, KERNEL_MOST), rng.choice([1, 1, 1, 2, 3]), rng.choice([0, 0, 1, 2, 3])
        extra = rng.randint(0, stride - 1) if rng.random() < 0.7 else 0
        if 1 <= deconv_out(size, kernel, stride, padding, extra) <= max(SIZE_MOST, size):
            return kernel, stride, padding, extra


def convolution(kind, before, channels, axes):
    """The layer for (kernel, stride, padding[, output padding]) of both axes."""
    names = ["kernel", "stride", "padding", "output_padding"]
    numbers = dict(zip(names, zip(*axes)))
    sizes = [(conv_out if kind == "conv" else deconv_out)(size, *axis) for size, axis in zip(before[1:], axes)]
    said = [f"{name} = {pair_text(value)}" for name, value in numbers.items()
            if name == "kernel" or value != ((1, 1) if name == "stride" else (0, 0))]
    shape = (channels, *sizes)
    larger = shape if kind == "conv" else before
    work = product(larger[1:]) * channels * before[0] * product(numbers["kernel"])
    return Layer(f"{kind}({channels}, {', '.join(said)})", shape, work)


def draw_convolution(rng, kind, before):
    """Usually square. Layers with too much work or too large outputs are drawn again, with fewer channels."""
    channels = draw_size(rng, EDGES, CHANNELS_MOST)
    while True:
        draw = conv_axis if kind == "conv" else deconv_axis
        small = min(before[1:]) if kind == "conv" else max(before[1:])
        axes = [draw(rng, small)] * 2 if rng.random() < 0.6 else [draw(rng, size) for size in before[1:]]
        sizes = [(conv_out if kind == "conv" else deconv_out)(size, *axis) for size, axis in zip(before[1:], axes)]
        if min(sizes) < 1 or max(sizes) > max(SIZE_MOST, *before[1:]):
            continue
        layer = convolution(kind, before, channels, axes)
        if layer.work <= LAYER_WORK and product(layer.shape) <= FLATTENED_MOST:
            return layer
        channels = max(1, channels * 3 // 4)


def draw_reshape(rng, before):
    count = product(before)
    if rng.random() < 0.3:
        return Layer(f"reshape({count})", (count,))
    fits = [n for n in range(1, min(count, CHANNELS_MOST) + 1) if count % n == 0]
    channels = rng.choice(fits)
    rest = count // channels
    shapes = [(channels, n, rest // n) for n in range(1, rest + 1) if rest % n == 0]
    shape = min(shapes, key=lambda s: abs(s[1] - s[2])) if rng.random() < 0.6 else rng.choice(shapes)
    return Layer(f"reshape({', '.join(map(str, shape))})", shape)


def draw_dense(rng, before, units=None):
    units = units or draw_size(rng, UNIT_EDGES, UNITS_MOST)
    return Layer(f"dense({units})", (units,), before[0] * units)


def draw_layer(rng, before, with_weights=False):
    kinds = ["conv"] * 5 + ["deconv"] * 3 if len(before) == 3 else ["dense"] * 5
    others = ["flatten"] * 2 + ["reshape", "dropout"] if len(before) == 3 else ["reshape"] * 2 + ["dropout"]
    kind = rng.choice(kinds if with_weights else kinds + others)
    if kind in ("conv", "deconv"):
        return draw_convolution(rng, kind, before)
    if kind == "dense":
        return draw_dense(rng, before)
    if kind == "reshape":
        return draw_reshape(rng, before)
    if kind == "flatten":
        return Layer("flatten", (product(before),))
    return Layer(f"dropout({rng.choice(['0', '0.1', '0.5', '0.9'])})", before)


def draw_activations(rng):
    return [Layer(name, None) for name in rng.choices(ACTIVATIONS, k=rng.choice([0, 1, 1, 1, 2]))]


def draw_layers(rng, before, count, with_weights=False):
    """Layers and their activations, and the shape after them; if requested, one has weights."""
    layers = []
    for place in range(count):
        lacking = with_weights and place == count - 1 and not any(layer.work for layer in layers)
        layers.append(draw_layer(rng, before, lacking))
        before = layers[-1].shape
        layers += draw_activations(rng)
    return layers, before


def landings(size, target):
    """(kind, numbers) of one axis that map this size to that."""
    for kernel in range(1, KERNEL_MOST + 1):
        for stride in range(1, STRIDE_MOST + 1):
            for padding in range(5):
                if size + 2 * padding >= kernel and conv_out(size, kernel, stride, padding) == target:
                    yield "conv", (kernel, stride, padding)
                for extra in range(stride):
                    if deconv_out(size, kernel, stride, padding, extra) == target:
                        yield "deconv", (kernel, stride, padding, extra)


def draw_landing(rng, before, target):
    """Layers that end in the input's shape, or None."""
    if len(before) == len(target) == 3:
        for kind in rng.sample(["conv", "deconv"], 2):
            choices = [[numbers for k, numbers in landings(size, aim) if k == kind]
                       for size, aim in zip(before[1:], target[1:])]
            if all(choices):
                layer = convolution(kind, before, target[0], [rng.choice(axis) for axis in choices])
                if layer.work <= LAYER_WORK:
                    return [layer]
    if product(target) > UNITS_MOST or product(before) > FLATTENED_MOST:
        return None
    layers = [] if len(before) == 1 else [Layer("flatten", (product(before),))]
    layers.append(draw_dense(rng, (product(before),), product(target)))
    if len(target) == 3:
        layers.append(Layer(f"reshape({', '.join(map(str, target))})", target))
    return layers


def draw_input(rng):
    if rng.random() < 0.2:
        return (draw_size(rng, UNIT_EDGES, UNITS_MOST),)
    high, wide = rng.randint(1, SIZE_MOST), rng.randint(1, SIZE_MOST)
    if rng.random() < 0.5:
        wide = high
    channels = rng.choice([1, 1, 1, 2, 3]) if rng.random() < 0.5 else draw_size(rng, EDGES, CHANNELS_MOST)
    return (max(1, min(channels, FLATTENED_MOST // (high * wide))), high, wide)


class Network:
    """input, encoder and decoder (None for mirror), and the latent space's text and units (0: none given)."""

    def __init__(self, shape, encoder, latent, units, decoder):
        self.shape, self.encoder, self.latent, self.units, self.decoder = shape, encoder, latent, units, decoder

    def work(self):
        """The most multiply-adds per sample."""
        layers = self.encoder + (self.encoder if self.decoder is None else self.decoder)
        after = next((layer.shape for layer in reversed(self.encoder) if layer.shape), self.shape)
        return sum(layer.work for layer in layers) + 3 * product(after) * self.units + product(self.shape)


def draw_latent(rng, kind, before):
    """(text, units)"""
    if kind == "code":
        return "= code", 0
    units = draw_size(rng, EDGES, CHANNELS_MOST) if rng.random() < 0.7 else draw_size(rng, UNIT_EDGES, UNITS_MOST)
    if 3 * units * product(before) > LAYER_WORK:
        units = rng.randint(1, 8)
    if kind == "code(N)":
        return f"= code({units})", units
    return f"~ gaussian({units}{rng.choice(['', ', prior_std = 0.5', ', 2'])})", units


def draw_deep(rng):
    shape = draw_input(rng)
    encoder, after = draw_layers(rng, shape, rng.choice([1, 1, 2, 2, 3]), True)
    latent, units = draw_latent(rng, rng.choice(["code", "code(N)", "gaussian(N)"]), after)
    if rng.random() < 0.4:
        return Network(shape, encoder, latent, units, None)
    decoder, last = draw_layers(rng, (units,) if units else after, rng.choice([0, 0, 1, 2]))
    landing = draw_landing(rng, last, shape)
    return Network(shape, encoder, latent, units, None if landing is None else decoder + landing)


def draw_same(rng, kind, shape):
    """A convolution that keeps the shape."""
    axes = []
    for size in shape[1:]:
        choices = [numbers for k, numbers in landings(size, size) if k == kind]
        axes.append(rng.choice(choices))
    return convolution(kind, shape, shape[0], axes)


def draw_alone(rng):
    """One op, on one side of the latent space; an activation or dropout comes with a layer that has weights."""
    kind = rng.choice(["conv", "conv", "deconv", "deconv", "conv and back", "deconv and back", "dense",
                       "dense and back", "activation", "dropout", "code", "gaussian"])
    shape = draw_input(rng)
    if "conv" in kind:
        while len(shape) == 1:
            shape = draw_input(rng)
    if kind in ("conv", "deconv"):
        layer = draw_same(rng, kind, shape)
        while layer.work > LAYER_WORK:
            shape = (max(1, shape[0] * 3 // 4), *shape[1:])
            layer = draw_same(rng, kind, shape)
        return Network(shape, *rng.choice([([layer], "= code", 0, []), ([], "= code", 0, [layer])]))
    if kind.endswith("conv and back"):
        layer = draw_convolution(rng, kind.split()[0], shape)
        return Network(shape, [layer] + draw_activations(rng), "= code", 0, None)
    vector = (shape[0] if len(shape) == 1 else draw_size(rng, UNIT_EDGES, UNITS_MOST),)
    if kind == "dense":
        layer = draw_dense(rng, vector, vector[0])
        return Network(vector, *rng.choice([([layer], "= code", 0, []), ([], "= code", 0, [layer])]))
    if kind == "dense and back":
        return Network(vector, [draw_dense(rng, vector)] + draw_activations(rng), "= code", 0, None)
    if kind in ("activation", "dropout"):
        first = draw_convolution(rng, "conv", shape) if len(shape) == 3 else draw_dense(rng, shape)
        second = f"dropout({rng.choice(['0.1', '0.5', '0.9'])})" if kind == "dropout" else rng.choice(ACTIVATIONS)
        return Network(shape, [first, Layer(second, None)], "= code", 0, None)
    return Network(shape, [], *draw_latent(rng, "code(N)" if kind == "code" else "gaussian(N)", shape), None)


def draw_loss(rng, network, last):
    """(lines, whether the data must lie in [0, 1]). `last`: the text of the decoder's last layer."""
    terms = ["mse(x)", "sse(x)", "mae(x)", "sae(x)"]
    bce = last != "sigmoid" and rng.random() < 0.35
    if bce:
        terms += ["bce(x)", "bce_sum(x)"] * 2
    extra = ["l1(z)", "l2(z)"] + (["kl(z)"] * 3 if network.latent.startswith("~") else [])
    chosen = rng.choices(terms, k=rng.choice([1, 1, 2])) + rng.choices(extra, k=rng.choice([0, 0, 1, 2]))
    lines = []
    for place, term in enumerate(dict.fromkeys(chosen)):
        weight = rng.choice(["", "", "0.5 * ", "1e-2 * "])
        lines.append(f"{rng.choice(['', '', f'part{place} = '])}{weight}{term}")
    return lines, any(term.startswith("bce") for term in chosen)


def draw_data(rng, shape, unit):
    """Settings of the data block."""
    lines = ["scale = 1/255"]
    if not unit and rng.random() < 0.8:
        channels = shape[0] if len(shape) == 3 else 1
        each = len(shape) == 3 and 1 < channels <= 5 and rng.random() < 0.7
        for name, low, high in (("mean", 0.1, 0.6), ("std", 0.2, 0.9)):
            values = [f"{rng.uniform(low, high):.4f}" for _ in range(channels if each else 1)]
            lines.append(f"{name} = {'[' + ', '.join(values) + ']' if each else values[0]}")
    return lines


def draw_train(rng, summed):
    """Settings of the train block. Where the loss is a sum, sgd takes small steps."""
    optimizer, reduction = rng.choice(["adam", "adam", "sgd"]), rng.choice(["mean", "mean", "sum"])
    lines = [f"optimizer = {optimizer}", f"reduction = {reduction}", "epochs = 1"]
    if optimizer == "adam":
        lines.append(f"learning_rate = {rng.choice(['1e-3', '1e-2'])}")
    else:
        lines.append(f"learning_rate = {'1e-6' if summed or reduction == 'sum' else '1e-2'}")
        if rng.random() < 0.6:
            lines.append("momentum = 0.9")
    if rng.random() < 0.3:
        lines.append("weight_decay = 1e-3")
    return lines


def layer_lines(rng, layers):
    """The layers as lines, some joined by arrows."""
    lines = []
    for layer in layers:
        if lines and (layer.shape is None or rng.random() < 0.3):
            lines[-1] += f" -> {layer.text}"
        else:
            lines.append("  " + layer.text)
    return lines


def draw_run(rng, work):
    """(samples in the file, batch, flags of train): full batches and a remainder, as many as the work allows."""
    affordable = max(3, RUN_WORK // (work * PASSES))
    batch = min(draw_size(rng, BATCHES, BATCH_MOST), affordable)
    batches = min(rng.choice([1, 2, 2]), affordable // batch)
    rest = rng.randint(0, batch - 1) if affordable > batch else 0
    limit = min(batch * batches + rest, max(affordable, batch))
    flags = ["--steps", "3", "--limit", str(limit), "--seed", str(rng.randint(1, 2**40))]
    return limit + rng.randint(0, 2), batch, flags + (["--no-shuffle"] if rng.random() < 0.3 else [])


def random_spec(seed, number):
    """(text, samples as bytes, flags of train)"""
    rng = random.Random(f"{seed} {number}")
    network = draw_alone(rng) if number % 3 else draw_deep(rng)
    samples, batch, flags = draw_run(rng, network.work())
    # mirror ends in a layer, never in an activation; a decoder without layers ends like the encoder
    ending = [] if network.decoder is None else network.decoder or network.encoder
    last = ending[-1].text if ending else ""
    loss, unit = draw_loss(rng, network, last)
    summed = any(word in line for line in loss for word in ("sse", "sae", "bce_sum", "kl", "l1", "l2"))
    decoder = ["  mirror(encoder)"] if network.decoder is None else layer_lines(rng, network.decoder)
    lines = [f"# number {number} of seed {seed}", "model random",
             "data { " + "; ".join(draw_data(rng, network.shape, unit)) + " }",
             f"input x : {shape_text(network.shape)}", "encoder {", *layer_lines(rng, network.encoder), "}",
             f"latent z {network.latent}", "decoder {", *decoder, "}", "loss { " + "; ".join(loss) + " }",
             "train { " + "; ".join([f"batch = {batch}", *draw_train(rng, summed)]) + " }", ""]
    shape = network.shape[1:] if len(network.shape) == 3 and network.shape[0] == 1 else network.shape
    data = np.frombuffer(rng.randbytes(samples * product(shape)), np.uint8).reshape(samples, *shape)
    return "\n".join(lines), data, flags


def write_spec(folder, seed, number):
    text, data, flags = random_spec(seed, number)
    (folder / f"{number}.aespec").write_text(text, encoding="ascii")
    (folder / f"{number}.flags").write_text(" ".join(flags) + "\n", encoding="ascii")
    write_idx(folder / f"{number}.idx", data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    for number in range(options.first, options.first + options.count):
        write_spec(options.folder, options.seed, number)


if __name__ == "__main__":
    main()
