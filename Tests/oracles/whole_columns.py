"""What steps over whole columns make of a table, by pandas and NumPy; SplitMix64 is written out here.

Usage: python Tests/oracles/whole_columns.py > Tests/oracles/whole_columns.txt

First comes a table as CSV, then after an empty line one trial a line, tab-separated: the step as YAML, the column to look
at, and its values in the rows that are left, `-` for null.
"""

import math
import random

import numpy as np
import pandas as pd

MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def finished(z):
    z &= MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def shuffled(place, seed):
    key = finished(finished(seed + STEP) + (place + 1) * STEP)
    return key - (1 << 64) if key >> 63 else key


def table():
    rng = random.Random(20241120)
    rows = []
    for i in range(160):
        x = round(rng.lognormvariate(3, 0.8), 3)
        if i % 37 == 5:
            x *= -20
        if i % 23 == 7:
            x = None
        if i == 50:
            x = math.nan
        if i == 60:
            x = math.inf
        if i == 61:
            x = -math.inf
        n = rng.randint(-50, 50) if i % 29 else rng.randint(-5000, 5000)
        if i % 31 == 3:
            n = None
        d = round(rng.gauss(100, 15) * (1 if i % 41 else 5), 2)
        same = 7.5 if i % 3 else None
        most = 4 if i % 10 else rng.randint(0, 9)
        rows.append((i, x, n, d, same, most))
    return rows


ROWS = table()
NAMES = ["id", "x", "n", "d", "same", "most"]


