"""Writes Tests/oracles/zone_clocks.txt: times around the edges of daylight saving on the clocks of several zones.

    python3 -P Tests/oracles/zone_clocks.py > Tests/oracles/zone_clocks.txt

Needs the packages duckdb and pytz (DuckDB asks for it). A line has a zone, a time on its clock, the instant that Python's zoneinfo gives it
(fold 0), the instant that DuckDB's timezone() gives it, whether the clock shows that time twice, and what DuckDB's
timezone() makes of Python's instant on that clock.
"""
import datetime
import zoneinfo

import duckdb

ZONES = ["Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Auckland",
         "America/Santiago", "Asia/Kathmandu", "Europe/Dublin"]
STAMP = "%Y-%m-%d %H:%M:%S"


def edges(zone):
    """The instants of a year, in UTC, at which the zone's offset changes."""
    for year in (2024, 2025, 2035):
        start = datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc)
        for hour in range(365 * 24):
            a = start + datetime.timedelta(hours=hour)
            b = a + datetime.timedelta(hours=1)
            if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset():
                yield b


def stamp(moment):
    return f"{moment.year:04d}" + moment.strftime("-%m-%d %H:%M:%S")


def main():
    base = duckdb.connect()
    base.execute("set timezone = 'UTC'")
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        clocks = [datetime.datetime(1975, 6, 15, 12), datetime.datetime(9999, 12, 30)]
        for edge in edges(zone):
            local = edge.astimezone(zone).replace(tzinfo=None, minute=0)
            clocks += [local + datetime.timedelta(minutes=15 * step) for step in range(-9, 9)]
        for clock in clocks:
            instants = [clock.replace(tzinfo=zone, fold=fold).astimezone(datetime.timezone.utc).replace(tzinfo=None)
                        for fold in (0, 1)]
            # In a gap fold 0 is later than fold 1; where the clock shows a time twice it is earlier.
            is_twice = instants[0] < instants[1]
            duck = base.execute(f"select timezone('{name}', timestamp '{clock}')::varchar, "
                                f"timezone('{name}', timestamptz '{instants[0]}+00')::varchar").fetchone()
            print("\t".join([name, stamp(clock), stamp(instants[0]), duck[0][:19], "twice" if is_twice else "once",
                             duck[1][:19]]))


main()
