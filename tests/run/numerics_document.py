#!/usr/bin/env python3
"""Runs the NumPy code of docs/numerics.md and compares its random numbers with those of the runtime.

    numerics_document.py DOCUMENT DRAWS     DRAWS is the program made of numerics_draws.c
"""
import re
import subprocess
import sys

import numpy as np

# Known answers for philox4x32 with 10 rounds, published by Random123: counter, key, result.
KNOWN = [
    ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    ([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0],
     [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]),
]
SEEDS = [0, 1, 12345678901234567]
COUNTS = [1, 2, 3, 4, 7, 784, 60000]


def load(document):
    names = {}
    text = open(document, encoding="utf-8").read()
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, f"{document} has {len(blocks)} blocks of Python, not 1"
    exec(compile(blocks[0], document, "exec"), names)
    return names


def drawn(program, kind, *arguments):
    command = [program, kind, *(repr(argument) for argument in arguments)]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout,
                         np.uint32 if kind == "order" else np.float32)


def equal(what, expected, found):
    assert np.array_equal(expected, found), f"{what}: {np.count_nonzero(expected != found)} numbers of {found.size} differ"


def near(what, expected, found):
    worst = np.abs(expected - found).max()
    assert worst <= 1e-6, f"{what}: the largest difference is {worst}"
    return worst


def main():
    document, program = sys.argv[1:]
    numpy_draws = load(document)
    for counter, key, answer in KNOWN:
        words = [int(word) for word in numpy_draws["philox"](counter, key)]
        assert words == answer, f"philox of {counter}, {key}: expected {answer}, got {words}"
    worst = 0
    for seed in SEEDS:
        for count in COUNTS:
            equal("order", numpy_draws["draw_order"](seed, 3, count), drawn(program, "order", seed, 3, count))
            for p in (0.0, 0.1, 0.5, 1 / 3, 0.999):
                equal("dropout", numpy_draws["draw_dropout"](seed, 2, 59999, 1, p, count),
                      drawn(program, "dropout", seed, 2, 59999, 1, p, count))
            for bound in (1 / 28, 0.3, 1e-3):
                equal("initial values", numpy_draws["draw_initial"](seed, 5, bound, count),
                      drawn(program, "initial", seed, 5, bound, count))
            worst = max(worst, near("epsilon", numpy_draws["draw_epsilon"](seed, 4, 77, 2, count),
                                    drawn(program, "epsilon", seed, 4, 77, 2, count)))
            worst = max(worst, near("sample", numpy_draws["draw_sample"](seed, 99, count),
                                    drawn(program, "sample", seed, 99, count)))
    print(f"normal numbers differ by at most {worst:.2g}", file=sys.stderr)
    print("the document draws what the runtime draws")


main()
