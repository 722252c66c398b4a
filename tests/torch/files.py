"""Readers and writers of safetensors and IDX that use only NumPy."""
import gzip
import json
import struct

import numpy as np

SAFETENSORS_TYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U8": "u1"}
IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_safetensors(path):
    """(arrays by name, metadata)."""
    with open(path, "rb") as file:
        content = file.read()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:start])
    metadata = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        begin, end = (start + offset for offset in entry["data_offsets"])
        arrays[name] = np.frombuffer(content[begin:end], SAFETENSORS_TYPES[entry["dtype"]]).reshape(entry["shape"])
    return arrays, metadata


def write_safetensors(path, arrays, metadata):
    """metadata: strings by key."""
    names = {np.dtype(code): name for name, code in SAFETENSORS_TYPES.items()}
    header, position = ({"__metadata__": metadata} if metadata else {}), 0
    for name, array in arrays.items():
        header[name] = {"dtype": names[array.dtype], "shape": list(array.shape),
                        "data_offsets": [position, position + array.nbytes]}
        position += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())


def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
        content = file.read()
    kind, rank = content[2], content[3]
    shape = struct.unpack(f">{rank}I", content[4:4 + 4 * rank])
    array = np.frombuffer(content[4 + 4 * rank:], IDX_TYPES[kind]).reshape(shape)
    return array.astype(array.dtype.newbyteorder("="))


def write_idx(path, array):
    for kind, code in IDX_TYPES.items():
        if np.dtype(code).newbyteorder("=") == array.dtype:
            with open(path, "wb") as file:
                file.write(struct.pack(f">BBBB{array.ndim}I", 0, 0, kind, array.ndim, *array.shape))
                file.write(array.astype(code).tobytes())
            return
    raise TypeError(f"IDX has no type for {array.dtype}")
