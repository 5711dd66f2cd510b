"""Writes Tests/oracles/business_days.txt: what NumPy's busday_count makes of pairs of dates.

    python3 -P Tests/oracles/business_days.py > Tests/oracles/business_days.txt

Needs the package numpy. A line has two dates, the weekdays from the first up to the second, and those without the
HOLIDAYS, which are named so in the test.
"""
import datetime
import random

import numpy

HOLIDAYS = ["2024-12-25", "2024-12-26", "2025-01-01", "2025-01-04", "2024-12-25"]
ENDS = ["0001-01-01", "0001-01-02", "1969-12-31", "1970-01-01", "1970-01-05", "2024-12-25", "2024-12-28", "2024-12-29",
        "9999-12-31"]


def main():
    chance = random.Random(4)
    start = datetime.date(2024, 12, 16)
    near = [(start + datetime.timedelta(chance.randrange(28))).isoformat() for _ in range(60)]
    pairs = [(a, b) for a in ENDS for b in ENDS] + list(zip(near[::2], near[1::2]))
    for first, last in pairs:
        # NumPy counts the last day and not the first where the order is turned around.
        if first <= last:
            print(first, last, numpy.busday_count(first, last), numpy.busday_count(first, last, holidays=HOLIDAYS))


main()
