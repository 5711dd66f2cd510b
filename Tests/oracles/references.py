#!/usr/bin/env python3
"""Writes references.txt: what `references` and `not_references` fail, by DuckDB's anti and semi joins.

    .deps/venv/bin/python Tests/oracles/references.py

The two inputs are made of a linear congruential generator, here and in FurtherInputTests.swift alike: skewed keys, empty
cells, decimals of different scale, dates in different formats, texts that differ in case, accents and spaces. Each line is
a rule, a bar, how many rows fail it, and the sum of the squares of their numbers.
"""

import datetime
import pathlib

import duckdb

ASKED, KNOWN = 3000, 4000
KEYS = [["id"], ["amount"], ["day"], ["name"], ["id", "day"], ["amount", "name"]]


class Generator:
    def __init__(self, seed):
        self.state = seed

    def next(self, below):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % below


def rows(seed, count, known):
    """Rows of id, amount, day and name as they are written; empty is null."""
    numbers = Generator(seed)
    for _ in range(count):
        number = 7 if numbers.next(4) == 0 else numbers.next(6000)
        cents = numbers.next(500)
        more = numbers.next(40)
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=numbers.next(900))
        word = numbers.next(2500)
        kind = numbers.next(9)
        nulls = numbers.next(64)
        name = f"k{word}" + ["", "", "", " ", "\u00e9", "E", "e", "x" * 300, "''"][kind]
        if known:
            amount = f"{cents // 100}.{cents % 100:02}{'01' if more == 0 else '00'}"
            text = day.strftime("%d/%m/%Y")
        else:
            amount = f"{cents // 100}.{cents % 100:02}"
            text = day.isoformat()
        yield ("" if nulls & 7 == 0 else str(number), "" if nulls & 7 == 1 else amount,
               "" if nulls & 7 == 2 else text, "" if nulls & 7 == 3 else name)


def main():
    database = duckdb.connect()
    for table, seed, count, scale, form in (("asked", 1, ASKED, 2, "%Y-%m-%d"), ("known", 2, KNOWN, 4, "%d/%m/%Y")):
        database.execute(f"create table {table}_text (n int, id text, amount text, day text, name text)")
        database.executemany(f"insert into {table}_text values (?, ?, ?, ?, ?)",
                             [(n, *row) for n, row in enumerate(rows(seed, count, table == "known"), 1)])
        database.execute(f"""create table {table} as select n, cast(nullif(id, '') as bigint) as id,
            cast(nullif(amount, '') as decimal(9, {scale})) as amount,
            cast(strptime(nullif(day, ''), '{form}') as date) as day, nullif(name, '') as name from {table}_text""")
    lines = []
    for rule, word in (("references", "not exists"), ("not_references", "exists")):
        for key in KEYS:
            judged = " and ".join(f"a.{part} is not null" for part in key)
            equal = " and ".join(f"a.{part} = k.{part}" for part in key)
            count, total = database.execute(
                f"select count(*), coalesce(sum(n::bigint * n), 0) from asked a where {judged} "
                f"and {word} (select 1 from known k where {equal})").fetchone()
            lines.append(f"{rule}_{'_'.join(key)} | {count} {total}")
    pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
