#!/usr/bin/env python3
"""What DuckDB says of recipes that must know the whole input: keys over all rows, neighbours, figures.

    .deps/venv/bin/python Tests/oracles/whole_input.py                     writes whole_input.txt: small inputs
    .deps/venv/bin/python Tests/oracles/whole_input.py FOLDER KEYS ROWS    writes a large one into a folder: input.csv,
                                                                           and NAME.yaml and NAME.csv of each recipe

KEYS is how the keys are spread: distinct, equal, half (one key has half of the rows), zipf. In whole_input.txt a row of
the expected output is its number, and after it the columns that the recipe adds or changes.
"""

import pathlib
import random
import sys

import duckdb

COLUMNS = ["n", "k", "s", "v", "w"]
KEYS = ["distinct", "equal", "half", "zipf"]
PREVIOUS = "lag(v ignore nulls) over (order by n)"
HEAD = """recipe: {name}
input:
  path: input.csv
  columns: {{n: int, k: int, s: string, v: int, w: "decimal(8, 2)"}}
"""

# Name → the recipe's own part; the columns added or changed, as SQL; which rows go on; the rows it starts from.
FEATURES = {
    "unique": ("rules:\n  - unique: k", {}, "k is null or count(*) over (partition by k) = 1"),
    "unique_of_two": (
        "rules:\n  - unique: [k, s]", {}, "k is null or s is null or count(*) over (partition by k, s) = 1"),
    "unique_decimal": ("rules:\n  - unique: [w, s]", {}, "w is null or s is null or count(*) over (partition by w, s) = 1"),
    "unique_first": (
        "rules:\n  - unique: {columns: k, keep: first}", {},
        "k is null or row_number() over (partition by k order by n) = 1"),
    "unique_last": (
        "rules:\n  - unique: {columns: k, keep: last}", {},
        "k is null or row_number() over (partition by k order by n desc) = 1"),
    "unique_when": (
        "rules:\n  - unique: k\n    when: v > 0", {},
        "k is null or coalesce(v, 0) <= 0 or count(*) filter (where v > 0) over (partition by k) = 1"),
    "deduplicate": (
        "steps:\n  - deduplicate: [k, s]", {}, "row_number() over (partition by k, s order by n) = 1"),
    "deduplicate_last": (
        "steps:\n  - deduplicate: {columns: k, keep: last}", {},
        "row_number() over (partition by k order by n desc) = 1"),
    "flag_duplicates": (
        "steps:\n  - flag_duplicates: {columns: k, into: again}",
        {"again": "row_number() over (partition by k order by n) > 1"}, "true"),
    "keys_of_the_rest": (
        "steps:\n  - deduplicate: k\n  - set: {total: sum(v)}\nrules:\n  - unique: s",
        {"total": "(select sum(v) from rest)"}, "s is null or count(*) over (partition by s) = 1",
        "(select * from t qualify row_number() over (partition by k order by n) = 1)"),
    "increasing": ("rules:\n  - increasing: v", {}, f"coalesce(v >= {PREVIOUS}, true)"),
    "decreasing": (
        "rules:\n  - decreasing: {column: v, strictly: true}", {}, f"coalesce(v < {PREVIOUS}, true)"),
    "increasing_by": (
        "rules:\n  - increasing: {column: v, by: k}", {},
        "coalesce(v >= lag(v ignore nulls) over (partition by k order by n), true)"),
    "decreasing_by_two": (
        "rules:\n  - decreasing: {column: w, by: [s, k], strictly: true}\n    when: v > 0", {},
        "coalesce(v <= 0 or v is null or w < lag(if(v > 0, w, null) ignore nulls) over (partition by s, k order by n), true)"),
    "deduplicate_refusing": (
        "steps:\n  - deduplicate: {columns: k, keep: last, then: quarantine}", {},
        "row_number() over (partition by k order by n desc) = 1"),
    "limit": (
        "steps:\n  - filter: v > 0\n  - limit: {rows: 7, offset: 3}", {},
        "row_number() over (order by n) between 4 and 10", "(from t where v > 0)"),
    "fill_previous": (
        "steps:\n  - fill_missing: {columns: [v, s], using: previous}",
        {x: f"last_value({x} ignore nulls) over (order by n rows between unbounded preceding and current row)"
         for x in ("v", "s")}, "true"),
    "fill_next": (
        "steps:\n  - fill_missing: {columns: [v, s], using: next}",
        {x: f"first_value({x} ignore nulls) over (order by n rows between current row and unbounded following)"
         for x in ("v", "s")}, "true"),
    "fill_mean": (
        "steps:\n  - fill_missing: {column: v, using: mean}",
        {"v": "coalesce(v, cast(round(avg(v) over ()) as bigint))"}, "true"),
    "fill_sum": ("steps:\n  - fill_missing: {column: v, using: sum}", {"v": "coalesce(v, sum(v) over ())"}, "true"),
    "fill_median": (
        "steps:\n  - fill_missing: {column: v, using: median}",
        {"v": "coalesce(v, cast(round(quantile_cont(v, 0.5) over ()) as bigint))"}, "true"),
    "fill_most_frequent": (
        "steps:\n  - fill_missing: {columns: [v, s], using: most_frequent}",
        {x: f"coalesce({x}, (select {x} from t where {x} is not null group by {x} order by count(*) desc, {x} limit 1))"
         for x in ("v", "s")}, "true"),
    "figures_of_groups": (
        "steps:\n  - set:\n      total: sum(w) by (k)\n      known: count(v) by (k, s)\n      all: count(*) by (s)\n"
        "      least: min(s) by (k)\n      middle: median(v) by (s)\n      above: v > mean(v) by (s)\n"
        "      share: quantile(w, 0.9) by (k)",
        {"total": "sum(w) over (partition by k)", "known": "count(v) over (partition by k, s)",
         "all": "count(*) over (partition by s)", "least": "min(s) over (partition by k)",
         "middle": "quantile_cont(v, 0.5) over (partition by s)", "above": "v > avg(v) over (partition by s)",
         "share": "quantile_disc(w, 0.9) over (partition by k)"}, "true"),
    "figures_of_the_rest": (
        "steps:\n  - deduplicate: k\n  - set: {far: median(abs(v - median(v) by (s)))}",
        {"far": "(select quantile_cont(abs(v - m), 0.5) from"
         " (select v, quantile_cont(v, 0.5) over (partition by s) as m from rest))"}, "true",
        "(select * from t qualify row_number() over (partition by k order by n) = 1)"),
    "figures_of_values": (
        "steps:\n  - set: {total: sum(w), known: count(k), all: count(*), least: min(s), most: max(v), above: v > mean(v)}",
        {"total": "sum(w) over ()", "known": "count(k) over ()", "all": "count(*) over ()", "least": "min(s) over ()",
         "most": "max(v) over ()", "above": "v > avg(v) over ()"}, "true"),
}
# Those that do not ask for keys; one large input is enough for them.
ORDERED = ["increasing", "decreasing", "limit", "fill_previous", "fill_next", "fill_mean", "fill_sum", "fill_median",
    "fill_most_frequent", "figures_of_values"]


