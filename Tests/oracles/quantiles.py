#!/usr/bin/env python3
"""Writes quantiles.txt: what DuckDB's quantile_cont says of some values.

    .deps/venv/bin/python Tests/oracles/quantiles.py

A line a case: type; values; shares; results, cut at `; ` and blanks. Floats are hexadecimal, decimals unscaled.
"""

import math
import pathlib
import random

import duckdb

SHARES = [0.0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.99, 1.0]


def cases(rng):
    for size in (1, 2, 3, 4, 7, 100, 257):
        yield "bigint", [rng.randint(-1000, 1000) for _ in range(size)]
        yield "bigint", [rng.randint(-(2**63), 2**63 - 1) for _ in range(size)]
        yield "bigint", [rng.choice([1, 2, 2, 3]) for _ in range(size)]
        yield "double", [rng.gauss(0, 1) for _ in range(size)]
        yield "double", [rng.uniform(-1, 1) * 10.0 ** rng.randint(-300, 300) for _ in range(size)]
        yield "decimal(12, 2)", [rng.randint(-(10**6), 10**6) for _ in range(size)]
        yield "decimal(12, 2)", [rng.randint(-9, 9) for _ in range(size)]
    yield "double", [1.0, math.nan, 2.0, -math.inf]
    yield "double", [0.0, -0.0, 5e-324, -5e-324]
    yield "double", [math.inf, 1.0]


def main():
    con = duckdb.connect()
    rows = []
    for kind, values in cases(random.Random(20)):
        con.execute(f"create or replace table v(x {kind})")
        for value in values:
            if "decimal" in kind:
                sign, digits = ("-" if value < 0 else ""), f"{abs(value):03}"
                con.execute(f"insert into v values ({sign}{digits[:-2]}.{digits[-2:]})")
            else:
                con.execute("insert into v values (?)", [value])
        [(found,)] = con.sql(f"select quantile_cont(x, {SHARES}) from v").fetchall()
        if "decimal" in kind:
            shown, results = map(str, values), [str(int(v * 100)) for v in found]
        else:
            shown = [v.hex() if isinstance(v, float) else str(v) for v in values]
            results = [float(v).hex() for v in found]
        rows.append("; ".join([kind, " ".join(shown), " ".join(s.hex() for s in SHARES), " ".join(results)]))
    header = f"# DuckDB {duckdb.__version__}; written by quantiles.py, not to be edited by hand"
    path = pathlib.Path(__file__).with_name("quantiles.txt")
    path.write_text("\n".join([header, *rows]) + "\n")


main()
