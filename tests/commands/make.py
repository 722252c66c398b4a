#!/usr/bin/env python3
"""Small data and damaged files for the tests of this folder.

make.py data FOLDER                     four IDX files: 12 and 6 images of 4x4, with labels
make.py random FOLDER TRAIN TEST SIZE...  as many images of this size, random about a pattern for each of four labels
make.py idx FILE TYPE SIZE...           an IDX file; TYPE u1, i1, i2, i4, f4 or f8; values count up, modulo 251
make.py fill FILE TYPE VALUE SIZE...    an IDX file of one value
make.py bytes FILE HEX                  these bytes
make.py cut FILE TO COUNT               the first COUNT bytes of FILE (all but -COUNT)
make.py patch FILE TO OFFSET HEX        FILE with these bytes put at OFFSET (from the end when negative)
make.py append FILE TO HEX              FILE with these bytes behind it
make.py gzip FILE TO                    compressed
make.py weights FILE TO CHANGE ...      safetensors changed: drop NAME; add NAME; rename NAME NEW; shape NAME SIZE...;
                                        type NAME (float64); value NAME NUMBER; order; header TEXT (in place of the header)
make.py npy FILE TYPE SIZE...           a .npy file, values count up
"""
import gzip
import struct
import sys
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "torch"))
from files import read_safetensors, write_idx, write_safetensors  # noqa: E402

TYPES = {"u1": np.uint8, "i1": np.int8, "i2": np.int16, "i4": np.int32, "f4": np.float32, "f8": np.float64}


def counting(kind, sizes):
    shape = [int(size) for size in sizes]
    return (np.arange(int(np.prod(shape))) * 37 % 251).reshape(shape).astype(TYPES[kind])


def make_data(folder):
    Path(folder).mkdir()
    for split, count in (("train", 12), ("t10k", 6)):
        write_idx(f"{folder}/{split}-images-idx3-ubyte", counting("u1", [count, 4, 4]))
        write_idx(f"{folder}/{split}-labels-idx1-ubyte", counting("u1", [count]) % 10)


def make_random(folder, train, test, *sizes):
    Path(folder).mkdir()
    random, shape = np.random.default_rng(1), [int(size) for size in sizes]
    patterns = random.integers(0, 2, [4, *shape]) * 120
    for split, count in (("train", int(train)), ("t10k", int(test))):
        labels = random.integers(0, 4, count)
        images = patterns[labels] + random.integers(0, 136, [count, *shape])
        write_idx(f"{folder}/{split}-images-idx{1 + len(shape)}-ubyte", (images * (images > 40)).astype(np.uint8))
        write_idx(f"{folder}/{split}-labels-idx1-ubyte", labels.astype(np.uint8))


def make_fill(file, kind, value, *sizes):
    write_idx(file, np.full([int(size) for size in sizes], float(value)).astype(TYPES[kind]))


def make_bytes(file, digits=""):
    Path(file).write_bytes(bytes.fromhex(digits))


def make_cut(file, to, count):
    Path(to).write_bytes(Path(file).read_bytes()[:int(count)])


def make_patch(file, to, offset, digits):
    content, new = bytearray(Path(file).read_bytes()), bytes.fromhex(digits)
    start = int(offset) % len(content)
    content[start:start + len(new)] = new
    Path(to).write_bytes(content)


def make_append(file, to, digits):
    Path(to).write_bytes(Path(file).read_bytes() + bytes.fromhex(digits))


def make_gzip(file, to):
    Path(to).write_bytes(gzip.compress(Path(file).read_bytes(), mtime=0))


def make_weights(file, to, change, name="", *rest):
    arrays, metadata = read_safetensors(file)
    if change == "drop":
        del arrays[name]
    elif change == "add":
        arrays[name] = np.zeros([2, 3], np.float32)
    elif change == "rename":
        arrays[rest[0]] = arrays.pop(name)
    elif change == "shape":
        arrays[name] = np.zeros([int(size) for size in rest], np.float32)
    elif change == "type":
        arrays[name] = arrays[name].astype(np.float64)
    elif change == "value":
        arrays[name] = np.full_like(arrays[name], float(rest[0]))
    elif change == "order":
        arrays, metadata = dict(reversed(arrays.items())), {}
    elif change == "header":
        Path(to).write_bytes(struct.pack("<Q", len(name)) + name.encode() + b"\0" * 400)
        return
    write_safetensors(to, arrays, metadata)


def make_npy(file, kind, *sizes):
    np.save(file, counting(kind, sizes))


if __name__ == "__main__":
    makers = {"data": make_data, "random": make_random, "idx": lambda file, kind, *sizes: write_idx(file, counting(kind, sizes)),
              "fill": make_fill, "bytes": make_bytes, "cut": make_cut, "patch": make_patch, "append": make_append,
              "gzip": make_gzip, "weights": make_weights, "npy": make_npy}
    makers[sys.argv[1]](*sys.argv[2:])
