#!/usr/bin/env python3
"""Compares a spec on real data with the same network in PyTorch: same weights, same order, same noise.

parity.py [--aespec BIN] [--data DIR] [--out FILE.md] [--epochs N] [SPEC ...]

By default the linear autoencoders and the variational one of specs/, with their own settings. Every step's loss must
agree within a relative 1e-4 for the first 100 steps, every epoch's losses within 2 %. Writes the table docs/parity.md.
"""
import argparse
import csv
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from compare import HERE, read_trace
from files import read_idx, write_safetensors
from make_references import FLOAT32_SHARE
from model import Autoencoder, make_optimizer, normalise, train_step
from noise import epoch_order
from spec import read_spec, whole

ROOT = HERE.parent.parent
STEPS, STEP_TOLERANCE, EPOCH_TOLERANCE = 100, 1e-4, 0.02
MOVES = 3                    # number of trials of PyTorch's own repeatability
EVALUATION_BATCH = 1000
LIVE_SHARE = 0.2             # a code unit is alive if it is above 0 for at least this share of the samples


@dataclass
class Result:
    name: str
    seed: int
    own: float               # worst relative difference of the first steps between runs of PyTorch
    own_epochs: float        # the same for the losses of epochs
    command: str
    steps: dict              # worst relative difference of the first steps, by PyTorch's type
    epochs: list             # (epoch, ours train, PyTorch train, ours test, PyTorch test)
    seconds: tuple           # ours, PyTorch

    def worst_epoch(self):
        return max(abs(ours / theirs - 1) for _, *four in self.epochs for ours, theirs in (four[:2], four[2:]))

    def passed(self):
        return max(self.steps.values()) <= STEP_TOLERANCE and self.worst_epoch() <= EPOCH_TOLERANCE


def find_idx(folder, stem):
    for path in sorted(Path(folder).glob(f"{stem}*")):
        return read_idx(path)
    raise FileNotFoundError(f"{folder}/{stem}*")


def live_share(network, data):
    """The smallest share of samples for which a code unit is above 0."""
    network.at_rest()
    with torch.no_grad():
        code = network.encode(normalise(network.spec, data[:EVALUATION_BATCH], torch.float32))[0]
    return (code > 0).double().mean(0).min().item()


def units_live(network, train, test):
    """True if both units of a code of two are alive, at the start and after an epoch of PyTorch."""
    last = [layer.arguments for layer in network.spec.encoder if layer.kind == "dense"][-1:]
    if network.gaussian or not last or last[0]["units"] != 2:
        return True
    start = live_share(network, train)
    train_torch(network, train, test, 1)
    return min(start, live_share(network, train)) >= LIVE_SHARE


def moved_weights(weights, seed):
    """float64 weights, each changed by at most a relative 2^-24."""
    generator = torch.Generator().manual_seed(seed)
    return {name: tensor.double() * (1 + 2.0 ** -24 * (2 * torch.rand(tensor.shape, generator=generator,
                                                                     dtype=torch.float64) - 1))
            for name, tensor in weights.items()}


def own_difference(spec, weights, train, test):
    """The difference of PyTorch's first steps in float64 from those in float32 and from slightly changed weights."""
    def first_steps(weights, dtype):
        return train_torch(load_network(spec, weights, dtype), train, test, STEPS, STEPS)[0]

    exact = first_steps(weights, torch.float64)
    others = [first_steps(weights, torch.float32)]
    others += [first_steps(moved_weights(weights, seed), torch.float64) for seed in range(MOVES)]
    return max(worst_step(other, exact) for other in others)


def choose_weights(spec, train, test):
    """(seed, weights, difference): PyTorch's weights of the first seed whose code units are alive and whose first steps
    PyTorch itself repeats within a third of the tolerance."""
    for seed in range(1, 1000):
        torch.manual_seed(seed)
        weights = Autoencoder(spec, torch.float32).state_dict()
        if units_live(load_network(spec, weights, torch.float32), train, test):
            difference = own_difference(spec, weights, train, test)
            if difference <= STEP_TOLERANCE * FLOAT32_SHARE:
                return seed, weights, difference
    raise RuntimeError("no seed fits")


def load_network(spec, weights, dtype):
    network = Autoencoder(spec, dtype)
    network.load_state_dict({name: tensor.to(dtype) for name, tensor in weights.items()})
    return network


def train_torch(network, train, test, epochs, steps=None):
    """(losses of steps, (train loss, test loss) of epochs); stops after `steps`."""
    spec, dtype = network.spec, next(network.parameters()).dtype
    optimizer, batch = make_optimizer(network.parameters(), spec.train), whole(spec.train["batch"])
    seed, losses, rows = whole(spec.train["seed"]), [], []
    for epoch in range(1, epochs + 1):
        order, sizes = epoch_order(seed, epoch, len(train)), []
        for start in range(0, len(train), batch):
            if len(losses) == steps:
                return losses, rows
            samples = order[start:start + batch]
            network.at_step(seed, epoch, samples)
            losses.append(train_step(network, optimizer, normalise(spec, train[samples], dtype),
                                     spec.train["reduction"]))
            sizes.append(len(samples))
        rows.append((np.average(losses[-len(sizes):], weights=sizes), evaluate(network, test, dtype)))
    return losses, rows


def evaluate(network, test, dtype):
    network.at_rest()
    total = 0.0
    with torch.no_grad():
        for start in range(0, len(test), EVALUATION_BATCH):
            x = normalise(network.spec, test[start:start + EVALUATION_BATCH], dtype)
            total += network.loss(x).double().sum().item()
    return total / len(test)


