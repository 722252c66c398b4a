#!/usr/bin/env python3
"""Computes the reference of each case with PyTorch in float64.

make_references.py [--folder DIR] [--out DIR] [CASE ...]

A case is NAME.aespec. Comments at its top specify the run:
    # data: SAMPLES TYPE [LOW HIGH] [as AxBxC]    random data of that type, stored in that shape
    # build: FLAGS                                flags of `aespec build`
    # train: FLAGS                                flags of the trainer, --steps among them
    # init: PARAMETER=FACTOR ...                  initial weights multiplied by a factor, 0 for instance
NAME.safetensors gets `input` (the raw data), `init.PARAMETER` (float32), `after.STEPS.PARAMETER` (float64)
for 1 step and all of them, `loss` of each step (float64), and in its metadata the flags, every setting in force, the
versions of PyTorch and of these scripts, and that of the spec. Samples are used in order (--no-shuffle). A case
is rejected if it cannot detect errors: a tensor that hardly moves, or a network so near a kink that rounding to
float32 uses a third of the tolerance.
"""
import argparse
import hashlib
import re
import shlex
import sys
import zlib
from pathlib import Path

import numpy as np
import torch

from compare import HERE, Failed, worst_loss, worst_tensor
from files import write_safetensors
from model import Autoencoder, make_optimizer, normalise, train_step
from spec import TRAIN_DEFAULTS, read_spec, whole

SMALLEST_UPDATE = 1e-3
FLOAT32_SHARE = 1 / 3


class Case:
    """The contents of a case's file."""

    def __init__(self, path):
        self.name, self.text = path.stem, path.read_text(encoding="utf-8")
        said = dict(re.findall(r"^# (data|build|init|train): (.*)$", self.text, re.MULTILINE))
        self.data, self.build, self.train = said["data"].split(), said.get("build", ""), said["train"]
        self.factors = dict(item.split("=") for item in said.get("init", "").split())
        flags = flag_values(self.train)
        self.trainer_sets = flags.pop("set", [])
        sets = flag_values(self.build).get("set", []) + self.trainer_sets
        self.steps = int(flags.pop("steps")[0])
        self.spec = read_spec(self.text, sets)
        given = {name.replace("-", "_"): values[0] for name, values in flags.items()}
        if given.keys() - TRAIN_DEFAULTS.keys():
            raise Failed(f"unknown flags in {self.train}")
        self.settings = {name: value if isinstance(value, str) and name in ("optimizer", "reduction") else float(value)
                         for name, value in {**self.spec.train, **given}.items()}

    def input(self):
        """The data as stored: random, with the name of the case as seed."""
        samples, kind, *rest = self.data
        shape = self.spec.input_shape
        shape = shape[1:] if len(shape) == 3 and shape[0] == 1 else shape
        if "as" in rest:
            shape = tuple(int(size) for size in rest[rest.index("as") + 1].split("x"))
            rest = rest[:rest.index("as")]
        low, high = (float(word) for word in rest or ("0", "255"))
        random = np.random.default_rng(zlib.crc32(self.name.encode()))
        values = random.random((int(samples), *shape)) * (high - low) + low
        return (values if kind.startswith("float") else values.round()).astype(kind)


def flag_values(text):
    """`--a 1 --set b=2` as {"a": ["1"], "set": ["b=2"]}."""
    words, values = shlex.split(text), {}
    for flag, value in zip(words[::2], words[1::2], strict=True):
        values.setdefault(flag.removeprefix("--"), []).append(value)
    return values


def initial_weights(case):
    """PyTorch's default initialisation times the case's factors, float32 by name. No zero is negative."""
    torch.manual_seed(whole(case.settings["seed"]))
    weights = Autoencoder(case.spec, torch.float32).state_dict()
    return weights | {name: weights[name] * float(factor) + 0.0 for name, factor in case.factors.items()}


def train_case(case, initial, dtype):
    """(weights after each step, losses); float64 arrays."""
    network = Autoencoder(case.spec, dtype)
    network.load_state_dict({name: tensor.to(dtype) for name, tensor in initial.items()})
    optimizer = make_optimizer(network.parameters(), case.settings)
    data, batch = normalise(case.spec, case.input(), dtype), whole(case.settings["batch"])
    weights, losses, epoch = [], [], 0
    while len(losses) < case.steps:
        epoch += 1
        for start in range(0, len(data), batch)[:case.steps - len(losses)]:
            x = data[start:start + batch]
            network.at_step(whole(case.settings["seed"]), epoch, np.arange(start, start + len(x)))
            losses.append(train_step(network, optimizer, x, case.settings["reduction"]))
            weights.append({name: tensor.double().numpy().copy() for name, tensor in network.state_dict().items()})
    return weights, np.array(losses)


def check_case(initial, exact, rounded):
    """Raises Failed if the case cannot detect errors; returns the share of the tolerance that float32 uses."""
    for name, start in initial.items():
        update = np.abs(exact[0][-1][name] - start).max()
        if not update > SMALLEST_UPDATE * np.abs(start).max():
            raise Failed(f"{name} moves by {update:.2g} only")
    share = max(worst_loss(exact[1], rounded[1]),
                *(worst_tensor(initial, *pair)[0] for pair in zip(exact[0], rounded[0])))
    if share > FLOAT32_SHARE:
        raise Failed(f"float32 alone uses {share:.2g} of what is allowed")
    return share


def make_reference(path, out):
    """Writes the case's reference; returns the share of the tolerance that float32 uses."""
    case = Case(path)
    initial = initial_weights(case)
    exact, rounded = (train_case(case, initial, dtype) for dtype in (torch.float64, torch.float32))
    initial = {name: tensor.numpy() for name, tensor in initial.items()}
    share = check_case(initial, exact, rounded)
    arrays = {"input": case.input(), "loss": exact[1]}
    arrays |= {f"init.{name}": array for name, array in initial.items()}
    for steps in sorted({1, case.steps}):
        arrays |= {f"after.{steps}.{name}": array for name, array in exact[0][steps - 1].items()}
    metadata = {"build": case.build, "train": drop_steps(case.train), "steps": str(case.steps), "shuffle": "no",
                "torch": torch.__version__, "script": script_version(), "spec": digest([path])}
    metadata |= {name: f"{value:.17g}" if isinstance(value, float) else value for name, value in case.settings.items()}
    write_safetensors(out / f"{case.name}.safetensors", arrays, metadata)
    return share


def drop_steps(flags):
    return re.sub(r"--steps \S+ ?", "", flags).strip()


def digest(paths):
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def script_version():
    """Identifies the code that made a reference."""
    return digest([HERE / name for name in ("make_references.py", "model.py", "noise.py", "spec.py")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=HERE / "cases")
    parser.add_argument("--out", type=Path, help="where the references go, else beside the cases")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    torch.set_num_threads(1)
    paths = [options.folder / f"{name}.aespec" for name in options.case] or sorted(options.folder.glob("*.aespec"))
    failed = 0
    for path in paths:
        try:
            print(f"made    {path.stem:28} float32 uses {make_reference(path, options.out or options.folder):.4f}")
        except Failed as reason:
            failed += 1
            print(f"refused {path.stem:28} {reason}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