def key(rng, keys, row, rows):
    if rng.random() < 0.02:
        return ""
    if keys == "distinct":
        return row * 7919 % 1_000_003 + row * 1_000_003
    if keys == "equal":
        return 42
    if keys == "half":
        return -1 if rng.random() < 0.5 else rng.randint(1, 2 * rows)
    return int(rng.paretovariate(0.7))


def write_input(path, keys, rows):
    rng = random.Random(f"{keys} {rows}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for row in range(1, rows + 1):
            text = "" if rng.random() < 0.1 else "ä" * (rng.random() < 0.1) + f"s{rng.randrange(max(4, rows // 8))}"
            value = "" if rng.random() < 0.1 else rng.randint(-row // 2, row)
            cents = rng.randint(0, 5 * rows)
            file.write(f"{row},{key(rng, keys, row, rows)},{text},{value},{cents // 100}.{cents % 100:02}\n")


def open_input(path):
    con = duckdb.connect()
    con.sql(f"""create table t as from read_csv('{path}', header = true, nullstr = '', auto_detect = false, delim = ',',
        columns = {{n: 'bigint', k: 'bigint', s: 'varchar', v: 'bigint', w: 'decimal(8, 2)'}})""")
    return con


def query(feature, columns):
    _, changed, rows, *source = feature
    shown = [f"{changed[x]} as {x}" if x in changed else x for x in columns]
    shown += [f"{sql} as \"{x}\"" for x, sql in changed.items() if x not in columns]
    rest = source[0] if source else "t"
    return (f"with rest as (from {rest}), judged as (select {', '.join(shown)}, {rows} as goes_on from rest)"
            " select * exclude (goes_on) from judged where goes_on order by n")


def figures(con):
    """A recipe whose bounds hold only where the figures over keys are exactly DuckDB's, and all of whose rows go on."""
    [(rows, distinct, single)] = con.sql(
        "select count(*), count(distinct k), (select count(*) from (select 1 from t where k is not null group by k"
        " having count(*) = 1)) from t where k is not null").fetchall()

    def around(part, total):
        # A millionth of a percent to either side: with a million rows one row is a ten-thousandth of one.
        return f"[{max(0, 100 * part / total - 1e-6):.7f}%, {min(100, 100 * part / total + 1e-6):.7f}%]"

    return "\n".join([
        "rules:",
        f"  - distinct_count: {{columns: k, is: {distinct}}}",
        f"  - duplicates: {{columns: k, is: {rows - distinct}}}",
        f"  - uniqueness: {{columns: k, between: {around(single, rows)}}}",
        f"  - unique_ratio: {{columns: k, between: {around(single, distinct)}}}",
        f"  - distinct_count: {{columns: k, is: {distinct + 1}}}\n    name: one_too_many\n    severity: warn",
    ])


def recipes(con):
    for name, feature in FEATURES.items():
        yield name, feature[0], feature
    yield "figures_of_keys", figures(con), ("", {}, "true")


def shown(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def small():
    folder = pathlib.Path(__file__).parent
    lines = [f"# DuckDB {duckdb.__version__}; written by whole_input.py, not to be edited by hand"]
    path = folder / "whole_input.csv.part"
    for keys in KEYS:
        write_input(path, keys, 60)
        con = open_input(path)
        lines += [f"== {keys}", "-- input", *path.read_text(encoding="utf-8").splitlines()]
        for name, recipe, feature in recipes(con):
            found = con.sql(query(feature, ["n"] + [x for x in COLUMNS if x in feature[1]])).fetchall()
            lines += [f"-- recipe {name}", *recipe.splitlines(), f"-- rows {name}"]
            lines += [" ".join(",".join(map(shown, row)) for row in found)]
    path.unlink()
    (folder / "whole_input.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def large(folder, keys, rows):
    write_input(folder / "input.csv", keys, rows)
    con = open_input(folder / "input.csv")
    for name, recipe, feature in recipes(con):
        if name in ORDERED and keys != "half":
            continue
        (folder / f"{name}.yaml").write_text(HEAD.format(name=name) + recipe + f"\noutput: {name}.out.csv\n")
        con.sql(query(feature, COLUMNS)).write_csv(str(folder / f"{name}.csv"), header=True)


if len(sys.argv) > 1:
    large(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
else:
    small()
