#!/usr/bin/env python3
"""fuzz.py AESPEC SECONDS SEED FOLDER: called by fuzz.sh."""
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BATCH = 200
EMITTED = 8              # specs per batch that are formatted and, if accepted, compiled by all passes
SECONDS_A_RUN = 60
WORDS = [b"model", b"const", b"input", b"encoder", b"decoder", b"head", b"latent", b"block", b"data", b"loss", b"train",
         b"sweep", b"repeat", b"residual", b"in", b"->", b"..", b"=", b"~", b":", b",", b"(", b")", b"[", b"]", b"{",
         b"}", b"+", b"-", b"*", b"/", b"%", b"^", b"\n", b";", b"#", b'"', b"\\", b"conv", b"deconv", b"dense",
         b"flatten", b"reshape", b"dropout", b"mirror(encoder)", b"relu", b"code", b"code(2)", b"gaussian(2)", b"idx",
         b"mse(x)", b"kl(z)", b"bce(x)", b"sqrt(", b"max(", b"x", b"z", b"adam", b"0", b"1", b"-1", b"2", b"0.5",
         b"1e308", b"1e-308", b"1e999", b"9007199254740993", b"2147483647", b"2147483648", b"4294967296",
         b"9223372036854775807", b"18446744073709551616", b"1_000_000", b".5", b"1.", b"0..3", b"\xc3\xa9", b"\xff",
         b"\xef\xbb\xbf", b"\r\n", b"\r", b"\0", b"\t", b"(" * 150, b"[" * 150, b"{" * 150, b"-" * 500, b"1+" * 500,
         b"relu -> " * 300]


def mutate_once(rng, text, others):
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice([1, 1, 2, 5, 20, 100]))
    kind = rng.randrange(8)
    if kind == 0:
        return text[:start] + text[end:]
    if kind == 1:
        return text[:start] + rng.choice(WORDS) + text[start:]
    if kind == 2:
        return text[:start] + rng.choice(WORDS) + text[end:]
    if kind == 3:
        return text[:start] + text[start:end] * rng.choice([2, 3, 50]) + text[end:]
    if kind == 4:
        return text[:start] + bytes([rng.randrange(256)]) + text[start + 1:]
    if kind == 5:
        other = rng.choice(others)
        cut = rng.randrange(len(other) + 1)
        return text[:start] + other[cut:cut + rng.choice([10, 50, 1000])] + text[start:]
    if kind == 6:
        lines = text.split(b"\n")
        i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
        return b"\n".join(lines)
    words = text.split(b" ")
    words[rng.randrange(len(words))] = rng.choice(WORDS)
    return b" ".join(words)


def mutate(rng, corpus):
    text = rng.choice(corpus)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        text = mutate_once(rng, text, corpus)[:20000]
    return text


def run(command):
    """None, or a description of the failure."""
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1")
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
                              timeout=SECONDS_A_RUN, check=False)
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS_A_RUN} s"
    if done.returncode not in (0, 1) or b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
        return f"exit {done.returncode}\n{done.stderr[-3000:].decode(errors='replace')}"
    return None


def keep(file, folder, problem):
    kept = Path(folder) / f"{abs(hash(file.read_bytes())) % 10 ** 8}.aespec"
    kept.write_bytes(file.read_bytes())
    print(f"{kept}: {problem}")


def try_batch(aespec, files, folder):
    """Number of specs that fail other than by an error message."""
    wrong = 0
    if run([aespec, "check", *files]):
        for file in files:
            problem = run([aespec, "check", file])
            if problem:
                keep(file, folder, problem)
                wrong += 1
    for file in files[:EMITTED]:
        for command in ("fmt", "emit"):
            problem = run([aespec, command, file])
            if problem:
                keep(file, folder, f"{command}: {problem}")
                wrong += 1
    return wrong


def main():
    aespec, seconds, seed, folder = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    rng = random.Random(seed)
    paths = sorted([*ROOT.glob("specs/*.aespec"), *ROOT.glob("tests/*/*.aespec")])
    corpus = [path.read_bytes() for path in paths]
    end, count, wrong = time.time() + seconds, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"{number}.aespec" for number in range(BATCH)]
        while time.time() < end and wrong < 5:
            for file in files:
                file.write_bytes(mutate(rng, corpus))
            wrong += try_batch(aespec, files, folder)
            count += BATCH
    print(f"{count} damaged specs from seed {seed}, {wrong} of them worse than refused")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
