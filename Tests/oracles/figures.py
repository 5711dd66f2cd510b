#!/usr/bin/env python3
"""Writes figures.txt: what DuckDB says of figures over all rows and over groups, on values that are hard to get right.

    .deps/venv/bin/python Tests/oracles/figures.py

First `-- input`, a CSV file; then for each grouping `-- by COLUMNS`: lines of `NAME: EXPRESSION`, and after `-- rows` each
row's values of them, blanks between, `null` for null, floats in hexadecimal.

Left out is what DuckDB has no answer for: sums past 38 digits, and which of several most frequent values is meant (here the
least). Its quantile_cont is asked for floats and integers only; between decimals and times its results vary with how they are
held in memory (quantiles.py compares decimals), so that of these only the middle is asked, between points in time.
"""

import csv
import math
import pathlib
import random

import duckdb

ROWS = 36
COLUMNS = {
    "n": "bigint", "g": "varchar", "k": "bigint", "f": "double", "i": "bigint", "d": "decimal(38, 2)", "t": "date",
    "s": "timestamp", "x": "varchar", "b": "boolean"}
HARD = {
    "g": ["x", "y", "z", " w", "é"],
    "k": [1, 2, -3],
    "f": ["nan", "inf", "-inf", "0.0", "-0.0", "1e308", "-1e308", "1.5", "2.5"],
    "i": [0, 1, -1, 2**63 - 1, -(2**63), 5, 5, 7],
    "d": ["9" * 36 + ".99", "-" + "9" * 36 + ".99", "0.00", "1.10", "1.1", "2.25", "0.01"],
    "t": ["0001-01-01", "9999-12-31", "2024-02-29", "1970-01-01", "2024-03-01"],
    "s": ["2024-02-29 23:59:59.999999", "1969-12-31 23:59:59.999999", "2024-01-01 00:00:00", "2024-01-01 00:00:01"],
    "x": ["a", "A", "b", "abcdefg", "abcdefgh", "abcdefg\x01", "é", "zz", "名前名前名前", "x" * 40, "a,b", 'q"q', "\U0001f600"],
    "b": ["true", "false"],
}
GROUPINGS = [[], ["g"], ["g", "k"], ["f"], ["d"], ["t"], ["x"], ["b"]]


def figures():
    yield "count(*)", "count(*)"
    for x in "fidtsxb":
        yield f"count({x})", f"count({x})"
        yield f"min({x})", f"min({x})"
        yield f"max({x})", f"max({x})"
        yield f"quantile({x}, 0.3)", f"quantile_disc({x}, 0.3)"
        yield f"quantile({x}, 0.07)", f"quantile_disc({x}, 0.07)"
        yield f"mode({x})", None
    for x in "fits":
        yield f"median({x})", f"quantile_cont({x}, 0.5)"
    for x in "fi":
        yield f"quantile_cont({x}, 0.9)", f"quantile_cont({x}, 0.9)"
    yield "sum(k)", "sum(k)"
    yield "mean(k)", "avg(k)"


def write_input(path):
    rng = random.Random(24)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in range(ROWS):
            writer.writerow([row] + ["" if rng.random() < 0.12 else rng.choice(values) for values in HARD.values()])


def values(con, groups, expression, sql):
    by = ", ".join(groups)
    same = " and ".join(f"q.{x} is not distinct from t.{x}" for x in groups) or "true"
    if sql is None:
        x = expression[5:-1]
        listed = by + ", " if by else ""
        within = f"partition by {by}" if by else ""
        figure = (
            f"select * from (select {listed}v, row_number() over ({within} order by many desc, v) as place from"
            f" (select {listed}{x} as v, count(*) as many from t where {x} is not null group by all)) where place = 1")
    else:
        figure = f"select {by + ', ' if by else ''}{sql} as v from t" + (f" group by {by}" if by else "")
    return [v for (v,) in con.sql(f"select q.v from t left join ({figure}) q on {same} order by t.n").fetchall()]


def shown(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "nan" if math.isnan(value) else float(value + 0.0).hex()
    return str(value).replace(" ", "_")


def main():
    folder = pathlib.Path(__file__).parent
    path = folder / "figures.csv.part"
    write_input(path)
    con = duckdb.connect()
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    con.sql(f"""create table t as from read_csv('{path}', header = true, nullstr = '', auto_detect = false, delim = ',',
        columns = {{{types}}})""")
    lines = [f"# DuckDB {duckdb.__version__}; written by figures.py, not to be edited by hand", "-- input"]
    lines += path.read_text(encoding="utf-8").splitlines()
    path.unlink()
    for groups in GROUPINGS:
        lines.append(f"-- by {', '.join(groups)}".rstrip())
        columns = []
        for number, (expression, sql) in enumerate(figures()):
            lines.append(f"c{number}: {expression}" + (f" by ({', '.join(groups)})" if groups else ""))
            columns.append(values(con, groups, expression, sql))
        lines.append("-- rows")
        lines += [" ".join(map(shown, row)) for row in zip(*columns)]
    (folder / "figures.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
