#!/usr/bin/env python3
"""Prints optimizer_reference.h: what the optimizers of torch.optim do in float64.

    tests/unit/make_optimizer_reference.py >tests/unit/optimizer_reference.h

Requires torch. Each case starts from the same weights and uses the same STEPS gradients.
"""
import random

import torch

STEPS = 5
COUNT = 8
OPTIMIZERS = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}
CASES = [
    # name, optimizer, settings by the names of PyTorch
    ("adam", "adam", dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8)),
    ("adam_large_epsilon", "adam", dict(lr=1e-2, betas=(0.9, 0.999), eps=1e-1)),
    ("adam_betas", "adam", dict(lr=1e-2, betas=(0.5, 0.75), eps=1e-5)),
    ("adam_no_memory", "adam", dict(lr=1e-2, betas=(0.0, 0.0), eps=1e-3)),
    ("adam_decay", "adam", dict(lr=1e-2, betas=(0.9, 0.999), eps=1e-5, weight_decay=0.1)),
    ("sgd", "sgd", dict(lr=0.1)),
    ("sgd_momentum", "sgd", dict(lr=0.1, momentum=0.8)),
    ("sgd_decay", "sgd", dict(lr=0.1, weight_decay=0.05)),
    ("sgd_both", "sgd", dict(lr=0.1, momentum=0.5, weight_decay=0.05)),
]


def numbers(generator, scale):
    """Multiples of 2^-10, which are exact in float."""
    return [round(generator.uniform(-scale, scale) * 1024) / 1024 for _ in range(COUNT)]


def run(kind, settings, start, gradients):
    weights = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = OPTIMIZERS[kind]([weights], **settings)
    after = []
    for gradient in gradients:
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        after.append(weights.detach().tolist())
    return after


def braces(values):
    return "{" + ", ".join(f"{value:.17g}" for value in values) + "}"


def print_case(name, kind, settings, after):
    beta1, beta2 = settings.get("betas", (0.9, 0.999))
    print(f'    {{"{name}", AE_OPTIMIZER_{kind}, {settings["lr"]}, {settings.get("momentum", 0)}, {settings.get("weight_decay", 0)}, '
          f'{beta1}, {beta2}, {settings.get("eps", 1e-8)},')
    print("     {" + ",\n      ".join(braces(values) for values in after) + "}},")


def main():
    generator = random.Random(1)
    start = numbers(generator, 1)
    gradients = [numbers(generator, 10.0 ** -(step % 3)) for step in range(STEPS)]
    print("// Made by make_optimizer_reference.py: weights after each step of PyTorch's optimizers in float64.")
    print("#ifndef OPTIMIZER_REFERENCE_H\n#define OPTIMIZER_REFERENCE_H\n\n#include \"runtime/api/model.h\"\n")
    print(f"enum {{ STEPS = {STEPS}, COUNT = {COUNT} }};\n\n// clang-format off")
    print(f"static const double start[COUNT] = {braces(start)};\n")
    print("static const double gradients[STEPS][COUNT] = {\n    " + ",\n    ".join(map(braces, gradients)) + ",\n};\n")
    print("static const struct reference {\n    const char *name;\n    enum ae_optimizer kind;")
    print("    double learning_rate, momentum, weight_decay, beta1, beta2, epsilon;")
    print("    double after[STEPS][COUNT];\n} references[] = {")
    for name, kind, settings in CASES:
        print_case(name, kind, settings, run(kind, settings, start, gradients))
    print("};\n// clang-format on\n\n#endif")


main()