def text(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    return str(value)


def column(name):
    at = NAMES.index(name)
    return np.array([np.nan if row[at] is None else float(row[at]) for row in ROWS]), np.array(
        [row[at] is not None for row in ROWS]
    )


def fences(name, method, threshold, between):
    """Which rows are outliers, and where the fences and percentiles are."""
    values, present = column(name)
    finite = pd.Series(values[present & np.isfinite(values)])
    if method == "z_score":
        low = high = finite.mean()
        unit, weight = finite.std(ddof=1), 1.0
    elif method == "modified_z_score":
        low = high = finite.median()
        unit, weight = (finite - low).abs().median(), 0.6745
    else:
        low, high = finite.quantile(0.25), finite.quantile(0.75)
        unit, weight = high - low, 1.0
    reach = threshold * unit
    with np.errstate(invalid="ignore"):
        far = present & (((low - values) * weight > reach) | ((values - high) * weight > reach))
    limits = (low - reach / weight, high + reach / weight)
    if between:
        bottom, top = finite.quantile(between[0] / 100), finite.quantile(between[1] / 100)
        far &= (values < bottom) | (values > top)
        limits = (bottom, top)
    return values, present, finite, far, limits


def shown(value):
    if value is None:
        return "-"
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def emit(step, name, values):
    print(step, name, " ".join(shown(v) for v in values), sep="\t")


def outliers():
    for name in ["x", "n", "d", "same", "most"]:
        for method, threshold in [
            ("z_score", 3), ("z_score", 1.25), ("modified_z_score", 3.5), ("modified_z_score", 2), ("iqr", 1.5), ("iqr", 0.5),
        ]:
            values, present, _, far, _ = fences(name, method, threshold, None)
            step = f"outliers: {{column: {name}, method: {method}, threshold: {threshold}, then: flag, into: r}}"
            emit(step, "r", far)
    for name, method, threshold, between in [
        ("x", "z_score", 1, None), ("n", "modified_z_score", 3, (10, 90)), ("d", "iqr", 1.5, (0, 97.5)), ("x", "iqr", 1, (5, 95)),
    ]:
        values, present, finite, far, limits = fences(name, method, threshold, between)
        options = f"column: {name}, method: {method}, threshold: {threshold}"
        if between:
            options += f", between_percentiles: [{between[0]}, {between[1]}]"
        floats = [float(v) if p else None for v, p in zip(values, present)]
        emit(f"outliers: {{{options}, then: drop}}", "id", [i for i in range(len(ROWS)) if not far[i]])
        emit(f"outliers: {{{options}, then: quarantine}}", "id", [i for i in range(len(ROWS)) if not far[i]])
        cleared = [None if f else (float(v) if p else None) for v, p, f in zip(values, present, far)]
        emit(f"outliers: {{{options}, then: clear}}", name, cleared)
        if name == "n":
            mode = int(pd.Series(values[present & ~far]).mode().min())
            replaced = [mode if f else (int(v) if p else None) for v, p, f in zip(values, present, far)]
            emit(f"outliers: {{{options}, then: replace, using: mode}}", name, replaced)
        if name != "x":
            continue
        capped = [min(max(v, limits[0]), limits[1]) if f else v for v, f in zip(floats, far)]
        emit(f"outliers: {{{options}, then: winsorize, into: r}}", "r", capped)
        others = pd.Series([v for v, f, p in zip(values, far, present) if p and not f and np.isfinite(v)])
        for using, figure in [
            ("mean", others.mean()), ("median", others.median()), ("sum", math.fsum(others)), ("min", others.min()), ("max", others.max()),
        ]:
            step = f"outliers: {{{options}, then: replace, using: {using}, into: r}}"
            emit(step, "r", [figure if f else v for v, f in zip(floats, far)])
        mean, deviation = finite.mean(), finite.std(ddof=1)
        curves = [
            ("by: z_score", lambda v: (v - mean) / deviation), ("by: root, degree: 3", np.cbrt), ("by: square", lambda v: v * v),
            ("by: root, degree: 5", lambda v: math.copysign(abs(v) ** 0.2, v)),
        ]
        for by, curve in curves:
            emit(f"outliers: {{{options}, then: rescale, {by}, into: r}}", "r", [float(curve(v)) if f else v for v, f in zip(floats, far)])


def scales():
    for name in ["x", "n", "d", "same", "most"]:
        values, present = column(name)
        finite = pd.Series(values[present & np.isfinite(values)])
        low, high, mean, deviation = finite.min(), finite.max(), finite.mean(), finite.std(ddof=1)
        for method, offset, unit, a, b in [
            ("min_max", low, high - low, 0, 1), ("between, to: [-3, 8.5]", low, high - low, -3, 8.5),
            ("mean", mean, high - low, 0, 1), ("z_score", mean, deviation, 0, 1),
        ]:
            made = []
            for v, p in zip(values, present):
                if not p:
                    made.append(None)
                elif unit == 0 and math.isfinite(v):
                    made.append(float(a))
                else:
                    made.append(float((v - offset) / unit * (b - a) + a))
            emit(f"scale: {{column: {name}, method: {method}, into: r}}", "r", made)


def buckets():
    for name in ["x", "n", "d", "most"]:
        values, present = column(name)
        finite = pd.Series(values[present & np.isfinite(values)])
        for options, cuts in [
            ("equal_width: 7", np.linspace(finite.min(), finite.max(), 8)[1:-1]),
            ("equal_count: 4", finite.quantile([0.25, 0.5, 0.75]).to_numpy()),
            ("percentiles: [1, 12.5, 99]", finite.quantile([0.01, 0.125, 0.99]).to_numpy()),
            ("at: [-.inf, 0, 4, 100.25, .inf]", np.array([0, 4, 100.25])),
        ]:
            # NaN is in no bucket: its row is not in the output.
            kept = [(v, p) for v, p in zip(values, present) if not (p and math.isnan(v))]
            numbers = [int(np.searchsorted(cuts, v, side="right")) + 1 if p else None for v, p in kept]
            emit(f"bucket: {{column: {name}, {options}, into: r}}", "r", numbers)


def samples():
    count = len(ROWS)
    for size, seed in [("0", 0), ("1", 0), ("7", 0), ("7", 1), ("7", 9223372036854775807), ("33.3%", 12), ("50%", -5), ("159", 3), ("400", 3)]:
        wanted = math.floor(count * float(size[:-1]) / 100 + 0.5) if size.endswith("%") else min(int(size), count)
        chosen = sorted(range(count), key=lambda i: shuffled(i, seed & MASK))[:wanted]
        emit(f"sample: {{size: {size}, seed: {seed}}}", "id", sorted(chosen))


print(",".join(NAMES))
for row in ROWS:
    print(",".join(text(value) for value in row))
print()
outliers()
scales()
buckets()
samples()
