#!/usr/bin/env python3
"""measure.py RUN DATA [PARTS]   compares the output of `aespec measure` for a run with values that NumPy computes from
its codes and pictures, the output of `aespec encode` and `aespec decode`. Formulas: docs/commands.md."""
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "torch"))
from files import read_idx, write_idx  # noqa: E402

RUN, DATA, *PARTS = sys.argv[1:]
SCALE, MEAN, STD, PRIOR = (json.load(open(RUN + ".json"))[key] for key in ("scale", "mean", "std", "prior_std"))
SIDE = 20


def aespec(*words):
    return subprocess.run([os.environ["AESPEC"], *words], check=True, stdout=subprocess.PIPE).stdout


def encode(*words):
    aespec("encode", RUN, *words, "-o", "codes.npy")
    return np.load("codes.npy").astype(float)


def channels(values, images):
    return np.reshape(values, [-1] + [1] * (images.ndim - 2)) if images.ndim > 2 else np.float64(values[0])


def normalise(images):
    return (images * SCALE - channels(MEAN, images)) / channels(STD, images)


def decode(z):
    np.save("z.npy", z)
    aespec("decode", RUN, "--latent", "z.npy", "-o", "pictures.npy")
    return np.load("pictures.npy").astype(float)


def cleared(images):
    """In the units of the data: values of at most 0 after normalisation become 0, within the rounding of the file."""
    return np.where(normalise(images) <= 1e-6, 0, images)


def load(split):
    """Images in the form of the model, with a channel, and labels."""
    images = read_idx(next(Path(DATA).glob(f"{split}-images*"))).astype(float)
    return images[:, None] if images.ndim == 3 else images, read_idx(next(Path(DATA).glob(f"{split}-labels*")))


def knn(train, train_labels, test, test_labels):
    right = 0
    for code, label in zip(test, test_labels):
        nearest = train_labels[np.argsort(((train - code) ** 2).sum(1), kind="stable")[:5]].tolist()
        right += max(nearest, key=nearest.count) == label    # the first of equals is nearer
    return right / len(test)


def silhouette(codes, labels):
    if len(set(labels.tolist())) < 2:
        return None
    widths = []
    for code, label in zip(codes, labels):
        distances = np.sqrt(((codes - code) ** 2).sum(1))
        own = (labels == label).sum()
        inside = distances[labels == label].sum() / max(own - 1, 1)
        outside = min(distances[labels == other].mean() for other in set(labels.tolist()) - {label})
        widths.append((outside - inside) / max(inside, outside) if own > 1 else 0)
    return np.mean(widths)


def quantile(values, share):
    return np.sort(values)[max(math.ceil(round(share * len(values), 9)), 1) - 1]


def surrounded(centre, points):
    """True if every half-plane through the centre contains points, so that it is in their hull."""
    angles = np.sort(np.arctan2(*(points - centre).T))
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    return gaps.max() <= np.pi


def plane(points):
    """Occupancy and the centres of the cells."""
    low, high = (np.array([quantile(axis, share) for axis in points.T]) for share in (0.005, 0.995))
    points = points[((points >= low) & (points <= high)).all(1)]
    cells = np.minimum(((points - low) / (high - low) * SIDE).astype(int), SIDE - 1)
    counts, centres = [], []
    for row in range(SIDE):
        for column in range(SIDE):
            centre = low + (high - low) * (np.array([column, row]) + 0.5) / SIDE
            if surrounded(centre, points):
                centres.append(centre)
                counts.append((cells == (column, row)).all(1).sum())
    shares = np.array(counts) / sum(counts)
    shares = shares[shares > 0]
    return -(shares * np.log(shares)).sum() / math.log(len(counts)), np.array(centres)


def axes(covariance):
    vectors = np.linalg.eigh(covariance)[1][:, ::-1][:, :2].T
    return vectors * np.sign([vector[np.abs(vector).argmax()] for vector in vectors])[:, None]


def nearest(pictures, train):
    return np.mean([((train - picture) ** 2).sum((1,)).min() for picture in pictures])


