#!/usr/bin/env python3
"""Convolutions whose channels fill the lanes badly, beside 16 and 32 channels.

A conv from L to S channels and the deconv back, forward and both gradients, with what goes before and after them for
their channels' sake (pack, unpack, the activation that could not be fused). Their own FLOPs, of all of that time.

channels.py [--kernels 3,5,7] [--size N] [--target T] [--rounds N]     prints a table in Markdown
"""
import argparse

from measure import Trainers, bench, machine, rounds, table, targets

FULL = [(16, 16), (16, 32), (32, 32)]
POOR = [(1, 16), (3, 16), (17, 16), (33, 16), (16, 1), (16, 3), (16, 17), (16, 33), (1, 32), (3, 32), (32, 1), (32, 3),
        (17, 17), (33, 33)]


def spec_text(large, small, kernel, size):
    return f"""model channels
input x : [{large}, {size}, {size}]
encoder {{ conv({large}, kernel = 1) -> relu; conv({small}, kernel = {kernel}) -> relu }}
latent z = code
decoder {{ deconv({large}, kernel = {kernel}) -> relu }}
loss {{ mse(x) }}
"""


# What belongs to the two layers: all but the 1x1 convolution in front, whose gradient makes conv's own be needed, and
# the loss.
def belongs(name):
    return name == "encoder.1 backward" or name.startswith(("encoder.2", "encoder.3", "decoder."))


def speed(trainer, kernel, size, large, small):
    kernels = [entry for entry in bench(trainer, 128)["kernels"] if belongs(entry["name"])]
    small_size = size - kernel + 1
    flops = 2 * 3 * 2.0 * kernel * kernel * large * small * small_size * small_size * 128
    return flops / sum(entry["ms"] for entry in kernels) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernels", default="3,5,7")
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--target", default=targets()[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    kernels = [int(kernel) for kernel in options.kernels.split(",")]
    trainers = Trainers()
    print(f"{machine()}; target {options.target}, images {options.size}x{options.size}, batch 128, one thread\n")
    best = {}
    for pair in FULL + POOR:
        for kernel in kernels:
            trainer = trainers.get(spec_text(*pair, kernel, options.size), options.target)
            best[pair, kernel] = max(rounds(options.rounds, lambda: speed(trainer, kernel, options.size, *pair))[0])
    rows = []
    for pair in FULL + POOR:
        full = {kernel: min(best[other, kernel] for other in FULL) for kernel in kernels}
        rows.append([f"{pair[0]} and {pair[1]}"] +
                    [f"{best[pair, kernel]:.0f} ({best[pair, kernel] / full[kernel]:.2f})" for kernel in kernels])
    print(table(["channels of the larger and the smaller image"] +
                [f"kernel {kernel}: GFLOP/s (of the slowest full)" for kernel in kernels], rows))


if __name__ == "__main__":
    main()
