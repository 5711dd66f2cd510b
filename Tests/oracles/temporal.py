"""Writes Tests/oracles/temporal.txt: what Python's datetime and zoneinfo, and DuckDB, say of dates and zones.

    python3 -P Tests/oracles/temporal.py > Tests/oracles/temporal.txt

Needs the package duckdb.
"""
import datetime as dt
import random
import zoneinfo

import duckdb

random.seed(7)
EPOCH = dt.datetime(1970, 1, 1)
MICRO = dt.timedelta(microseconds=1)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
         "Europe/Dublin", "Africa/Casablanca", "America/St_Johns", "Asia/Pyongyang", "Antarctica/Troll"]
SHOWN = "%Y-%m-%d %H:%M:%S"


def changes(zone):
    """The seconds around which the offset changes, in some years of the past and of the far future."""
    found = []
    for year in (1916, 1945, 1968, 2011, 2018, 2024, 2037, 2038, 2100, 2399, 2600, 9000):
        start = dt.datetime(year, 1, 1, tzinfo=dt.timezone.utc)
        end = start.replace(year=year + 1)
        step = dt.timedelta(days=7)
        while start < end:
            if start.astimezone(zone).utcoffset() != (start + step).astimezone(zone).utcoffset():
                low, high = start, start + step
                while high - low > dt.timedelta(seconds=1):
                    middle = (low + (high - low) / 2).replace(microsecond=0)
                    if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                        low = middle
                    else:
                        high = middle
                found.append(high)
            start += step
    return found


def zones():
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        edges = changes(zone)
        for edge in random.sample(edges, min(len(edges), 9)) + [dt.datetime(2500, 7, 1, tzinfo=dt.timezone.utc)]:
            for seconds in (-1, 0):
                moment = edge + dt.timedelta(seconds=seconds)
                offset = int(moment.astimezone(zone).utcoffset().total_seconds())
                yield name, moment.strftime(SHOWN), offset
        for _ in range(5):
            moment = dt.datetime(1900, 6, 1, tzinfo=dt.timezone.utc) + dt.timedelta(seconds=random.randrange(12 * 10**9))
            yield name, moment.strftime(SHOWN), int(moment.astimezone(zone).utcoffset().total_seconds())


def clocks():
    for name in ZONES[:8]:
        zone = zoneinfo.ZoneInfo(name)
        edges = changes(zone)
        for edge in random.sample(edges, min(len(edges), 6)):
            wall = edge.astimezone(zone).replace(tzinfo=None, fold=0)
            for minutes in (-1500, -90, -31, -1, 0, 1, 20, 29, 59, 61, 1500):
                local = wall + dt.timedelta(minutes=minutes)
                instants = [local - local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
                yield name, local.strftime(SHOWN), instants[0].strftime(SHOWN), instants[1].strftime(SHOWN)


def random_stamp():
    stamp = EPOCH + dt.timedelta(seconds=random.randrange(-5 * 10**9, 5 * 10**9), microseconds=random.randrange(10**6))
    return stamp.replace(microsecond=0) if random.random() < .4 else stamp


def reading():
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%d %B %Y", "%d-%b-%y", "%Y/%j",
               "%I:%M %p on %d.%m.%Y", "%a %d %b %Y %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S%z", "%d.%m.%Y %H:%M", "%%%Y|%m|%d"]
    for form in formats:
        for _ in range(3):
            stamp = random_stamp().replace(tzinfo=dt.timezone(dt.timedelta(minutes=30 * random.randrange(-20, 28))))
            yield form, stamp.strftime(form)
    broken = [("%Y-%m-%d", t) for t in ("2024-02-30", "2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2024-13-01",
                                        "2024-00-01", "2024-01-00", "2024-1-9", "24-01-09", "2024/01/09", "2024-01-09x",
                                        "2024-01-0a", "0000-01-01", "9999-12-31", "0001-01-01", "12024-01-01", "2024-01-",
                                        "2024--1-01", "2024-04-31", "20\uff12\uff14-01", "2024-01-1:", "2024-01-/9")]
    broken += [("%d/%m/%Y", t) for t in ("1/9/2024", "31/02/2024", "31/12/2024", "12/31/2024", "01-09-2024", "1/9/24",
                                         "001/9/2024", "01/09/2024/")]
    broken += [("%Y-%m-%d %H:%M:%S", t) for t in ("2024-09-01 25:61:00", "2024-09-01 24:00:00", "2024-09-01 23:59:59",
                                                  "2024-09-01T23:59:59", "2024-09-01 9:05:07", "2024-09-01 23:60:00",
                                                  "2024-09-01", "2024-09-01 23:59", "2024-09-01 23:59:5a")]
    broken += [("%I:%M %p on %d.%m.%Y", t) for t in ("12:00 am on 01.02.2024", "12:00 PM on 01.02.2024",
                                                     "13:00 PM on 01.02.2024", "00:30 AM on 01.02.2024", "1:30 xm on 1.2.2024")]
    broken += [("%d %B %Y", t) for t in ("3 MAY 2024", "3 Sept 2024", "3 september 2024", "3 Septembers 2024")]
    broken += [("%Y/%j", t) for t in ("2024/366", "2024/0", "2024/60", "2024/367")]
    broken += [("%d-%b-%y", "01-Jan-68"), ("%d-%b-%y", "01-Jan-69")]
    yield from broken


