#!/usr/bin/env python3
"""difference.py FILE FILE: prints the first number in which two safetensors or NPY files differ."""
import sys
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "torch"))
from files import read_safetensors  # noqa: E402


def read_arrays(path):
    return {"": np.load(path)} if path.endswith(".npy") else read_safetensors(path)[0]


def main():
    left, right = (read_arrays(path) for path in sys.argv[1:3])
    if left.keys() != right.keys():
        print(f"tensors {sorted(left)} and {sorted(right)}")
    for name in left.keys() & right.keys():
        a, b = left[name], right[name]
        if a.shape != b.shape:
            print(f"{name} has the shapes {list(a.shape)} and {list(b.shape)}")
            continue
        places = np.argwhere(a.view(np.uint32) != b.view(np.uint32))
        if len(places):
            at = tuple(places[0])
            print(f"{name}{list(map(int, at))} is {a[at]:.9g} and {b[at]:.9g}; {len(places)} of {a.size} differ")


if __name__ == "__main__":
    main()
