#!/usr/bin/env python3
"""Writes moments.txt: lists of doubles with their sum, mean, sample variance and sample standard deviation, each the
double nearest to the exact rational result. Doubles are written in hexadecimal."""
import math
import pathlib
import random
import struct
from fractions import Fraction

random.seed(20240901)


def figures(values):
    exact = [Fraction(v) for v in values]
    total = sum(exact)
    mean = total / len(exact)
    variance = sum((x - mean) ** 2 for x in exact) / (len(exact) - 1) if len(exact) > 1 else None
    return total, mean, variance


def nearest(x):
    if x is None:
        return "-"
    try:
        return float(x).hex()
    except OverflowError:
        return ("-" if x < 0 else "") + "inf"


def bits():
    while True:
        value = struct.unpack("<d", random.getrandbits(64).to_bytes(8, "little"))[0]
        if math.isfinite(value):
            return value


cases = [[0.1] * 10, [1e308, 1e308, -1e308], [1e16, 1.0, -1e16], [5e-324, 5e-324, -5e-324], [-0.0, 0.0],
         [1e9 + x / 8 for x in range(20)], [3.0], [2.2250738585072014e-308, -2.225073858507201e-308],
         [1.7976931348623157e308, 9.9792015476736e291], [1e100, 1.0, -1e100, 1e-100]]
for _ in range(60):
    cases.append([bits() for _ in range(random.randrange(1, 40))])
for _ in range(60):
    scale = 10.0 ** random.randrange(-8, 12)
    cases.append([scale + random.gauss(0, 1) for _ in range(random.randrange(2, 200))])

lines = []
for case in cases:
    total, mean, variance = figures(case)
    deep = max(abs(v) for v in case) < 1e150  # squares stay in range
    lines.append(" ".join([nearest(total), nearest(mean) if deep else "-", nearest(variance) if deep else "-", "|"] +
                          [v.hex() for v in case]))
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
