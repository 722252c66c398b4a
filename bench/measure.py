"""What the tables of bench/ share: building trainers, running `bench --json`, the best of several rounds."""
import json
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AESPEC = os.environ.get("AESPEC", str(ROOT / "build" / "aespec"))
SPECS = ["aec", "aec_latent", "ael", "ael_latent", "vae"]


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


def machine():
    """One line: processor, how many, compiler, system."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":")[1].strip()
            break
    compiler = run(os.environ.get("CC", "cc"), "--version").splitlines()[0]
    return f"{model}, {os.cpu_count()} processors; {compiler}; {platform.system()} {platform.machine()}"


def targets():
    """The vector targets that this processor runs, widest first, then scalar."""
    text = Path("/proc/cpuinfo").read_text()
    flags = next((line for line in text.splitlines() if line.startswith(("flags", "Features"))), "").split()
    found = [name for name, flag in (("avx512", "avx512f"), ("avx2", "avx2")) if flag in flags and "fma" in flags]
    return found + (["neon"] if platform.machine() == "aarch64" else []) + ["scalar"]


class Trainers:
    """Trainers in a folder that goes away; one a spec and target."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.paths = {}

    def get(self, spec, target):
        """`spec`: a path, or the text of a spec."""
        if (spec, target) not in self.paths:
            path = Path(self.folder.name) / f"{len(self.paths)}"
            source = spec
            if "\n" in str(spec):
                source = path.with_suffix(".aespec")
                source.write_text(spec)
            run(AESPEC, "build", source, f"--target={target}", "-o", path)
            self.paths[spec, target] = path
        return self.paths[spec, target]


def bench(trainer, batch, threads=1):
    return json.loads(run(trainer, "bench", "--json", "--batch", batch, "--threads", threads))


def rounds(count, *actions):
    """Runs the actions in turn, `count` times: [[results of the first], ...]."""
    results = [[] for _ in actions]
    for _ in range(count):
        for result, action in zip(results, actions):
            result.append(action())
    return results


def wall(*command):
    """Seconds that a command takes, started anew."""
    begun = time.perf_counter()
    run(*command)
    return time.perf_counter() - begun


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"