def read_metrics(path):
    with open(path, newline="", encoding="ascii") as file:
        return [(float(row["train_loss"]), float(row["test_loss"])) for row in csv.DictReader(file)]


def train_ours(options, path, folder, epochs):
    """(losses of steps, (train loss, test loss) of epochs, the command as typed by a user)."""
    trainer = folder / path.stem
    subprocess.run([options.aespec, "build", path, "-o", trainer], check=True)
    flags = ["--epochs", str(epochs)] if options.epochs else []
    subprocess.run([trainer, "train", "--data", options.data, "--out", folder / "run", "--init",
                    folder / "init.safetensors", "--trace", folder / "trace.csv", "--quiet", *flags], check=True)
    command = " ".join([f"./{path.stem} train --init init.safetensors --trace trace.csv", *flags])
    return read_trace(folder / "trace.csv"), read_metrics(folder / "run" / "metrics.csv"), command


def worst_step(ours, theirs):
    return max(abs(left / right - 1) for left, right in zip(ours[:STEPS], theirs[:STEPS], strict=True))


def compare_spec(options, path, train, test):
    spec = read_spec(path.read_text(encoding="utf-8"))
    epochs = options.epochs or whole(spec.train["epochs"])
    seed, weights, own = choose_weights(spec, train, test)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_safetensors(folder / "init.safetensors", {key: tensor.numpy() for key, tensor in weights.items()}, {})
        start = time.monotonic()
        ours, our_epochs, command = train_ours(options, path, folder, epochs)
    middle = time.monotonic()
    theirs, their_epochs = train_torch(load_network(spec, weights, torch.float32), train, test, epochs)
    seconds = (middle - start, time.monotonic() - middle)
    network = load_network(spec, weights, torch.float64)
    exact, _ = train_torch(network, train, test, epochs, min(STEPS, len(theirs)))
    rows = [(number + 1, left[0], right[0], left[1], right[1])
            for number, (left, right) in enumerate(zip(our_epochs, their_epochs, strict=True))]
    steps = {"float32": worst_step(ours, theirs), "float64": worst_step(ours, exact)}
    _, again = train_torch(load_network(spec, moved_weights(weights, 0), torch.float32), train, test, epochs)
    own_epochs = np.abs(np.array(again) / np.array(their_epochs) - 1).max()
    return Result(spec.name, seed, own, own_epochs, command, steps, rows, seconds)


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())


def compiler_version():
    answer = subprocess.run([os.environ.get("CC", "cc"), "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()[0]


def report_head():
    return f"""# Parity with PyTorch on MNIST

Each spec of `specs/` below was trained by our trainer and by PyTorch from the same initial weights, in the same
order and with the same noise (`docs/numerics.md`), with the spec's own settings, on all of MNIST.
`python3 tests/torch/parity.py` makes this page anew.

The weights are PyTorch's of the first seed that serves: of a code of two units both must live, at the start and
after an epoch ({LIVE_SHARE:.0%} of the samples see each above 0), and PyTorch must repeat its own first {STEPS} steps
to a third of what is allowed here, in float64 against float32 and against {MOVES} runs in float64 from weights moved by
a relative 2^-24 at most; from some seeds it does not. Two runs of PyTorch in float32, one of them from weights so
moved, show how far apart rounding alone takes the epochs.

- {processor()}, one thread; {platform.system()}, {compiler_version()}
- PyTorch {torch.__version__}, NumPy {np.__version__}, Python {platform.python_version()}
- The step's difference is |ours / PyTorch - 1|, the worst of the first {STEPS} steps; {STEP_TOLERANCE:g} is allowed.
- Of an epoch's losses {EPOCH_TOLERANCE:.0%} is allowed.
"""


def report_spec(result):
    steps = ", ".join(f"{value:.2e} against {kind}" for kind, value in result.steps.items())
    lines = [f"\n## {result.name}\n", f"`{result.command}`, initial weights of `torch.manual_seed({result.seed})`.", "",
             f"Worst difference of the first steps: {steps}; {result.own:.2e} between runs of PyTorch.",
             f"Worst difference of an epoch's losses: {result.worst_epoch():.3%}; {result.own_epochs:.3%} between two "
             "runs of PyTorch.", "",
             "| epoch | train, ours | train, PyTorch | difference | test, ours | test, PyTorch | difference |",
             "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for epoch, *losses in result.epochs:
        cells = [f"{left:.6g} | {right:.6g} | {left / right - 1:+.3%}" for left, right in (losses[:2], losses[2:])]
        lines.append(f"| {epoch} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aespec", type=Path, default=ROOT / "build" / "aespec")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "mnist")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "parity.md")
    parser.add_argument("--epochs", type=int, help="fewer epochs than the specs'")
    parser.add_argument("spec", nargs="*", type=Path)
    options = parser.parse_args()
    options.aespec = options.aespec.resolve()
    torch.set_num_threads(1)
    train, test = (find_idx(options.data, stem) for stem in ("train-images-idx", "t10k-images-idx"))
    specs = options.spec or [ROOT / "specs" / f"{name}.aespec" for name in ("ael", "ael_latent", "vae")]
    text, failed = report_head(), 0
    for path in specs:
        result = compare_spec(options, path, train, test)
        failed += not result.passed()
        print(f"{'passed' if result.passed() else 'failed'} {result.name}: worst step {result.steps}, "
              f"last epoch {result.epochs[-1]}, seconds ours and PyTorch {result.seconds}", flush=True)
        text += report_spec(result)
        options.out.write_text(text, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
