#!/usr/bin/env python3
"""Tests that require PyTorch: the committed references are up to date, and weights and codes can be exchanged.

live.py [--aespec BIN] [CASE ...]

Recomputes each case's reference and compares it with the committed one and with our trainer. Then passes PyTorch's
weights through a trainer and back (same bytes), and codes through encode and decode (same bytes as reconstruct, and
PyTorch's numbers).
"""
import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from compare import HERE, Failed, Skipped, build_trainer, compare_case, run_command, select, tensor_scale
from files import read_safetensors, write_idx
from make_references import Case, initial_weights, make_reference
from model import Autoencoder, normalise

RENEWED_TOLERANCE = 1e-9     # two machines' float64
OUTPUT_TOLERANCE = 1e-5      # float32 against float64, of the largest value


def check(fine, message):
    if not fine:
        raise Failed(message)


def check_close(found, expected, tolerance, what):
    check(found.size == expected.size, f"{what}: {found.shape}, expected {expected.shape}")
    difference = np.abs(found.ravel() - expected.ravel()).max() / np.abs(expected).max()
    check(difference <= tolerance, f"{what} differs by {difference:.3g} of its largest value")


def compare_renewed(committed, renewed):
    """Compares the recomputed reference with the committed one."""
    (old, old_words), (new, new_words) = read_safetensors(committed), read_safetensors(renewed)
    check(old.keys() == new.keys(), "renewed: other tensors")
    changed = {key for key in old_words.keys() | new_words.keys() if old_words.get(key) != new_words.get(key)}
    check(changed <= {"torch", "script"}, f"renewed: other metadata: {sorted(changed)}")
    initial = select(old, "init.")
    for name, array in old.items():
        if name.startswith("after."):
            scale = tensor_scale(initial[name.split(".", 2)[2]], array)
            fine = np.abs(new[name] - array).max() <= RENEWED_TOLERANCE * scale
        else:
            fine = np.allclose(new[name], array, rtol=RENEWED_TOLERANCE if name == "loss" else 0, atol=0)
        check(fine, f"renewed: {name} is no longer what PyTorch {torch.__version__} gives")


def same_bytes(left, right):
    return left.keys() == right.keys() and all(
        left[name].dtype == right[name].dtype and left[name].shape == right[name].shape
        and left[name].numpy().tobytes() == right[name].numpy().tobytes() for name in left)


def check_weights(case, trainer, folder):
    """Passes PyTorch's weights through the trainer, with a learning rate of 0, and back."""
    weights = initial_weights(case)
    save_file(weights, folder / "torch.safetensors")
    run_command([trainer, "train", "--data", folder / "data.idx", "--out", folder / "still", "--epochs", "1", "--init",
                 folder / "torch.safetensors", "--optimizer", "sgd", "--learning-rate", "0", "--momentum", "0",
                 "--weight-decay", "0", "--quiet", *(word for item in case.trainer_sets for word in ("--set", item))])
    back = load_file(folder / "still" / "weights.safetensors")
    check(same_bytes(weights, back), "weights: other bytes after the way through the trainer")
    network = Autoencoder(case.spec)
    network.load_state_dict({name: tensor.double() for name, tensor in back.items()})
    return network


def expected_outputs(case, network):
    """(codes, decoded in the data's units, mean loss) of PyTorch in float64, flat per sample."""
    network.at_rest()
    with torch.no_grad():
        x = normalise(case.spec, case.input())
        codes, loss = network.encode(x)[0], network.loss(x).mean().item()
        decoded = network.decoder(codes)
    if any(term.function in ("bce", "bce_sum") for term in case.spec.terms):
        decoded = decoded.sigmoid()
    shape = (-1, 1, 1) if len(case.spec.input_shape) == 3 else (-1,)
    mean, std = (torch.tensor(case.spec.data[key], dtype=torch.float64).reshape(shape) for key in ("mean", "std"))
    return codes.numpy(), ((decoded * std + mean) / case.spec.data["scale"]).numpy(), loss


def check_codes(case, trainer, network, folder):
    """Compares encode and decode with PyTorch, and with reconstruct byte for byte, with NPY and with CSV."""
    codes, decoded, loss = expected_outputs(case, network)
    source = ["--weights", folder / "torch.safetensors", "--data", folder / "data.idx"]
    for form in ("npy", "csv"):
        run_command([trainer, "encode", *source, "-o", folder / f"code.{form}"])
        run_command([trainer, "decode", "--weights", folder / "torch.safetensors", "--latent", folder / f"code.{form}",
                     "-o", folder / f"{form}.npy"])
    run_command([trainer, "reconstruct", *source, "--count", len(codes), "-o", folder / "pair.npy"])
    found = np.load(folder / "npy.npy")
    check_close(np.load(folder / "code.npy"), codes, OUTPUT_TOLERANCE, "codes")
    check_close(found, decoded, OUTPUT_TOLERANCE, "decoded")
    inputs, outputs = np.load(folder / "pair.npy")
    check(outputs.tobytes() == found.tobytes(), "reconstruct and decode differ")
    check(found.tobytes() == np.load(folder / "csv.npy").tobytes(), "codes by CSV and by NPY decode differently")
    check_close(inputs, case.input().astype(np.float64), OUTPUT_TOLERANCE, "inputs of reconstruct")
    source[1] = folder / "still"
    answer = subprocess.run([trainer, "evaluate", *source, "--json"], capture_output=True, text=True, check=True)
    check_close(np.array(json.loads(answer.stdout)["loss"]), np.array(loss), OUTPUT_TOLERANCE, "loss of evaluate")


def check_case(aespec, path, folder):
    """The text of the case's line."""
    with contextlib.redirect_stdout(io.StringIO()):
        make_reference(path, folder)
    compare_renewed(path.with_suffix(".safetensors"), folder / f"{path.stem}.safetensors")
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    ratio, what = compare_case(aespec, copy, folder)
    check(ratio <= 1, f"trainer: {ratio:.4f} of what is allowed, {what}")
    case = Case(path)
    write_idx(folder / "data.idx", case.input())
    trainer = build_trainer(aespec, path, case.build, folder)
    check_codes(case, trainer, check_weights(case, trainer, folder), folder)
    return f"{ratio:8.4f} of what is allowed, {what}; weights and codes travel"


def report_case(aespec, path):
    try:
        with tempfile.TemporaryDirectory() as folder:
            outcome, note = "passed", check_case(aespec, path, Path(folder))
    except Skipped as reason:
        outcome, note = "skipped", str(reason)
    except (Failed, OSError, ValueError, KeyError, subprocess.SubprocessError) as reason:
        outcome, note = "failed", f"{type(reason).__name__}: {reason}"
    print(f"{outcome:7} live/{path.stem:28} {note}", flush=True)
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aespec", type=Path, default=HERE.parent.parent / "build" / "aespec")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    torch.set_num_threads(1)
    paths = [HERE / "cases" / f"{name}.aespec" for name in options.case] or sorted((HERE / "cases").glob("*.aespec"))
    outcomes = [report_case(options.aespec.resolve(), path) for path in paths]
    print(", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in ("passed", "failed", "skipped")))
    return 1 if "failed" in outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
