#!/usr/bin/env python3
"""check.py [LINES [LAYERS [SECONDS]]]: runs `check` and `fmt` on every kind of long spec; `show`, `graph` and the plan
on those with many layers. The convolutions are planned for a target that packs them.

The limit of processor time is far above the time of a command and far below that of a quadratic algorithm, so that the
speed of the machine does not matter. The limit of memory is 64 MB plus 12 KB per line, or 32 KB per convolution."""
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import specs  # noqa: E402

HERE = Path(__file__).resolve().parent
AESPEC = os.environ.get("AESPEC") or str(HERE.parent.parent / "build" / "aespec")
SANITIZED = b"__asan_init" in Path(AESPEC).read_bytes()    # its shadow memory needs more address space than any limit


def run(line, memory, seconds, folder):
    """(exit code, messages on stderr, seconds of processor time)."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([AESPEC, *line], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder,
                          preexec_fn=limit, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.returncode, done.stderr, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(lines, layers):
    """(command line, kind, length, expected exit code) of each test."""
    for code, kinds in enumerate((specs.CORRECT, specs.WRONG)):
        for kind in kinds:
            yield ["check"], kind, lines, code
            if code == 0:
                yield ["fmt"], kind, lines, 0
    for kind in (specs.layers, specs.mirrored):
        yield ["show"], kind, layers, 0
        yield ["emit", "--dump=plan", "-o", "plan.txt"], kind, layers, 0
        yield ["graph", "-o", "long.svg"], kind, layers, 0
    packed = ["emit", "--dump=plan", "--target=avx512", "-o", "plan.txt"]
    yield packed, specs.convolutions, layers // 2, 0


def main():
    lines, layers, seconds = (int(word) for word in (sys.argv[1:] + ["20000", "10000", "20"][len(sys.argv) - 1:]))
    failed = count = 0
    slowest = (0, "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.aespec"
        for line, kind, length, expected in commands(lines, layers):
            path.write_text(kind(length))
            memory = (64 << 20) + length * (32768 if kind is specs.convolutions else 12288)
            code, messages, took = run([line[0], str(path), *line[1:]], memory, seconds, folder)
            count += 1
            name = f"{line[0]} {kind.__name__} {length}"
            slowest = max(slowest, (took, name))
            if code != expected or (expected == 1 and messages.count(b": error: ") < 1):
                failed += 1
                print(f"{name}: exit {code}, expected {expected}, after {took:.1f} s\n{messages[:300].decode(errors='replace')}")
    print(f"{count} commands, {failed} failed; the slowest took {slowest[0]:.1f} s: {slowest[1]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
