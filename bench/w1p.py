#!/usr/bin/env python3
"""The data of W1' and what must come of it, by Polars.

    w1p.py derive ATT.csv PERMUTED.csv   W1's data with its columns in another order, under other names, `;` between
    w1p.py apply PERMUTED.csv OUTDIR     out.csv and quarantine.csv as bench/w1p.yaml must write them
    w1p.py compare OUTDIR OTHER          row for row, in order; numbers by value
"""

import csv
import datetime
import itertools
import os
import pathlib
import sys

os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars as pl

NAMES = {  # in the order of the derived file; each from a column of W1
    "remark": "notes",
    "site": "campus",
    "attendance": "status",
    "held_on": "session_date",
    "mark": "score",
    "pupil": "student_id",
    "contact": "email",
    "arrived_at": "check_in",
    "course": "course_code",
    "minutes": "minutes_present",
    "full_name": "student_name",
    "group_code": "section",
}
STATUS = {"p": "present", "a": "absent", "l": "late", "exc": "excused"}
STATUS |= {word: word for word in STATUS.values()}
TEXT = ("full_name", "contact", "course", "group_code", "attendance", "site", "remark")


def derive(source, target):
    frame = pl.scan_csv(source, infer_schema=False).select(pl.col(old).alias(new) for new, old in NAMES.items())
    frame.sink_csv(target, separator=";", quote_style="necessary", null_value="")


def trimmed(name):
    return pl.col(name).str.strip_chars(" ")


def blank(name):
    return trimmed(name).fill_null("") == ""


def typed(frame):
    minutes = trimmed("minutes").cast(pl.Int64, strict=False)
    attendance = trimmed("attendance").str.to_lowercase()
    return frame.with_columns(
        v_pupil=trimmed("pupil").cast(pl.Int64, strict=False),
        v_held_on=pl.coalesce(trimmed("held_on").str.to_date(f, strict=False) for f in ("%Y-%m-%d", "%d/%m/%Y")),
        v_arrived_at=trimmed("arrived_at").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us"),
        v_attendance=attendance.replace_strict(STATUS, default=None, return_dtype=pl.String),
        v_minutes=pl.when(blank("minutes")).then(pl.lit(0, pl.Int64)).otherwise(minutes),
        v_mark=trimmed("mark").cast(pl.Float64, strict=False),
    )


def rules():
    as_of = pl.lit(datetime.date(2025, 12, 31))
    sites = ["North", "Nrth", "South", "East", "West", "Online"]
    return {
        "pupil_not_null": pl.col("v_pupil").is_not_null(),
        "full_name_not_null": ~blank("full_name"),
        "contact_shape": trimmed("contact").str.contains(r"^[^@ ]+@[^@ ]+\.[a-z.]+$").fill_null(False),
        "course_format": trimmed("course").str.contains(r"^[A-Z]{2,4}-[0-9]{3}$").fill_null(False),
        "held_on_valid": pl.col("v_held_on").is_not_null(),
        "held_on_not_future": (pl.col("v_held_on") <= as_of).fill_null(True),
        "attendance_in_set": pl.col("v_attendance").is_not_null(),
        "minutes_between_0_60": pl.col("v_minutes").is_between(0, 60).fill_null(False),
        "mark_between_0_100": blank("mark") | pl.col("v_mark").is_between(0, 100).fill_null(False),
        "site_known": trimmed("site").is_in(sites).fill_null(False),
    }


def accepted(frame):
    columns = [pl.col(f"v_{n}").alias(n) if n not in TEXT or n == "attendance" else trimmed(n) for n in NAMES]
    nine_ten = pl.col("v_arrived_at").dt.time() > datetime.time(9, 10)
    late = (pl.col("v_attendance") == "late") | nine_ten.fill_null(False)
    return frame.filter("ok").select(*columns, is_late=late, ratio=(pl.col("v_minutes") / 50.0).round(4))


def refused(frame, checks):
    reasons = [pl.when(~pl.col(f"ok_{name}")).then(pl.lit(name)) for name in checks]
    return frame.filter(~pl.col("ok")).select(*NAMES, reasons=pl.concat_str(reasons, separator=";", ignore_nulls=True))


def apply(source, folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    checks = rules()
    frame = typed(pl.scan_csv(source, separator=";", infer_schema=False))
    frame = frame.with_columns(check.alias(f"ok_{name}") for name, check in checks.items())
    frame = frame.with_columns(ok=pl.all_horizontal(f"ok_{name}" for name in checks))
    written = {"datetime_format": "%Y-%m-%d %H:%M:%S", "lazy": True, "maintain_order": True}
    sinks = [
        accepted(frame).sink_csv(out / "out.csv", separator=";", **written),
        refused(frame, checks).sink_csv(out / "quarantine.csv", separator=";", **written),
    ]
    pl.collect_all(sinks, engine="streaming")


def records(path, typed_columns):
    """The records of a file, its header first; the numbers of an output in one spelling."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file, delimiter=";")
        header = next(reader)
        yield header
        numbers = [header.index(name) for name in ("mark", "ratio")] if typed_columns else []
        for record in reader:
            for index in numbers:
                record[index] = record[index] and repr(float(record[index]))
            yield record


def compare(one, other):
    differing = 0
    for name, typed_columns in (("out.csv", True), ("quarantine.csv", False)):
        files = [records(pathlib.Path(folder) / name, typed_columns) for folder in (one, other)]
        count = 0
        for count, (ours, theirs) in enumerate(itertools.zip_longest(*files)):
            if ours != theirs:
                differing += 1
                if differing <= 5:
                    print(f"{name}, record {count}:\n  {ours}\n  {theirs}")
        print(f"{name}: {count} rows")
    print("row for row, in order:", f"{differing} rows differ" if differing else "EQUAL")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    actions = {"derive": derive, "apply": apply, "compare": compare}
    if len(sys.argv) != 4 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    actions[sys.argv[1]](*sys.argv[2:])
