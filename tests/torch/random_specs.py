#!/usr/bin/env python3
"""Compares random specs of tests/targets/make_specs.py with PyTorch in float64: the update of one step, and its loss.

random_specs.py [--aespec BIN] [--target T] [--count 100] [--seed 1] [--first 1] [--verbose]

The step begins with PyTorch's default weights and uses the first batch. The tolerance is that of compare.py: per tensor
1e-3 of the largest update, or of a thousandth of its largest weight. Every fourth number uses Adam with epsilon = 1e-5,
unless float32 in PyTorch itself uses more than a third of the tolerance (a gradient near zero, whose sign determines
the update of Adam). All others use SGD, with a rate at which each tensor's update exceeds its rounding. If the step of
SGD is not conclusive either (a pre-activation at a kink), the number is printed and the next one is used; if more than
one in twenty are not conclusive, the test fails.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "targets"))
from compare import HERE, Failed, build_trainer, train_steps, worst_loss, worst_tensor  # noqa: E402
from files import write_idx, write_safetensors  # noqa: E402
from make_references import FLOAT32_SHARE  # noqa: E402
from make_specs import random_spec  # noqa: E402
from model import Autoencoder, make_optimizer, normalise, train_step  # noqa: E402
from spec import read_spec, whole  # noqa: E402

SMALLEST_UPDATE = 2e-3       # of a tensor's largest weight
LARGEST_RATE = 1e6
SPOILT = 3e-3


def make_network(spec, initial, dtype):
    network = Autoencoder(spec, dtype)
    network.load_state_dict({name: torch.from_numpy(array).to(dtype) for name, array in initial.items()})
    return network


def take_step(spec, initial, batch, settings, dtype):
    """(weights after the step, its loss)"""
    network = make_network(spec, initial, dtype)
    network.at_step(whole(settings["seed"]), 1, np.arange(len(batch)))
    loss = train_step(network, make_optimizer(network.parameters(), settings), normalise(spec, batch, dtype),
                      settings["reduction"])
    return {name: tensor.double().numpy() for name, tensor in network.state_dict().items()}, np.array([loss])


def choose_rate(spec, initial, batch, settings):
    """The rate of SGD at which the smallest update is SMALLEST_UPDATE of its tensor's largest weight."""
    after = take_step(spec, initial, batch, settings | {"learning_rate": 1.0}, torch.float64)[0]
    ratios = [np.abs(after[name] - start).max() / np.abs(start).max() for name, start in initial.items()]
    return min(LARGEST_RATE, max((SMALLEST_UPDATE / ratio for ratio in ratios if ratio > 0), default=1.0))


def step_settings(number, spec, initial, batch):
    """The optimizers for the step, in order of preference."""
    settings = {name: value if isinstance(value, str) else float(value) for name, value in spec.train.items()}
    settings |= {"weight_decay": 0.0, "momentum": 0.0, "epsilon": 1e-5, "batch": float(len(batch)), "optimizer": "sgd"}
    if number % 4 == 0:
        yield settings | {"optimizer": "adam", "learning_rate": 1e-2}
    yield settings | {"learning_rate": float(f"{choose_rate(spec, initial, batch, settings):.6g}")}


def trainer_flags(settings):
    names = ["optimizer", "learning_rate", "momentum", "weight_decay", "epsilon", "reduction"]
    flags = [word for name in names for word in (f"--{name.replace('_', '-')}", settings[name])]
    return flags + ["--batch", whole(settings["batch"])]


def compare_number(options, number, folder):
    """(share of the tolerance used by float32 in PyTorch, by our trainer, where)"""
    text, data, _ = random_spec(options.seed, number)
    spec = read_spec(text)
    batch = data[:whole(spec.train["batch"])].copy()
    torch.manual_seed(number)
    initial = {name: tensor.numpy() for name, tensor in Autoencoder(spec, torch.float32).state_dict().items()}
    for settings in step_settings(number, spec, initial, batch):
        exact, loss = take_step(spec, initial, batch, settings, torch.float64)
        rounded, rounded_loss = take_step(spec, initial, batch, settings, torch.float32)
        share = max(worst_tensor(initial, exact, rounded)[0], worst_loss(loss, rounded_loss))
        if share <= FLOAT32_SHARE:
            break
    else:
        return share, 0.0, ""
    path = folder / f"number{number}.aespec"
    path.write_text(text, encoding="ascii")
    write_idx(folder / "data.idx", batch)
    write_safetensors(folder / "init.safetensors", initial, {})
    trainer = build_trainer(options.aespec, path, f"--target {options.target}", folder)
    found, losses = train_steps(trainer, folder, 1, trainer_flags(settings))
    spoilt = {name: array + SPOILT * (array - initial[name]) for name, array in found.items()}
    if worst_tensor(initial, exact, spoilt)[0] <= 1:
        raise Failed("an update that is wrong by 3 parts in 1,000 would not be found")
    return share, *max(worst_tensor(initial, exact, found), (worst_loss(loss, losses), "loss"))


def report_number(options, number):
    """Prints the line of the number and returns its outcome."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            share, ratio, what = compare_number(options, number, Path(folder))
        if share > FLOAT32_SHARE:
            outcome, note = "untold", f"float32 alone uses {share:.2g} of what is allowed"
        else:
            outcome, note = ("equal" if ratio <= 1 else "failed"), f"{ratio:8.4f} of what is allowed, {what}"
    except (Failed, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as reason:
        outcome, note = "failed", f"{type(reason).__name__}: {reason}"
    if outcome != "equal" or options.verbose:
        print(f"{outcome:7} number {number} of seed {options.seed}: {note}", flush=True)
    if outcome == "failed":
        print(random_spec(options.seed, number)[0], flush=True)
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aespec", type=Path, default=HERE.parent.parent / "build" / "aespec")
    parser.add_argument("--target", default="scalar")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="a line for each number")
    options = parser.parse_args()
    options.aespec = options.aespec.resolve()
    torch.set_num_threads(1)
    # Without a flag for fma instructions, scalar C calls fmaf.
    os.environ.setdefault("CFLAGS", "-O1 -march=native")
    outcomes, number = [], options.first
    while len(outcomes) - outcomes.count("untold") < options.count and \
            outcomes.count("untold") <= max(2, options.count // 20):
        outcomes.append(report_number(options, number))
        number += 1
    equal, failed = outcomes.count("equal"), outcomes.count("failed")
    print(f"{equal} of {options.count} random specs agree with PyTorch {torch.__version__} ({options.target}), "
          f"{failed} failed, {outcomes.count('untold')} could not tell")
    return 0 if equal == options.count else 1


if __name__ == "__main__":
    sys.exit(main())