def read_table():
    for form, text in reading():
        try:
            stamp = dt.datetime.strptime(text, form)
            if stamp.tzinfo:
                stamp = stamp.astimezone(dt.timezone.utc).replace(tzinfo=None)
            answer = f"{stamp.year:04}" + stamp.strftime("-%m-%d %H:%M:%S") + (f".{stamp.microsecond:06}" if stamp.microsecond else "")
        except ValueError:
            answer = "cast"
        yield form, text, answer


def write_table():
    forms = ["%Y-%m-%d", "%d/%m/%y", "%A, %d %B %Y", "%a %b %e %T", "%I:%M:%S %p", "%j %U %W %u %w %G %V", "%f|%%|%F|%R|%D",
             "%-d.%-m. %-H:%-M:%-S %-I %-j %-y"]
    for form in forms:
        for _ in range(6):
            stamp = random_stamp()
            yield form, stamp.strftime("%Y-%m-%d %H:%M:%S.%f"), stamp.strftime(form)


def duck(sql):
    return duckdb.sql(sql).fetchall()


PARTS = ["year", "quarter", "month", "day", "dayofyear", "isodow", "dow", "week", "isoyear", "hour", "minute", "second",
         "millisecond", "microsecond"]
COUNTED = ["year", "quarter", "month", "day", "week", "isoyear", "hour", "minute", "second", "millisecond"]
CUT = ["year", "quarter", "month", "week", "isoyear", "day", "hour", "minute", "second", "millisecond"]


def part_stamps():
    random.seed(11)
    stamps = [random_stamp() for _ in range(24)] + [dt.datetime(y, m, d, 23, 59, 59) for y, m, d in (
        (1969, 12, 31), (2024, 12, 30), (2021, 1, 3), (2020, 12, 31), (2026, 12, 31), (2000, 2, 29))]
    return [stamp.strftime("%Y-%m-%d %H:%M:%S.%f") for stamp in stamps]


def part_table():
    for literal in part_stamps():
        parts = duck("select " + ", ".join(f"date_part('{p}', timestamp '{literal}')" for p in PARTS))[0]
        yield literal, " ".join(str(int(p)) for p in parts)


def cut_table():
    for literal in part_stamps():
        cuts = duck("select " + ", ".join(f"strftime(date_trunc('{p}', timestamp '{literal}'), '%Y-%m-%d %H:%M:%S.%f')"
                                          for p in CUT))[0]
        yield literal, ",".join(cuts)


def difference_table():
    for index in range(36):
        a = random_stamp()
        b = a + dt.timedelta(seconds=random.randrange(-10**6, 10**6)) if index % 2 else random_stamp()
        a, b = (x.strftime("%Y-%m-%d %H:%M:%S.%f") for x in (a, b))
        row = duck("select " + ", ".join(f"date_diff('{p}', timestamp '{a}', timestamp '{b}')" for p in COUNTED))[0]
        yield a, b, " ".join(str(x) for x in row)


def add_table():
    intervals = ["1 month", "-1 month", "13 months", "1 year", "-4 years", "1 month 1 day", "3 days", "36 hours",
                 "1 year 2 months 3 days 4 hours 5 minutes 6 seconds", "-10 minutes"]
    stamps = ["2024-01-31 10:00:00", "2023-01-31 00:00:00", "2024-02-29 23:59:59", "1969-12-31 23:00:00"]
    stamps += [random_stamp().strftime(SHOWN) for _ in range(3)]
    for stamp in stamps:
        for interval in intervals:
            plus, minus = duck(f"select strftime(timestamp '{stamp}' + interval '{interval}', '{SHOWN}'), "
                               f"strftime(timestamp '{stamp}' - interval '{interval}', '{SHOWN}')")[0]
            yield stamp, interval, plus, minus


def table(name, columns, rows):
    print(f"# {name}: {columns}")
    for row in rows:
        print("; ".join(str(cell) for cell in row))


if __name__ == "__main__":
    table("offsets", "zone, instant (UTC), seconds east of it (zoneinfo)", zones())
    table("clocks", "zone, local time, its instant with fold 0, and with fold 1 (zoneinfo)", clocks())
    table("reading", "format, text, timestamp (datetime.strptime)", read_table())
    table("writing", "format, timestamp, text (datetime.strftime)", write_table())
    table("parts", "timestamp, " + " ".join(PARTS) + " (DuckDB)", part_table())
    table("cuts", "timestamp, itself cut to " + " ".join(CUT) + " (DuckDB)", cut_table())
    table("differences", "two timestamps, " + " ".join(COUNTED) + " between (DuckDB)", difference_table())
    table("sums", "timestamp, interval, sum, difference (DuckDB)", add_table())
