#!/usr/bin/env python3
"""Writes number_tables.txt: what Python's integers, fractions and decimals, and DuckDB where it
agrees with docs on rounding, say about arithmetic, rounding, reading, writing and casting.
"""

import pathlib
import random
import re
import struct
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 1000
rng = random.Random(20240901)


def half_away(x):
    """The integer nearest to a fraction."""
    whole = (abs(x) * 2 + 1) // 2
    return int(whole if x >= 0 else -whole)


def truncated(x):
    return int(abs(x)) if x >= 0 else -int(abs(x))


def fitted(x, p, s):
    unscaled = half_away(x * 10**s)
    return str(unscaled) if abs(unscaled) < 10**p else "overflow"


def decimal_rows():
    rows = []
    edges = [0, 1, -1, 5, -5, 10**38 - 1, 1 - 10**38, 10**37, 5 * 10**37, 2**63, -(2**63), 2**64, 10**19]
    for _ in range(1200):
        def operand():
            p = rng.choice([2, 5, 10, 18, 19, 20, 30, 38])
            return rng.choice(edges) if rng.random() < 0.3 else rng.randint(1 - 10**p, 10**p - 1)
        a, b = operand(), operand()
        sa, sb = (rng.choice([0, 1, 2, 3, 9, 18, 19, 37, 38]) for _ in range(2))
        if rng.random() < 0.3:
            sb = sa
        x, y = Fraction(a, 10**sa), Fraction(b, 10**sb)
        op = rng.choice(["+", "-", "*", "//", "%"])
        s = max(sa, sb)
        if op == "*":
            s = min(38, sa + sb)
        if op == "//":
            s = rng.choice([0, min(2, s)])
        p = rng.choice([38, 38, max(s, 20)])
        if op in ("//", "%") and b == 0:
            out = "divisionByZero"
        else:
            out = fitted({
                "+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "//": lambda: Fraction(truncated(x / y)),
                "%": lambda: x - y * truncated(x / y),
            }[op](), p, s)
        rows.append([op, a, sa, b, sb, p, s, out])
    return rows


