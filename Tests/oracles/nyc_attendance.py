#!/usr/bin/env python3
"""What recipes/nyc-attendance.yaml must make of the real data, worked out in SQL by DuckDB.

    nyc_attendance.py [FOLDER]              counts as JSON; FOLDER is ../shared/data/attendance unless given
    nyc_attendance.py [FOLDER] --markdown   the tables of docs/real-data.md

Exits 3, with a word on standard error, where the data is not there.
"""

import argparse
import json
import pathlib
import sys

import duckdb

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# Each rule: name, severity, SQL that is true where a row fails. A null neither passes nor fails, but where it must.
RULES = [
    ("submitted", "error", "percent IS NULL"),
    ("between percent", "error", "percent NOT BETWEEN 0 AND 100"),
    ("plausible-percent", "warn", "NOT (percent >= 40)"),
    ("dbn-shape", "error", "NOT regexp_full_match(dbn, '[0-9]{2}[MXKQR][0-9]{3}')"),
    ("location-of-dbn", "error", "location <> substring(dbn, 3, 4)"),
    ("known-borough", "error", "borough IS NULL OR borough NOT IN ('M', 'X', 'K', 'Q', 'R', 'O')"),
    ("district-of-dbn", "error", "district <> substring(dbn, 1, 2)"),
    ("printable-name", "warn", r"NOT regexp_full_match(school_name, '[^\x00-\x1f\x7f-\x{9f}]*')"),
    ("file-of-day", "error", "NOT starts_with(source_file, strftime(held_on, '%Y%m%d'))"),
]


def load(folder):
    """Every record as text, then typed: a text that fits neither its type nor its null list would be a failed cast."""
    connection = duckdb.connect()
    files = [str(path) for path in sorted(folder.glob("*.csv"))]
    connection.execute(
        """CREATE TABLE raw AS SELECT * FROM read_csv($files, header = true, delim = ',', quote = '"', escape = '"',
             all_varchar = true, auto_detect = false, strict_mode = true, columns = {'source_file': 'VARCHAR',
             'DBN': 'VARCHAR', 'ATTN_DATE_YMD': 'VARCHAR', 'ATTN_PCT': 'VARCHAR', 'LOC_CODE': 'VARCHAR',
             'SCHOOL_NAME': 'VARCHAR', 'Borough': 'VARCHAR', 'DistrictCode': 'VARCHAR'})""",
        {"files": files})
    connection.execute(
        """CREATE TABLE typed AS SELECT source_file, DBN AS dbn, LOC_CODE AS location, SCHOOL_NAME AS school_name,
             Borough AS borough, DistrictCode AS district,
             try_strptime(ATTN_DATE_YMD, '%Y%m%d')::DATE AS held_on,
             try_cast(nullif(ATTN_PCT, 'NS') AS DECIMAL(5, 2)) AS percent,
             (ATTN_DATE_YMD IS NOT NULL AND try_strptime(ATTN_DATE_YMD, '%Y%m%d') IS NULL)
               OR (coalesce(ATTN_PCT, 'NS') <> 'NS' AND NOT regexp_full_match(ATTN_PCT, '[0-9]{1,3}([.][0-9]{1,2})?'))
               AS uncastable
           FROM raw""")
    return connection


def expectation(connection):
    def one(sql):
        return connection.execute(sql).fetchone()[0]

    errors = " OR ".join(f"coalesce({failed}, false)" for _, severity, failed in RULES if severity == "error")
    connection.execute("CREATE VIEW judged AS SELECT * FROM typed WHERE uncastable OR dbn IS DISTINCT FROM 'TOTAL'")
    refused = f"uncastable OR {errors}"
    return {
        "records": one("SELECT count(*) FROM typed"),
        "accepted": one(f"SELECT count(*) FROM judged WHERE NOT ({refused})"),
        "quarantined": one(f"SELECT count(*) FROM judged WHERE {refused}"),
        "dropped": one("SELECT count(*) FROM typed WHERE NOT uncastable AND dbn = 'TOTAL'"),
        "cast": one("SELECT count(*) FROM typed WHERE uncastable"),
        "rules": [
            {"name": name, "severity": severity, "failed": one(f"SELECT count(*) FROM judged WHERE {failed}")}
            for name, severity, failed in RULES
        ],
        "accepted_percent": str(one(f"SELECT sum(percent) FROM judged WHERE NOT ({refused})")),
    }


def markdown(found):
    lines = ["| | DuckDB | brew |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {found[name]:,} | |" for name in ("records", "accepted", "quarantined", "dropped")]
    lines += ["", "| reason | severity | rows, DuckDB | rows, brew |", "| --- | --- | ---: | ---: |"]
    lines.append(f"| `cast` | error | {found['cast']:,} | |")
    lines += [f"| `{rule['name']}` | {rule['severity']} | {rule['failed']:,} | |" for rule in found["rules"]]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=REPOSITORY.parent / "shared/data/attendance")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    if not list(arguments.folder.glob("*.csv")):
        print(f"skipped: no CSV files in {arguments.folder}", file=sys.stderr)
        return 3
    found = expectation(load(arguments.folder))
    print(markdown(found) if arguments.markdown else json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
