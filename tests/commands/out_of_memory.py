#!/usr/bin/env python3
"""out_of_memory.py LIBRARY [--most N] [--made FOLDER...] -- COMMAND...

Runs COMMAND once for each of its allocations, or for N evenly spaced ones, and lets that allocation fail; LIBRARY is
compiled from failing_malloc.c. The command must succeed nevertheless, or print "out of memory" as its only line and
exit with 3. Files must then be unchanged or complete, and no other file may be left. Each run starts with the same
files and without the folders that the command creates.

Prints the failures and the number of allocations for which each occurred."""
import argparse
import json
import os
import shutil
import subprocess
from pathlib import Path

EXIT_FILE = 3


def read_files():
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def read_tensors(content):
    """{name: shape, place}; None if the file is not complete."""
    length = int.from_bytes(content[:8], "little")
    tensors = json.loads(content[8:8 + length])
    del tensors["__metadata__"]
    end = max(tensor["data_offsets"][1] for tensor in tensors.values())
    return tensors if len(content) == 8 + length + end else None


def is_whole(path, content, expected):
    """A run that ends early has fewer epochs; times differ."""
    if path.endswith("timing.csv"):
        return content.endswith(b"\n")
    if path.endswith("metrics.csv"):
        return expected.startswith(content) and content.endswith(b"\n")
    if path.endswith("weights.safetensors"):
        return read_tensors(content) == read_tensors(expected)
    return content == expected


class Sweep:
    def __init__(self, library, made, command):
        self.library, self.made, self.command = os.path.abspath(library), made, command
        self.before = read_files()
        counter = os.path.abspath("../allocations")
        self.done = self.run(FAIL_COUNT=counter)
        assert self.done.returncode == 0, self.done.stderr
        self.after = read_files()
        self.restore()
        self.count = int(Path(counter).read_text())

    def run(self, **settings):
        return subprocess.run(self.command, capture_output=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, "LD_PRELOAD": self.library, **settings})

    def restore(self):
        for folder in self.made:
            shutil.rmtree(folder, ignore_errors=True)
        files = read_files()
        for path in set(files) - set(self.before):
            os.remove(path)
        for path, content in self.before.items():
            if files.get(path) != content:
                Path(path).write_bytes(content)

    def file_fault(self):
        for path, content in read_files().items():
            if path not in self.after:
                return f"{path} is left behind"
            if content != self.before.get(path) and not is_whole(path, content, self.after[path]):
                return f"{path} is not whole"
        return None

    def fault(self, number):
        done = self.run(FAIL_AT=str(number))
        said = done.stderr.decode(errors="replace")
        # A training is whole without its figures: it says why they are missing, and ends well.
        extra = [line for line in done.stderr.splitlines() if line not in self.done.stderr.splitlines()]
        told = all(b"/figures" in line and line.endswith(b": out of memory") for line in extra)
        if done.returncode == 0 and (done.stdout != self.done.stdout or not told):
            return f"other output: {said}"
        if done.returncode != 0 and (done.returncode != EXIT_FILE or not said.endswith(": out of memory\n")
                                     or said.count("\n") != 1):
            return f"exit {done.returncode}, {said!r}"
        return self.file_fault()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--made", nargs="*", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    sweep = Sweep(arguments.library, arguments.made, arguments.command)
    wrong = 0
    for number in range(1, sweep.count + 1, max(1, sweep.count // arguments.most)):
        fault = sweep.fault(number)
        sweep.restore()
        if fault:
            wrong += 1
            print(f"allocation {number} of {sweep.count}: {fault}")
    print(f"{' '.join(arguments.command)}: {wrong} wrong")


main()