def sharpness(images):
    images = normalise(cleared(images))
    edges = sum(np.abs(np.diff(images, axis=axis)).sum((1, 2, 3)) for axis in (2, 3))
    ink = np.maximum(images - normalise(0 * images), 0).sum((1, 2, 3))
    return (edges[ink > 0] / ink[ink > 0]).mean()


def expected():
    train_images, train_labels = load("train")
    test_images, test_labels = load("t10k")
    train, test = encode("--data", DATA, "--split", "train"), encode("--data", DATA)
    units = test.shape[1]
    is_image = decode(test[:1].astype(np.float32)).ndim == 4
    mean, covariance = test.mean(0), np.atleast_2d(np.cov(test.T, bias=True))
    scale = math.sqrt(np.trace(covariance) / 2)
    result = {"split": "test", "samples": len(test), "units": units, "scale": scale, "prior_std": PRIOR,
              "knn": knn(train, train_labels, test, test_labels), "silhouette": silhouette(test, test_labels),
              "offset": np.linalg.norm(mean) / scale,
              "extent": [[quantile(unit, 0.005), quantile(unit, 0.995)] for unit in test.T],
              "covariance": covariance.tolist() if units <= 256 else None,
              "sharpness": {"decoded": None, "images": sharpness(test_images) if is_image else None},
              "kl": None, "occupancy": None, "cycle": None, "nearest": None, "cells": 0, "live": None}
    if PARTS:
        parts = zip(*(np.split(codes, int(PARTS[0]), axis=1) for codes in (train, test)))
        result["parts"] = [knn(part[0], train_labels, part[1], test_labels) for part in parts]
    if PRIOR:
        inside = np.trace(covariance) / PRIOR**2 + mean @ mean / PRIOR**2 - units + units * math.log(PRIOR**2)
        result["kl"] = (inside - np.linalg.slogdet(covariance)[1]) / 2
    else:
        shares = (test > 0).mean(0)
        result["live"] = {"units_alive": int((shares >= 0.8).sum()), "shares": shares.tolist()}
    if units < 2:
        return result
    turned = np.eye(2) if units == 2 else axes(covariance)
    origin = np.zeros(2) if units == 2 else mean
    result["occupancy"], centres = plane((test - origin) @ turned.T)
    z = (origin + centres @ turned).astype(np.float32)
    pictures, images = decode(z), cleared(decode(z))
    write_idx("pictures.idx", images)
    back = encode("--data", "pictures.idx")
    result["cells"] = len(z)
    result["cycle"] = np.linalg.norm(back - z, axis=1).mean() / scale
    decoded = decode(test.astype(np.float32))
    cut = [np.maximum(normalise(x), 0).reshape(len(x), -1) for x in (train_images, pictures, decoded)]
    result["nearest"] = nearest(cut[1], cut[0]) / nearest(cut[2], cut[0])
    result["sharpness"]["decoded"] = sharpness(pictures) if is_image else None
    return result


def flat(value, name=""):
    if isinstance(value, (dict, list)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: each for part, inner in items for key, each in flat(inner, f"{name}{part} ").items()}
    return {name.strip(): value}


def agree(found, expected, size):
    if isinstance(expected, (float, np.floating)) and isinstance(found, float):
        return abs(found - expected) <= 1e-6 * max(abs(expected), size)
    return found == expected


found = json.loads(aespec("measure", RUN, "--data", DATA, "--json", *(["--parts", PARTS[0]] if PARTS else [])))
wanted = expected()
# the tolerance of an entry depends on its scale
sizes = {"covariance": wanted["scale"] ** 2, "silhouette": 1}
print(RUN + ":", *found)
if flat(found).keys() != flat(wanted).keys():
    print("keys differ:", sorted(flat(found).keys() ^ flat(wanted).keys()))
for name, value in flat(wanted).items():
    if not agree(flat(found).get(name), value, sizes.get(name.split()[0], 0)):
        print(f"{name}: expected {value!r}, found {flat(found).get(name)!r}")
print("none:", *(name for name, value in flat(found).items() if value is None))
