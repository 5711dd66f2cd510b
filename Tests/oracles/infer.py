#!/usr/bin/env python3
"""The column types that DuckDB's sniffer finds in real files, for `InferTests`.

    Tests/oracles/infer.py > Tests/oracles/infer.txt

One line a column: file, column, type, separated by tabs. All rows are looked at (`sample_size = -1`), as brew does.
"""

import pathlib

import duckdb

DATA = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILES = [
    "attendance/attendance_2013_03.csv", "fivethirtyeight/marvel-wikia-data.csv", "ieee/oui.csv",
    "fivethirtyeight/police_deaths_all_data.csv",
    "nycflights13/airports.csv", "nycflights13/planes.csv", "nycflights13/weather.csv", "oulad/assessments.csv",
    "oulad/courses.csv", "oulad/studentInfo_AAA.csv", "oulad/studentRegistration.csv", "oulad/vle.csv",
    "uci_student/student-mat.csv", "uci_student/student-por.csv", "vega/birdstrikes.csv",
    "duckdb-csv/auto/time_date_timestamp.csv", "duckdb-csv/auto/time_date_timestamp_dd-mm-yyyy.csv",
    "duckdb-csv/auto/time_date_timestamp_mm-dd-yyyy.csv", "duckdb-csv/auto/time_date_timestamp_dd-mm-yy.csv",
    "duckdb-csv/auto/time_date_timestamp_mm-dd-yy.csv", "duckdb-csv/auto/time_date_timestamp_yyyy.mm.dd.csv",
    "duckdb-csv/auto/issue_811.csv", "duckdb-csv/auto/test_multiple_columns.csv",
    "duckdb-csv/auto/large_mixed_data.csv", "duckdb-csv/auto/int_bol.csv", "duckdb-csv/auto/14177.csv",
]

for file in FILES:
    rows = duckdb.execute("describe select * from read_csv(?, sample_size = -1)", [str(DATA / file)]).fetchall()
    for name, kind, *_ in rows:
        print(file, name, kind, sep="\t")
