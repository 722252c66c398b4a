#!/usr/bin/env python3
"""Prints real_reference.h: values of the functions of runtime/api/real.h, rounded correctly to float.

    tests/unit/make_real_reference.py >tests/unit/real_reference.h

Requires mpmath, which computes them with 200 bits.
"""
import random
import struct

import mpmath
from mpmath import mpf

mpmath.mp.prec = 200
LARGEST = mpf(2) ** 128 - mpf(2) ** 104
POINTS = 96


def to_float(value):
    """The nearest float, as a double, rounded to even by mpmath, with fewer bits for denormals."""
    if value == 0:
        return 0.0
    exponent = max(int(mpmath.floor(mpmath.log(abs(value), 2))), -126)
    unit = mpf(2) ** (exponent - 23)
    rounded = mpmath.nint(value / unit) * unit
    if abs(rounded) > LARGEST:
        return float("inf") if value > 0 else float("-inf")
    return float(rounded)


def float_near(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def softplus(x):
    return mpmath.log1p(mpmath.exp(x))


FUNCTIONS = {
    # name: (function, intervals that are sampled evenly, additional points)
    "exp": (mpmath.exp, [(-0.35, 0.35), (-5, 5), (-103.9, 88.7)], [0.0, 88.72, 88.73, -87.3, -87.4, -103.97, -104.0]),
    "expm1": (mpmath.expm1, [(-0.4, 0.4), (-3, 3), (-20, 88.7)], [1e-30, -1e-30, 88.72, 88.73, -17.4, -90.0]),
    "log": (mpmath.log, [(0.7, 1.42), (0.01, 10), (1e-40, 1e-37)], [1.0, 1e-45, 3.4e38, 1.17549435e-38]),
    "log1p": (mpmath.log1p, [(-0.3, 0.42), (-0.999, 10), (1, 1e9)], [1e-30, -1e-30, 3.4e38, -0.99999994]),
    "tanh": (mpmath.tanh, [(-0.7, 0.7), (-2, 2), (-9.2, 9.2)], [1e-30, -1e-30, 50.0, -50.0]),
    "erf": (mpmath.erf, [(-1, 1), (-2, 2), (-4, 4)], [1e-30, -1e-30, 50.0, -50.0]),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), [(-1, 1), (-18, 18), (-104, 20)], [0.0, 100.0, -88.8]),
    "softplus": (softplus, [(-1, 1), (-18, 18), (-104, 100)], [0.0, 1e30, -88.8]),
    "sine": (lambda u: mpmath.sin(2 * mpmath.pi * u), [(0, 0.125), (0, 1), (0.49, 0.51)], [1e-30, 0.99999994]),
    "cosine": (lambda u: mpmath.cos(2 * mpmath.pi * u), [(0, 0.125), (0, 1), (0.24, 0.26)], [0.0, 1e-30, 0.99999994]),
}


def points_of(intervals, by_hand):
    generator = random.Random(1)
    points = [float_near(x) for x in by_hand]
    for low, high in intervals:
        points += [float_near(generator.uniform(low, high)) for _ in range(POINTS // len(intervals))]
    return points


def print_table(name, function, intervals, by_hand):
    print(f"static const struct point {name}_points[] = {{")
    row = []
    for x in points_of(intervals, by_hand):
        row.append(f"{{{x.hex()}, {to_float(function(mpf(x))).hex()}}},".replace("0000000p", "p").replace("inf", "INFINITY"))
    for i in range(0, len(row), 3):
        print("    " + " ".join(row[i:i + 3]))
    print("};\n")


def main():
    print("// Made by make_real_reference.py: arguments and correctly rounded values of the functions of runtime/api/real.h.")
    print("#ifndef REAL_REFERENCE_H\n#define REAL_REFERENCE_H\n\n#include <math.h>\n")
    print("struct point {\n    double x, y;\n};\n\n// clang-format off")
    for name, (function, intervals, by_hand) in FUNCTIONS.items():
        print_table(name, function, intervals, by_hand)
    print("// clang-format on\n#endif")


main()