def round_rows():
    rows = []
    for _ in range(600):
        digits = rng.choice([0, 0, 1, 2, 2, 3, 4, 6, 10, 15, 16, -1, -2, -5])
        kind = rng.random()
        if kind < 0.5:
            x = float(f"{rng.randint(-10**6, 10**6)}5e{-(max(digits, 0) + 1)}")
        elif kind < 0.8:
            x = rng.uniform(-1000, 1000)
        else:
            x = struct.unpack("<d", rng.randbytes(8))[0]
        if x != x or abs(x) > 1e300 or 0 < abs(x) < 1e-150:
            continue
        exact = Decimal(repr(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        rows.append([repr(x), digits, repr(float(exact))])
    for x, digits in [(1.005, 2), (2.675, 2), (0.285, 2), (2.5, 0), (-2.5, 0), (0.5, 0), (1.5e300, 2), (5e-324, 3),
                      (1e22, 22), (15.0, -1), (25.0, -1), (0.1, 400), (123.0, -400), (99.5, -2), (49.9, -2), (50.0, -2)]:
        exact = Decimal(repr(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) if abs(digits) < 100 else \
            Decimal(repr(x)) if digits > 0 else Decimal(0)
        rows.append([repr(x), digits, repr(float(exact))])
    return rows


BLANK = " \t\n\v\f\r"
NUMBER = re.compile(r"([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.A)
RANGES = {"int8": 7, "int16": 15, "int32": 31, "int64": 63}


def single(text):
    """The nearest float32 of a decimal text, by exact comparison with its neighbours; None when too large."""
    exact = Fraction(text)
    try:
        near = struct.unpack("<f", struct.pack("<f", float(exact)))[0]
    except OverflowError:
        return None
    bits = struct.unpack("<I", struct.pack("<f", near))[0]
    best = None
    for candidate in (bits - 1, bits, bits + 1):
        if not 0 <= candidate & 0x7FFFFFFF < 0x7F800000:
            continue
        value = struct.unpack("<f", struct.pack("<I", candidate & 0xFFFFFFFF))[0]
        key = (abs(Fraction(value) - exact), candidate & 1)
        if best is None or key < best[0]:
            best = (key, value)
    return best[1]


def read(kind, text):
    trimmed = text.strip(BLANK)
    if not trimmed:
        return "null"
    if kind == "bool":
        word = trimmed.lower()
        return "true" if word in ("true", "t", "yes", "y", "1") else \
            "false" if word in ("false", "f", "no", "n", "0") else "cast"
    if kind in RANGES:
        if not re.match(r"[+-]?\d+\Z", trimmed, re.A):
            return "cast"
        value = int(trimmed)
        return str(value) if -(2**RANGES[kind]) <= value < 2**RANGES[kind] else "cast"
    if kind == "float64":
        if re.match(r"[+-]?(inf|infinity|nan)\Z", trimmed, re.I):
            return repr(float(trimmed))
        if not NUMBER.match(trimmed):
            return "cast"
        value = float(trimmed)
        return "cast" if value in (float("inf"), float("-inf")) else repr(value)
    if kind == "float32":
        if not NUMBER.match(trimmed):
            return "cast"
        value = single(trimmed)
        if value == 0 and trimmed.startswith("-"):
            value = -0.0
        return "cast" if value is None else "bits " + str(struct.unpack("<I", struct.pack("<f", value))[0])
    p, s = map(int, re.findall(r"\d+", kind))
    if not NUMBER.match(trimmed):
        return "cast"
    unscaled = Fraction(trimmed) * 10**s
    if unscaled.denominator != 1 or abs(unscaled) >= 10**p:
        return "cast"
    value = Decimal(int(unscaled)).scaleb(-s)
    text = f"{value:f}"
    return text[1:] if text.startswith("-") and int(unscaled) == 0 else text


def reading_rows():
    texts = ["", " ", "\t", "0", "-0", "+0", "00", "007", "-007", "1", "+1", "-1", "- 1", "--1", "+", "-", "1-", "1 2", " 12 ",
             "12 ", "127", "128", "-128", "-129", "32767", "32768", "2147483647", "2147483648", "-2147483648",
             "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
             "00000000000000000000000000000000000000000000000000000042", "99999999", "100000000", "1234567890123456",
             "12345678901234567", "9999999999999999", "99999999999999999999999999999999999999",
             "100000000000000000000000000000000000000", "1.", ".5", ".", "-.5", "+.5", "1.0", "72.15", "-72.15", "+72.15",
             "72.150", "72.155", "7.2.1", "1..2", "1e3", "1E3", "1e+3", "1e-2", "1.5e1", "15e-1", "1e", "1e+", "e1", "1e400",
             "-1e400", "1e-400", "0e999999999999999999999999", "1e99999999999999999999", "0.000", "123456.78", "1234567.8",
             "12345678.9", "9999.99", "10000.00", "-9999.99", "0.1", "0.30000000000000004", "1e22", "1e23", "9007199254740993",
             "179769313486231570000000000000000000000", "2.2250738585072011e-308", "4.9e-324", "2.4e-324", "123x", "x", "0x10",
             "1_000", "1,5", "٣", "１", "true", "TRUE", "True", "t", "T", "yes", "Yes", "y", "no", "NO", "n", "N", "false",
             "False", "f", "F", "on", "off", "tru", "truee", "\x11", "\x14rue", "nan", "NaN", "inf", "-inf", "+Inf", "Infinity", "-INFINITY",
             "infin", "16777217", "33554435", "3.4028236e38", "3.4028235e38", "3.5e38", "1e-46", "1.00000005960464477540",
             "1.00000005960464477539", "1.17549435e-38", "7e-46", "1:2", "/", "1/2", "99999999:", "1234567/", "123456789012345:"]
    for _ in range(60):
        texts.append(repr(struct.unpack("<d", rng.randbytes(8))[0]))
        texts.append(f"{rng.uniform(-1e4, 1e4):.{rng.randint(0, 20)}f}")
        texts.append(str(rng.randint(-(10**rng.randint(1, 25)), 10**rng.randint(1, 25))))
        texts.append("".join(rng.choice("0123456789.-+eE ") for _ in range(rng.randint(1, 9))))
    kinds = ["bool", "int8", "int16", "int32", "int64", "float64", "float32", "decimal(6, 2)", "decimal(38, 0)",
             "decimal(38, 10)", "decimal(2, 2)"]
    rows = []
    for text in texts:
        for kind in kinds:
            if kind == "float32" and re.match(r"\s*[+-]?(inf|nan)", text, re.I):
                continue
            if kind != "float64" and "e99999" in text or "e9999" in text and kind == "float32":
                continue
            out = read(kind, text) if not ("9" * 12 in text and "e" in text) else \
                {"float64": "0.0" if text.startswith("0") else "cast"}.get(kind, None)
            if out is not None:
                rows.append([text.encode().hex(), kind, out])
    return rows


def float_rows():
    values = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 100.0, 1e4, 12345678.0, 99999999999.0, 1e11, 1e15, 0.0001, 0.00012, 0.00001, 9.9999,
              123.456, 0.1 + 0.2, 1 / 3, 1e100, 5e-324, 1.7976931348623157e308, 0.00011, 99999.9999999999, 1e5, 12345.678901234]
    for _ in range(1500):
        values.append(rng.randint(-(10**rng.randint(1, 12)), 10**rng.randint(1, 12)) / 10**rng.randint(0, 10))
        values.append(struct.unpack("<d", rng.randbytes(8))[0])
    # Between 2^53 and 10^16 both ways of writing are the shortest.
    return [[repr(v)] for v in values if v == v and not 2**53 <= abs(v) < 2**55]


def cast_rows():
    rows = []
    for _ in range(500):
        p, s = rng.choice([(4, 1), (10, 3), (38, 10), (38, 38), (20, 0)])
        a = rng.randint(1 - 10**p, 10**p - 1) if rng.random() < 0.6 else \
            rng.choice([1, -1]) * (rng.randint(0, min(200, 10**p // 10 - 1)) * 10 + 5)
        value = Fraction(a, 10**s)
        q, t = rng.choice([(4, 0), (6, 2), (38, 0), (38, 9), (2, 1)])
        out = fitted(value, q, t).replace("overflow", "cast")
        rows.append([a, p, s, f"decimal({q}, {t})", out])
        integer = half_away(value)
        rows.append([a, p, s, "int64", integer if -(2**63) <= integer < 2**63 else "cast"])
        rows.append([a, p, s, "int8", integer if -128 <= integer < 128 else "cast"])
        rows.append([a, p, s, "float64", repr(float(value))])
    return rows


def float_cast_rows():
    rows = []
    for _ in range(400):
        q, t = rng.choice([(4, 0), (6, 2), (38, 0), (38, 20), (18, 9), (38, 38)])
        x = rng.choice([
            lambda: rng.randint(-99999, 99999) / 10**rng.randint(0, 6), lambda: float(f"{rng.randint(-999, 999)}5e{-t - 1}"),
            lambda: rng.uniform(-1, 1) * 10**rng.randint(-5, 40), lambda: struct.unpack("<d", rng.randbytes(8))[0]])()
        if x != x or abs(x) == float("inf"):
            continue
        rows.append([repr(x), f"decimal({q}, {t})", fitted(Fraction(repr(x)), q, t).replace("overflow", "cast")])
        integer = half_away(Fraction(x))
        rows.append([repr(x), "int64", integer if -(2**63) <= integer < 2**63 else "cast"])
        rows.append([repr(x), "int16", integer if -(2**15) <= integer < 2**15 else "cast"])
    for x in ["nan", "inf", "-inf"]:
        rows += [[x, "int64", "cast"], [x, "decimal(38, 0)", "cast"]]
    for x, out in [("9223372036854774784.0", "9223372036854774784"), ("9223372036854775808.0", "cast"),
                   ("-9223372036854775808.0", "-9223372036854775808"), ("2.5", "3"), ("-2.5", "-3"), ("0.49999999999999994", "0")]:
        rows.append([x, "int64", out])
    return rows


def main():
    tables = [
        ("decimals", "Operator, unscaled a, its scale, b, its scale, precision and scale of the result, result.", decimal_rows()),
        ("rounding", "Float, digits, its shortest decimal rounded half away from zero.", round_rows()),
        ("reading", "UTF-8 in hexadecimal, type, canonical text or what becomes of it.", reading_rows()),
        ("floats", "Shortest texts.", float_rows()),
        ("decimalCasts", "Unscaled value, precision, scale, type, unscaled result.", cast_rows()),
        ("floatCasts", "Float, type, unscaled result.", float_cast_rows()),
    ]
    lines = []
    for name, summary, rows in tables:
        lines.append(f"# {name}: {summary}")
        lines += [";".join(map(str, row)) for row in rows]
    pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")



main()
