#!/usr/bin/env python3
"""Times that a person waits: from a spec to a binary, from compressed data to the first step.

start.py [--rounds N]     prints a table in Markdown
"""
import argparse
import os
import tempfile
from pathlib import Path

from measure import AESPEC, ROOT, machine, table, wall

DENSE_LAYERS = 30


def dense_text():
    layers = "; ".join(["dense(300) -> relu"] * (DENSE_LAYERS // 2))
    back = "; ".join(["dense(300) -> relu"] * (DENSE_LAYERS // 2 - 1))
    return f"""model deep
input x : [784]
encoder {{ {layers} }}
latent z = code
decoder {{ {back}; dense(784) }}
loss {{ mse(x) }}
"""


def builds(spec, count):
    """Seconds cold, each in a cache of its own, and warm."""
    cold, warm = [], []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = folder
            binary = Path(folder) / "trainer"
            cold.append(wall(AESPEC, "build", spec, "-o", binary))
            warm.append(wall(AESPEC, "build", spec, "-o", binary))
    return cold, warm


def spread(seconds):
    return f"{min(seconds):.3f} ({max(seconds):.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(machine() + "\n")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        deep = Path(folder) / "deep.aespec"
        deep.write_text(dense_text())
        for name, spec in (("aec", ROOT / "specs" / "aec.aespec"), (f"dense, {DENSE_LAYERS} layers", deep)):
            cold, warm = builds(spec, options.rounds)
            rows += [[f"{name}: spec to binary, cold", spread(cold)], [f"{name}: the same again", spread(warm)]]
        os.environ["XDG_CACHE_HOME"] = folder
        trainer = Path(folder) / "ael"
        wall(AESPEC, "build", ROOT / "specs" / "ael.aespec", "-o", trainer)
        first = [wall(trainer, "train", "--data", ROOT / "data" / "mnist", "--steps", 1, "--batch", 1, "--quiet", "--out",
                      Path(folder) / f"run{i}") for i in range(options.rounds)]
        rows.append(["MNIST from .gz, one step, its epoch's test and the files of the run", spread(first)])
    print(table(["what", "seconds, best (worst)"], rows))


if __name__ == "__main__":
    main()
