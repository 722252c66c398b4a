#!/usr/bin/env python3
"""Training steps of the five specs: every target, batch 128 and 1000, one thread and two.

steps.py [--rounds N] [SPEC ...]     prints a table in Markdown
"""
import argparse

from measure import ROOT, SPECS, Trainers, bench, machine, rounds, table, targets


def measure(trainers, spec, target, batch, count):
    trainer = trainers.get(ROOT / "specs" / f"{spec}.aespec", target)
    one, two = rounds(count, lambda: bench(trainer, batch, 1), lambda: bench(trainer, batch, 2))
    best = min(one, key=lambda result: result["step"]["ms"])
    shares = [result["step"]["fraction_of_peak"] for result in one]
    both = min(result["step"]["ms"] for result in two)
    step = best["step"]
    return [spec, target, batch, f"{step['ms']:.2f}", f"{step['gflops']:.1f}", f"{best['peak_gflops']:.1f}",
            f"{max(shares):.0%}", f"{min(shares):.0%}", f"{both:.2f}", f"{step['ms'] / both:.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("specs", nargs="*", default=SPECS)
    options = parser.parse_args()
    trainers = Trainers()
    print(machine() + "\n")
    rows = [measure(trainers, spec, target, batch, options.rounds)
            for spec in options.specs for target in targets() for batch in (128, 1000)]
    print(table(["spec", "target", "batch", "ms a step", "GFLOP/s", "peak", "of peak, best", "worst", "two threads, ms",
                 "times one"], rows))


if __name__ == "__main__":
    main()
