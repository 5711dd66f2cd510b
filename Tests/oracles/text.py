#!/usr/bin/env python3
"""Writes Tests/oracles/text.txt: what DuckDB, and Python where DuckDB has no opinion, say about texts.

    python Tests/oracles/text.py > Tests/oracles/text.txt

A line is a function, its arguments and the result, divided by tabs. Texts are in JSON's notation (ASCII), null is `null`.
"""

import base64
import hashlib
import json
import random

import duckdb

rng = random.Random(20240901)
connection = duckdb.connect()

PIECES = ["a", "b", "B", "Z", "x", "-", " ", ",", ".", "%", "_", "\\", "é", "É", "e\u0301", "ß", "ñ", "ж", "Ж", "美", "咲",
          "😀", "𝒳", "İ", "ı", "Ω", "\u00a0", "\u2003", "\u3000", "\t", "\n", "0", "7", "ab", "aab", "ﬁ"]
SPACES = {*"\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B))}


def word(most):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(most + 1)))


def ascii_word(length):
    return "".join(rng.choice("abcXYZ019 -_@.[`{~\x7f") for _ in range(length))


def line(name, *cells):
    print(name, *(json.dumps(cell) for cell in cells), sep="\t")


def asked(name, sql, *arguments):
    line(name, *arguments, connection.execute("select " + sql, list(arguments)).fetchone()[0])


def without(text, dropped, start, end):
    low, high = 0, len(text)
    while start and low < high and text[low] in dropped:
        low += 1
    while end and high > low and text[high - 1] in dropped:
        high -= 1
    return text[low:high]


texts = [word(12) for _ in range(150)] + [ascii_word(n) for n in range(41)] + ["", " ", "\u00a0\u00a0", "a" * 9]

for text in texts:
    # str.strip takes U+001C…U+001F away too, which Unicode does not call white space.
    line("trim", text, without(text, SPACES, True, True))
    line("ltrim", text, without(text, SPACES, True, False))
    line("rtrim", text, without(text, SPACES, False, True))
    line("blank", text, all(c in SPACES for c in text))
    # Final sigma apart, Python maps case in full, as Unicode's SpecialCasing.txt has it.
    line("lower", text, text.lower())
    line("upper", text, text.upper())
    asked("length", "length(?)", text)
    line("json", text, json.dumps(text, ensure_ascii=False)[1:-1])
    line("base64", text, base64.b64encode(text.encode()).decode())
    line("sha256", text, hashlib.sha256(text.encode()).hexdigest())

for _ in range(150):
    text, characters = word(10), word(4)
    asked("trim_set", "trim(?, ?)", text, characters)
    # DuckDB refuses positions past 32 bits.
    start, length = rng.randint(-14, 14), rng.randint(-14, 14)
    asked("substring", "substring(?, ?::bigint, ?::bigint)", text, start, length)
    asked("substring_from", "substring(?, ?::bigint)", text, start)
    old = rng.choice([text[1:3], word(2), text[:1], "a"])
    asked("replace", "replace(?, ?, ?)", text, old, word(2))
    part = rng.choice([text[:2], text[-2:], text[1:3], word(2)])
    asked("starts_with", "starts_with(?, ?)", text, part)
    asked("ends_with", "ends_with(?, ?)", text, part)
    asked("contains", "contains(?, ?)", text, part)
    separator, index = rng.choice([",", "-", "", "a", "aa", "é", "ab"]), rng.randint(-5, 5)
    text = "".join(rng.choice(["a", "b", ",", "-", "é", "ab", "美"]) for _ in range(rng.randrange(10)))
    asked("split_part", "split_part(?, ?, ?::bigint)", text, separator, index)

for _ in range(60):
    cells = [rng.choice([None, "", "a", "é", word(9)]) for _ in range(3)]
    asked("concat_strict", "?::varchar || ?::varchar || ?::varchar", *cells)
    asked("concat", "concat(?::varchar, ?::varchar, ?::varchar)", *cells)
    asked("concat_ws", "concat_ws(?::varchar, ?::varchar, ?::varchar)", *cells)

for _ in range(400):
    text = "".join(rng.choice(["a", "b", "é", "É", "%", "_", "美", "aB", "😀", "ж"]) for _ in range(rng.randrange(9)))
    mark = [c if rng.random() < 0.6 else rng.choice(["%", "_", "_", "%", "!%", "!_", "!!"]) for c in text]
    if rng.random() < 0.4:
        mark = mark[rng.randrange(3):]
    pattern = "".join(mark) + rng.choice(["", "", "%", "_"])
    asked("like", "? like ? escape '!'", text, pattern)
    asked("ilike", "? ilike ? escape '!'", text, rng.choice([str.lower, str.upper, str])(pattern))

PATTERNS = ["a", "(a)(b)?", "b*", "a+?", "[^a]+", "(?:é|美)+", "^a", "b$", "(.)(.)", "x*", "a|ab", "ab|a", "\\d+", "[[:alpha:]]+",
            "(?i)B", "\\bab", "(a*)(b*)", "é?", "", "\\s+", "(?P<first>a)-(?P<second>b)"]
for pattern in PATTERNS:
    for _ in range(12):
        text = "".join(rng.choice(["a", "b", "é", "-", "美", "7", "ab", " ", "B"]) for _ in range(rng.randrange(8)))
        asked("regexp_matches", "regexp_matches(?, ?)", text, pattern)
        asked("regexp_full_match", "regexp_full_match(?, ?)", text, pattern)
        asked("regexp_extract", "regexp_extract(?, ?)", text, pattern)
        template = rng.choice(["-", "<\\0>", "", "\\\\é"])
        asked("regexp_replace", "regexp_replace(?, ?, ?)", text, pattern, template)
        asked("regexp_replace_all", "regexp_replace(?, ?, ?, 'g')", text, pattern, template)
for _ in range(30):
    text = "".join(rng.choice(["a", "b", "é", "-"]) for _ in range(rng.randrange(8)))
    asked("regexp_extract_2", "regexp_extract(?, ?, 2)", text, "(a+)(b|é)?")
    asked("regexp_replace_all", "regexp_replace(?, ?, ?, 'g')", text, "(a+)(b|é)?", "\\2\\1\\1")
