#!/usr/bin/env python3
"""figures.py RUN CODES.npy: RUN/figures holds what NumPy makes of the codes of the test data; prints what is right."""
import sys

import numpy as np


def table(path):
    with open(path) as file:
        head = file.readline().strip().split(",")
    return head, np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)


def check_plane(head, points, codes):
    if codes.shape[1] == 2:
        assert np.allclose(points[:, :2], codes, rtol=1e-6, atol=1e-6), "two units are the plane themselves"
        return
    centred = codes - codes.mean(0)
    variance, axes = np.linalg.eigh(np.cov(centred.T, bias=True))
    for k in range(2):
        axis = axes[:, -1 - k] * np.sign(axes[np.abs(axes[:, -1 - k]).argmax(), -1 - k])
        assert np.allclose(points[:, k], centred @ axis, rtol=1e-4, atol=1e-5 * np.abs(centred).max()), f"component {k + 1}"
        assert head[k] == f"component {k + 1} ({100 * variance[-1 - k] / variance.sum():.1f} % of the variance)", head[k]


def check_histogram(rows, codes):
    for unit in range(min(codes.shape[1], 64)):
        own = rows[rows[:, 0] == unit]
        values = codes[:, unit].astype(float)
        assert own[:, 3].sum() == len(values)
        if values.min() == values.max():
            assert len(own) == 1
            continue
        counts, edges = np.histogram(values, bins=40)
        assert np.allclose(own[:, 1], edges[:-1], rtol=1e-5, atol=1e-6) and np.allclose(own[:, 2], edges[1:], rtol=1e-5, atol=1e-6)
        # a value at an edge may fall to either side in rounded arithmetic
        assert np.abs(own[:, 3] - counts).sum() <= 2, (own[:, 3], counts)


run, codes = sys.argv[1], np.load(sys.argv[2])
_, rows = table(f"{run}/figures/histogram.csv")
check_histogram(rows, codes)
print("the histogram is that of the codes")
if codes.shape[1] > 1:
    head, points = table(f"{run}/figures/latent.csv")
    check_plane(head, points, codes)
    print("the plane is that of the codes")
