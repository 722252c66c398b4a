#!/usr/bin/env python3
"""Trains each reference case with our trainer and compares the result with the committed numbers of PyTorch.

compare.py [--aespec BIN] [--folder DIR] [CASE ...]         needs NumPy, not PyTorch

A case is NAME.aespec and NAME.safetensors; make_references.py describes their content. Per tensor, after 1 step and
after all steps, the largest difference must be at most 1e-3 of the largest update, or of a thousandth of the tensor's
largest weight, whichever is larger; each step's loss must agree within a relative 1e-4.
"""
import argparse
import csv
import hashlib
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from files import read_safetensors, write_idx, write_safetensors

HERE = Path(__file__).resolve().parent
TENSOR_TOLERANCE = 1e-3
LOSS_TOLERANCE = 1e-4
BUILD_SECONDS = 120
WORDS_SHOWN = 5              # lines of a failed command


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def select(arrays, prefix):
    return {name[len(prefix):]: array for name, array in arrays.items() if name.startswith(prefix)}


def tensor_scale(initial, expected):
    """The scale of differences in this tensor."""
    initial = initial.astype(np.float64)
    return max(np.abs(expected - initial).max(), np.abs(initial).max() / 1000)


def worst_tensor(initial, expected, found):
    """(largest difference relative to the tolerance, name of the tensor); NaN counts as infinite."""
    if found.keys() != expected.keys():
        raise Failed(f"tensors {sorted(found)}, expected {sorted(expected)}")
    worst = (0.0, "")
    for name, array in expected.items():
        if found[name].shape != array.shape:
            raise Failed(f"{name} has the shape {found[name].shape}, expected {array.shape}")
        difference = np.abs(found[name].astype(np.float64) - array).max()
        ratio = difference / (TENSOR_TOLERANCE * tensor_scale(initial[name], array))
        worst = max(worst, (float(np.nan_to_num(ratio, nan=np.inf)), name))
    return worst


def worst_loss(expected, found):
    """Largest relative difference, relative to the tolerance."""
    if len(found) != len(expected):
        raise Failed(f"{len(found)} losses in the trace, expected {len(expected)}")
    difference = np.abs(np.asarray(found) - expected) / np.abs(expected)
    return float(np.nan_to_num(difference, nan=np.inf).max() / LOSS_TOLERANCE)


def run_command(command, environment=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=BUILD_SECONDS,
                          env=environment, check=False)
    if done.returncode == 2 and "not supported yet" in done.stderr:
        raise Skipped(done.stderr.strip().splitlines()[0])
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        said = "\n".join(lines[:WORDS_SHOWN] + lines[WORDS_SHOWN:][-1:])
        raise Failed(f"exit {done.returncode} of {shlex.join(str(word) for word in command)}\n{said}")


def read_trace(path):
    with open(path, newline="", encoding="ascii") as file:
        rows = list(csv.DictReader(file))
    steps = [int(row["step"]) for row in rows]
    if steps != list(range(1, len(rows) + 1)):
        raise Failed(f"the trace counts its steps {steps}")
    return [float(row["loss"]) for row in rows]


def train_steps(trainer, folder, steps, flags):
    """(weights, losses) of our trainer after these steps from folder/init.safetensors."""
    run, trace = folder / f"run{steps}", folder / f"trace{steps}.csv"
    run_command([trainer, "train", "--data", folder / "data.idx", "--out", run, "--init", folder / "init.safetensors",
                 "--no-shuffle", "--epochs", steps, "--steps", steps, "--trace", trace, "--quiet", *flags])
    return read_safetensors(run / "weights.safetensors")[0], read_trace(trace)


def build_trainer(aespec, spec, flags, folder):
    trainer = folder / spec.stem
    run_command([aespec, "build", spec, "-o", trainer, *shlex.split(flags)],
                dict(os.environ, CFLAGS=os.environ.get("CFLAGS", "-O1")))
    return trainer


def compare_case(aespec, spec, folder):
    """The worst of tensors and losses relative to the tolerance, as (ratio, what)."""
    arrays, metadata = read_safetensors(spec.with_suffix(".safetensors"))
    initial = select(arrays, "init.")
    write_idx(folder / "data.idx", arrays["input"])
    write_safetensors(folder / "init.safetensors", initial, {})
    if metadata["spec"] != hashlib.sha256(spec.read_bytes()).hexdigest()[:16]:
        raise Failed("the reference is of another text of the spec: run make_references.py")
    trainer = build_trainer(aespec, spec, metadata["build"], folder)
    worst = []
    for steps in sorted({1, int(metadata["steps"])}):
        weights, losses = train_steps(trainer, folder, steps, shlex.split(metadata["train"]))
        worst.append(worst_tensor(initial, select(arrays, f"after.{steps}."), weights))
        worst.append((worst_loss(arrays["loss"][:steps], losses), "loss"))
    return max(worst)


def report_case(aespec, spec):
    """Prints the line of the case and returns its outcome."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            ratio, what = compare_case(aespec, spec, Path(folder))
        outcome, note = ("passed" if ratio <= 1 else "failed"), f"{ratio:8.4f} of what is allowed, {what}"
    except Skipped as reason:
        outcome, note = "skipped", str(reason)
    except (Failed, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as reason:
        outcome, note = "failed", f"{type(reason).__name__}: {reason}"
    print(f"{outcome:7} torch/{spec.stem:28} {note}", flush=True)
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aespec", type=Path, default=HERE.parent.parent / "build" / "aespec")
    parser.add_argument("--folder", type=Path, default=HERE / "cases")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    specs = [options.folder / f"{name}.aespec" for name in options.case] or sorted(options.folder.glob("*.aespec"))
    if not specs:
        sys.exit(f"no case in {options.folder}")
    outcomes = [report_case(options.aespec.resolve(), spec) for spec in specs]
    print(", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in ("passed", "failed", "skipped")))
    return 1 if "failed" in outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
