"""Writes Tests/oracles/expressions.txt: what DuckDB makes of some hundred expressions over a table of nasty values.

    python3 -P Tests/oracles/expressions.py > Tests/oracles/expressions.txt

Needs the package duckdb. Lines that begin with `row` hold the table's texts; lines that begin with `is` an expression of
brew's, its kind of value, and its value on each row. \\N is null, \\E a failure.

Where the language means to differ from DuckDB, DIFFERENCES says why and how DuckDB is asked instead.
"""
import itertools
import re

import duckdb

COLUMNS = {"i": "BIGINT", "k": "BIGINT", "d": "DECIMAL(12,3)", "f": "DOUBLE", "s": "VARCHAR", "u": "VARCHAR",
           "t": "DATE", "ts": "TIMESTAMP", "b": "BOOLEAN", "c": "BOOLEAN"}
N = None
# Lists of different lengths, each repeated over the rows, so that their values meet in many pairs.
VALUES = {
    "i": [N, "0", "1", "-1", "9223372036854775807", "-9223372036854775808", "42", "7", "-7", "100", "2", "-50", "3"],
    "k": ["2", "0", "-1", N, "3", "10", "-3"],
    "d": [N, "0.000", "0.005", "-0.005", "999999999.999", "-999999999.999", "1.500", "2.500", "-2.500", "2.345",
          "0.050"],
    "f": [N, "0.0", "-0.0", "nan", "inf", "-inf", "1.5", "2.5", "-2.5", "1e308", "5e-324", "0.1", "123456789.125",
          "-0.5", "9007199254740993.0", "0.5", "9.3e18"],
    "s": [N, "", " ", "a", "Étude", "a-b-c", " x ", "日本語", "12", "-7", "1.5", "NaN", "2024-02-29", "true",
          "x%y_z", "aXb", "ab" * 200, "e\u0301😀", "\ta\nb\\"],
    "u": ["a", "", "-", "b", N],
    "t": [N, "2024-02-29", "2023-02-28", "1970-01-01", "1969-12-31", "2000-02-29", "1900-03-01", "0001-01-01",
          "9999-12-31", "2024-12-30", "2021-01-03", "2024-01-31"],
    "ts": [N, "2024-02-29 23:59:59.999999", "1970-01-01 00:00:00", "1969-12-31 23:59:59.999999",
           "0001-01-01 00:00:00", "9999-12-31 23:59:59", "2024-12-30 12:34:56.5", "2000-03-01 00:00:01"],
    "b": ["true", "false", N],
    "c": ["true", "true", "true", "false", "false", "false", N, N, N],
}
ROWS = 40

MACROS = """
create macro over(a, b) as case when b = 0 and a is not null then error('division by zero') else a / b end;
create macro quotient(a, b) as case when b = 0 and a is not null then error('division by zero') else a // b end;
create macro remainder(a, b) as case when b = 0 and a is not null then error('division by zero') else a % b end;
create macro within(x) as case when x is null or year(x) between 1 and 9999 then x else error('out of range') end;
create macro defined(y, x) as case when isnan(y) and not isnan(x) or isinf(y) and isfinite(x) then error('undefined') else y end;
create macro raised(x, n) as case when x is null or n is null then null when x = 0 and n < 0 or isnan(power(x, n)) and not (isnan(x) or isnan(n)) then error('undefined') else power(x, n) end;
create macro logarithm(b, x) as case when b is null or x is null then null when isnan(b) or isnan(x) then 'nan'::double when b <= 0 or b = 1 or x <= 0 or isnan(ln(x) / ln(b)) then error('undefined') else ln(x) / ln(b) end;
create macro small(k, x) as case when x is null then null when k not between 0 and 63 then error('out of range') else k end;
create macro whole(x) as case when contains(x, '.') then error('not whole') else nullif(trim(x), '') end;
"""

WORD = "another name, or another way of writing the argument"
ZERO = "division by zero fails the row, where DuckDB gives null; a null dividend stays null"
SCALE = "a decimal's rounded value keeps the column's precision and scale, where DuckDB gives up the scale"
BLANK = "blank text is null for every type but strings"
HALF = "a float becomes an integer half away from zero, where DuckDB goes to the even one"
RANGE = "dates end with the year 9999, and what lies beyond fails"
LAZY = "a side that decides keeps the failure of the other from the row"
UNDEFINED = "a function that has no value for a number fails the row, where DuckDB gives NaN or infinity"
SHIFT = "a shift is a product with a power of two, of negative numbers, too; places beyond 63 fail"
DIFFERENCES = [
    (r"(.pad)\((\S+), k\)", r"\1(\2, k::int, ' ')", "a text is filled up with spaces if nothing is said"),
    (r"(.pad)\((\S+), k, (\S+)\)", r"\1(\2, k::int, \3)", "a length is any whole number"),
    (r"(.pad)\((\S+), (\d+)\)", r"\1(\2, \3, ' ')", "a text is filled up with spaces if nothing is said"),
    (r"(.trim)\(s\)", r"\1(s, chr(9) || chr(10) || ' ')", "white space is more than the space"),
    (r"last_position\((\S+) in (\S+)\)",
     r"(case when \1 is null or \2 is null then null when \1 = '' then length(\2) + 1 else coalesce(list_max(list_filter("
     r"range(1, length(\2) + 1), lambda x: substring(\2, x, length(\1)) = \1)), 0) end)", "DuckDB has no such function"),
    (r"octet_length\(s\)", "strlen(s)", "a text's bytes are those of its UTF-8"),
    (r"unicode\(s\)", "(case when s = '' then error('') else unicode(s) end)",
     "the empty text has no first character, where DuckDB gives -1"),
    (r"chr\((.*)\)", r"chr((\1)::int)", "DuckDB refuses numbers past 32 bits"),
    (r"normalize\((.*)\)", r"nfc_normalize(\1)", "SQL's name"),
    (r"remove_symbols\(s\)", r"regexp_replace(s, '[^\\p{L}\\p{N}\\p{M}\\s\\p{Z}]', '')", "DuckDB has no such function"),
    (r"remove_whitespace\(s\)", r"regexp_replace(s, '[\\s\\p{Z}]+', '')", "DuckDB has no such function"),
    (r"regexp_count\((.*)\)", r"len(regexp_extract_all(\1))", "DuckDB has no such function"),
    (r"regexp_split_part\((.*), (\d)\)", r"(case when s is null then null else coalesce(string_split_regex(\1)[\2], '') end)",
     "DuckDB has no such function"),
    (r"regexp_position\((.*), ('.*')\)",
     r"(case when s is null then null when regexp_matches(\1, \2) then length(regexp_extract(\1, '(?s)^(.*?)' || \2, 1)) + 1 "
     r"else 0 end)", "DuckDB has no such function"),
    (r"(sqrt|ln|log2|log|sin|cos|tan|cot|asin|acos|acosh|atanh)\((\w+)\)", r"defined(\1(\2::double), \2::double)",
     UNDEFINED),
    (r"power\((\S+), (\S+)\)", r"raised(\1::double, \2::double)", UNDEFINED),
    (r"log\((\S+), (\S+)\)", r"logarithm(\1::double, \2::double)", UNDEFINED),
    (r"trunc\(([ik]), k\)", r"trunc(\1, k::int)", "digits are any whole number"),
    (r"trunc\(d(.*)\)", r"trunc(d\1)::decimal(12, 3)", "a decimal that is cut keeps the column's precision and scale"),
    (r"factorial\((\S+)\)", r"(case when \1 not between 0 and 20 then error('') else factorial(\1::int)::bigint end)",
     "whole numbers have 64 bits, where DuckDB's factorial has 128"),
    (r"bit_and\((\S+), (\S+)\)", r"\1::bigint & \2", "operators of DuckDB's are functions"),
    (r"bit_or\((\S+), (\S+)\)", r"\1::bigint | \2", "operators of DuckDB's are functions"),
    (r"bit_xor\((\S+), (\S+)\)", r"xor(\1::bigint, \2)", "one name a function"),
    (r"bit_not\((\S+)\)", r"~\1", "operators of DuckDB's are functions"),
    (r"shift_left\((\S+), (\S+)\)", r"(\1::hugeint * (1::hugeint << small(\2, \1)::hugeint))::bigint", SHIFT),
    (r"shift_right\((\S+), (\S+)\)", r"\1 >> small(\2, \1)", SHIFT),
    (r"is_nan\((\S+)\)", r"isnan(\1::double)", "one name a function"),
    (r"is_finite\((\S+)\)", r"isfinite(\1::double)", "one name a function"),
    (r"is_infinite\((\S+)\)", r"isinf(\1::double)", "one name a function"),
    (r"width_bucket\(f, 10, -4, 7\)",
     r"(case when isnan(f) then error('') when f > 10 then 0 when f <= -4 then 8 else floor((10 - f) / 14 * 7)::int + 1 end)",
     "DuckDB has no such function"),
    (r"width_bucket\(f, 0, 3, k\)",
     r"(case when f is null or k is null then null when k <= 0 or isnan(f) then error('') when f < 0 then 0 when f >= 3 then k + 1 else "
     r"floor(f / 3 * k)::int + 1 end)", "DuckDB has no such function"),
    # (pattern of the whole expression, what DuckDB is asked, why)
    (r"(\S+) / (\S+)", r"over((\1)::double, (\2)::double)", ZERO + "; `/` gives a float"),
    (r"(\S+) // (\S+)", r"quotient(\1, \2)", ZERO),
    (r"(\S+) % (\S+)", r"remainder(\1, \2)", ZERO),
    (r"mod\((\S+), (\S+)\)", r"remainder(\1, \2)", ZERO),
    (r"k = 0 or i // k > 1", r"case when k = 0 then true else quotient(i, k) > 1 end", ZERO + "; " + LAZY),
    (r"i // k > 1 or k = 0", r"case when k = 0 then true else quotient(i, k) > 1 end", ZERO + "; " + LAZY),
    (r"k <> 0 and i // k > 1", r"case when k = 0 then false else quotient(i, k) > 1 end", ZERO + "; " + LAZY),
    (r"d \* d", r"d::decimal(19, 3) * d", "DuckDB multiplies decimals below 19 digits in 64 bits"),
    (r"(floor|ceil)\(d\)", r"\1(d)::decimal(12, 3)", SCALE),
    (r"round\(d(.*)\)", r"round(d\1)::decimal(12, 3)", SCALE),
    (r"cast\(s as bigint\)", r"cast(whole(s) as bigint)", BLANK + "; digits after the point do not fit an integer"),
    (r"try_cast\(s as bigint\)", r"try_cast(case when not contains(s, '.') then s end as bigint)",
     "digits after the point do not fit an integer"),
    (r"(try_)?cast\(s as (.*)\)", r"\1cast(nullif(trim(s), '') as \2)", BLANK),
    (r"(try_)?cast\(f as (int.*)\)", r"\1cast(round(f) as \2)", HALF),
    (r"(ts?) ([+-]) interval '(.* minutes)'", r"within(\1 \2 interval '\3')", RANGE),
    (r"ts ([+-]) interval '(.*)'", r"within(ts \1 interval '\2')", RANGE),
    (r"t ([+-]) interval '(.*)'", r"within(t \1 interval '\2')::date", RANGE + "; a date moved by days stays a date"),
    (r"make_(date|timestamp)\((.*)\)", r"within(make_\1(\2))", RANGE),
    (r"epoch\((.*)\)", r"floor(epoch(\1))::bigint", "whole seconds, where DuckDB gives a float"),
    (r"age\(('\w+'), (.*)\)", r"date_sub(\1, \2)", WORD),
    (r"age\((t|ts), (.*)\)", r"date_sub('year', \1, \2)", "whole years: there is no interval type"),
    (r"date_add\(t, k, '(\w+)'\)", r"within(t + to_\1s(k::int))::date", WORD + "; " + RANGE),
    (r"date_add\(ts, k, '(\w+)'\)", r"within(ts + to_\1s(k::int))", WORD + "; " + RANGE),
    (r"time_bucket\('(.*)', (.*)\)", r"within(time_bucket(interval '\1', \2))", WORD + "; " + RANGE),
    (r"timezone\('UTC', to_timestamp\((.*)\)\)", r"within(timezone('UTC', to_timestamp(\1)))", RANGE),
    (r"strptime\(s, (.*)\)", r"strptime(nullif(trim(s), ''), [\1])", BLANK + "; formats follow one another"),
    (r"is_blank\((.*)\)", r"trim(\1, chr(9) || chr(10) || ' ') = ''", "DuckDB has no such function"),
    (r"trim\(s\)", r"trim(s, chr(9) || chr(10) || ' ')", "white space is more than the space"),
]


def expressions():
    """(kind, expression) pairs; the kind says how values are compared."""
    numbers = ["i", "k", "d", "f", "1", "0", "2.5", "-3"]
    for op in ["=", "<>", "<", "<=", ">", ">="]:
        for a, b in [("i", "k"), ("i", "d"), ("d", "i"), ("f", "f"), ("f", "i"), ("d", "f"), ("i", "7"), ("d", "2.5"),
                     ("f", "0"), ("s", "u"), ("s", "'a'"), ("u", "s"), ("t", "date '2024-02-29'"), ("t", "ts"),
                     ("ts", "t"), ("b", "c"), ("t", "'1970-01-01'"), ("d", "0.0050"), ("i", "2.5")]:
            yield "bool", f"{a} {op} {b}"
    for a, b in [("i", "k"), ("f", "f"), ("s", "u"), ("b", "c"), ("t", "ts"), ("d", "i"), ("b", "null")]:
        yield "bool", f"{a} is distinct from {b}"
        yield "bool", f"{a} is not distinct from {b}"
    for x in ["i", "d", "f", "s", "t", "ts", "b"]:
        yield "bool", f"{x} is null"
        yield "bool", f"{x} is not null"
    for a, b in itertools.product(["b", "c", "true", "false", "null"], repeat=2):
        if "b" in (a, b) or "c" in (a, b):
            yield "bool", f"{a} and {b}"
            yield "bool", f"{a} or {b}"
    for x in ["b", "not b", "b and c", "i > k", "s = u"]:
        for form in ["is true", "is not true", "is false", "is not false"]:
            yield "bool", f"({x}) {form}"
    for op in ["+", "-", "*", "/", "//", "%"]:
        for a, b in itertools.product(numbers, repeat=2):
            if a[0].isalpha() or b[0].isalpha():
                if op in ("//", "%") and ("." in a + b or "f" in a + b or "d" in a + b):
                    continue
                kind = "float" if op == "/" or "f" in a + b else "decimal" if "d" in a + b or "." in a + b else "int"
                yield kind, f"{a} {op} {b}"
    for x in ["i", "k", "d", "f"]:
        kind = {"d": "decimal", "f": "float"}.get(x, "int")
        for form in ["-{}", "abs({})", "- - {}", "+{}", "greatest({}, 1)", "least({}, 1)", "nullif({}, 0)",
                     "coalesce({}, 5)", "if({} > 0, {}, 0)", "case when {} > 1 then {} end"]:
            yield kind, form.replace("{}", x)
    for x in ["d", "f"]:
        kind = {"d": "decimal", "f": "float"}[x]
        for form in ["floor({})", "ceil({})", "round({})", "round({}, 1)", "round({}, 2)"]:
            yield kind, form.replace("{}", x)
    for x, low, high in [("i", "k", "100"), ("d", "0", "2.5"), ("f", "-1", "1e300"), ("s", "u", "'z'"),
                         ("t", "date '1970-01-01'", "date '2024-02-29'"), ("k", "3", "-1")]:
        yield "bool", f"{x} between {low} and {high}"
        yield "bool", f"{x} not between {low} and {high}"
    for form in ["i in (1, 7, 100)", "i not in (1, 7, 100)", "i in (1, cast(null as int))",
                 "i not in (1, cast(null as int))", "s in ('a', '', 'x')", "s in (u, 'a')", "d in (2.5, 1.5)", "d in (2.5000, 0)", "f in (0, 2.5)", "t in (date '2024-02-29')",
                 "b in (true)", "b in (true, cast(null as bool))", "i in (k, k + 1)", "f in (f)",
                 "s not in (u, cast(null as string))",
                 "t in ('1970-01-01', '2000-02-29')", "k in (2.0, 3)"]:
        yield "bool", form
    for form in ["s like 'a%'", "s like '%'", "s like '_'", "s like '%b%'", "s like 'x!%%' escape '!'", "s like ''",
                 "s like '%_z'", "s ilike 'A%'", "s ilike 'é%'", "s not like '%a%'", "s like '__'", "s like '日%'",
                 "s like '%b-c'", "s like 'a_b'", "s ilike 'axB'", "starts_with(s, u)", "ends_with(s, u)",
                 "contains(s, u)", "starts_with(s, 'a')", "ends_with(s, 'b')", "contains(s, '-')", "is_blank(s)",
                 "regexp_matches(s, '[0-9]+')", "regexp_matches(s, '^a')", "regexp_matches(s, '^\\w+$')",
                 "regexp_matches(s, '(?i)étude|AXB')", "regexp_matches(s, '')"]:
        yield "bool", form
    for form in ["s || u", "u || s || u", "concat(s, u)", "concat_ws('-', s, u)", "concat_ws(u, s, 'x', s)", "lower(s)",
                 "upper(s)", "trim(s)", "trim(s, 'a ')", "replace(s, 'a', 'b')", "replace(s, '-', '')",
                 "replace(s, 'ab', 'abab')", "replace(s, '', 'x')", "substring(s, 1)", "substring(s, 2)", "substring(s, 2, 2)",
                 "substring(s, 1, 0)", "substring(s, -2)", "substring(s, -2, 1)", "substring(s, k)",
                 "substring(s, 2, 9000)", "substring(s, 0)", "substring(s, 0, 2)", "substring(s, -9, 3)", "substring(s, -500)",
                 "substring(s, 1, k)", "split_part(s, '-', 1)",
                 "split_part(s, '-', 2)", "split_part(s, '-', -1)", "split_part(s, '-', 9)", "split_part(s, 'b', 3)",
                 "regexp_extract(s, '[a-z]+')", "regexp_extract(s, '([a-z])-([a-z])', 2)",
                 "regexp_extract(s, '(z)?a', 1)", "coalesce(s, u, 'none')", "coalesce(u, s)", "nullif(s, '')",
                 "nullif(s, u)", "greatest(s, u)", "least(s, u, 'b')", "if(b, s, u)",
                 "case when b then s when c then u else 'z' end", "case s when 'a' then 'one' when u then 'two' end",
                 "case k when 2 then 'two' when 3 then 'three' else 'more' end", "i || ''", "b || ''", "t || ''",
                 "d || '!'", "k || s", "cast(i as string)", "cast(d as string)", "cast(b as string)", "cast(t as string)",
                 "k::string || u"]:
        yield "text", form
    yield "text", "regexp_replace(s, '[aeiou]', '_')"
    yield "text", "regexp_replace(s, '([a-z])-', '\\1+')"
    yield "int", "length(s)"
    yield "int", "length(s || u)"
    for a, b in [("i", "k"), ("k", "i"), ("k", "3"), ("i", "-7")]:
        yield "int", f"mod({a}, {b})"
    for x in ["t", "ts"]:
        for part in ["year", "month", "day", "isodow"]:
            yield "int", f"{part}({x})"
        for part in ["year", "quarter", "month", "week", "day", "hour", "minute", "second"]:
            if x == "ts" or part in ("year", "quarter", "month", "week", "day"):
                yield "date" if x == "t" else "timestamp", f"date_trunc('{part}', {x})"
        for part in ["year", "quarter", "month", "week", "day", "hour", "minute", "second"]:
            yield "int", f"date_diff('{part}', {x}, timestamp '2024-03-01 00:00:00')"
        for amount in ["1 day", "1 month", "1 year", "13 months", "90 minutes", "1 year 2 months"]:
            kind = "date" if x == "t" and "minute" not in amount else "timestamp"
            yield kind, f"{x} + interval '{amount}'"
            yield kind, f"{x} - interval '{amount}'"
        for shown in ["%Y-%m-%d", "%d/%m/%y", "%j", "%A %B", "%a %b %-d", "%H:%M:%S"]:
            yield "text", f"strftime({x}, '{shown}')"
        for part in ["quarter", "week", "isoyear", "dayofyear", "epoch"]:
            yield "int", f"{part}({x})"
        for part in ["year", "dow", "isodow", "doy", "week", "quarter", "second", "millisecond", "microsecond"]:
            if part != "doy" and (x == "ts" or "second" not in part):
                yield "int", f"extract({part} from {x})"
        yield "text", f"dayname({x})"
        yield "text", f"monthname({x})"
        yield "date", f"last_day({x})"
        for other in ["date '2024-02-29'", "date '1900-03-01'"] if x == "t" else ["timestamp '2024-02-29 12:00:00'"]:
            for unit in ["year", "quarter", "month", "week", "day", "hour", "minute", "second"]:
                yield "int", f"age('{unit}', {x}, {other})"
            yield "int", f"age({x}, {other})"
        for unit in ["year", "month", "week", "day"] + (["hour", "minute", "second"] if x == "ts" else []):
            yield "date" if x == "t" else "timestamp", f"date_add({x}, k, '{unit}')"
        for length in ["1 day", "5 days", "2 weeks", "1 month", "1 quarter", "7 months", "1 year"]:
            yield "date" if x == "t" else "timestamp", f"time_bucket('{length}', {x})"
    for length in ["15 minutes", "90 minutes", "7 hours", "1 second"]:
        yield "timestamp", f"time_bucket('{length}', ts)"
    for part in ["second", "millisecond", "microsecond"]:
        yield "int", f"{part}(ts)"
    for form in ["make_date(2024, k, 29)", "make_date(i, 2, 3)", "make_date(2023, 2, i)", "make_date(k, k, k)"]:
        yield "date", form
    for form in ["make_time(k, 2, 3)", "make_time(1, i, 3)", "make_time(k, 59, 30.5)"]:
        yield "time", form
    for form in ["make_timestamp(2024, k, 3, 4, 5, 6)", "make_timestamp(2024, 2, 29, k, 59, 59.25)",
                 "make_timestamp(k, 1, 1, 0, 0, i)", "timezone('UTC', to_timestamp(k))",
                 "timezone('UTC', to_timestamp(1725148800.25))", "strptime(s, '%d/%m/%Y', '%Y-%m-%d')"]:
        yield "timestamp", form
    yield "int", "hour(ts)"
    yield "int", "minute(ts)"
    yield "int", "t - date '2024-01-01'"
    for x, targets in {"s": ["bigint", "float64", "decimal(6, 2)", "date", "bool"],
                       "i": ["int8", "int16", "int32", "float64", "decimal(6, 2)", "decimal(38, 0)", "bool"],
                       "d": ["int64", "int16", "decimal(12, 1)", "decimal(5, 3)", "decimal(38, 10)", "float64"],
                       "f": ["int64", "int32", "decimal(12, 3)", "decimal(38, 0)", "bool"],
                       "b": ["int64", "int8"],
                       "t": ["timestamp"], "ts": ["date", "time"]}.items():
        for target in targets:
            kind = ("float" if target.startswith("float") else "decimal" if target.startswith("decimal") else
                    "int" if "int" in target else target)
            yield kind, f"cast({x} as {target})"
            yield kind, f"try_cast({x} as {target})"
    for form in ["if(k <> 0, i // k, 0)", "case when k = 0 then 0 else i % k end", "coalesce(k, i + i)",
                 "if(b, i + 1, k - 1)"]:
        yield "int", form
    for form in ["k = 0 or i // k > 1", "i // k > 1 or k = 0", "k <> 0 and i // k > 1", "b and not c or c and not b", "not (b = c)",
                 "(i > 0) = (k > 0)", "b is not null and (b or c)"]:
        yield "bool", form


def mathematics():
    """What is compared to within some units in the last place has the kind `near`: libraries differ there."""
    for x in ["f", "d", "i", "k"]:
        for name in ["ln", "log2", "log", "cbrt", "exp", "sin", "cos", "tan", "cot", "asin", "acos", "atan", "sinh", "cosh",
                     "tanh", "asinh", "acosh", "atanh", "degrees", "radians"]:
            # An angle of nearly 2¹⁰²⁴ radians is not DuckDB's strength.
            if not (x == "f" and name == "cot"):
                yield "near", f"{name}({x})"
        for form in ["sqrt({})", "even({})"]:
            yield "float", form.replace("{}", x)
        for form in ["is_nan({})", "is_finite({})", "is_infinite({})"]:
            yield "bool", form.replace("{}", x)
        yield "int", f"sign({x})"
        kind = {"d": "decimal", "f": "float"}.get(x, "int")
        for digits in ["", ", 0", ", 1", ", 2", ", -1", ", -2", ", 30", ", -30", ", k"]:
            if not (x == "f" and digits in (", 30", ", -30") or x in "df" and digits == ", k"
                    or x == "d" and digits in (", 30", ", -30")):
                yield kind, f"trunc({x}{digits})"
    yield "near", "pi()"
    for a, b in [("f", "f"), ("f", "k"), ("d", "k"), ("k", "k"), ("2", "k"), ("f", "0.5"), ("i", "0"), ("k", "f")]:
        yield "near", f"power({a}, {b})"
        yield "near", f"atan2({a}, {b})"
    for a, b in [("2", "i"), ("10", "d"), ("k", "i"), ("f", "d"), ("f", "2"), ("3", "f")]:
        yield "near", f"log({a}, {b})"
    for a, b in [("i", "k"), ("k", "i"), ("i", "42"), ("k", "0"), ("i", "6")]:
        for name in ["gcd", "lcm", "bit_and", "bit_or", "bit_xor"]:
            yield "int", f"{name}({a}, {b})"
    for a, b in [("i", "k"), ("k", "62"), ("i", "1"), ("k", "63"), ("1", "k"), ("i", "0")]:
        yield "int", f"shift_left({a}, {b})"
        yield "int", f"shift_right({a}, {b})"
    for x in ["i", "k"]:
        for name in ["factorial", "bit_not", "bit_count"]:
            yield "int", f"{name}({x})"
    yield "int", "width_bucket(f, 10, -4, 7)"
    yield "int", "width_bucket(f, 0, 3, k)"


def texts():
    for form in ["left(s, 2)", "left(s, 0)", "left(s, -1)", "left(s, k)", "left(s, 500)", "left(s, -500)",
                 "right(s, 2)", "right(s, 0)", "right(s, -1)", "right(s, k)", "right(s, 500)", "right(s, -500)",
                 "ltrim(s)", "rtrim(s)", "ltrim(s, 'a ')", "rtrim(s, 'ba')", "ltrim(s, u)", "rtrim(s, u)", "rtrim(s, '語é')",
                 "lpad(s, 3)", "rpad(s, 3)", "lpad(s, 8, u)", "rpad(s, 8, u)", "lpad(s, k, 'é-')", "rpad(s, k, '日本')",
                 "lpad(s, 0, '')", "rpad(u, 7, s)", "lpad(s, k)", "repeat(s, 2)", "repeat(s, k)", "repeat(u, 3)",
                 "reverse(s)", "reverse(u)", "reverse(s || u)", "translate(s, 'aé-b', 'xy')", "translate(s, u, 'z')",
                 "translate(s, 'abab', '123')", "translate(s, '', 'x')", "translate(s, '日É', '月')", "strip_accents(s)",
                 "strip_accents(s || 'ẹ́ñÅ')", "normalize(s)", "normalize(s || 'e\u0301')", "remove_symbols(s)",
                 "remove_whitespace(s)", "chr(k + 3)", "chr(1000 * (k + 3))", "regexp_split_part(s, '[-b]', 1)",
                 "regexp_split_part(s, '[-b]', 2)", "regexp_split_part(s, '\\s', 2)", "regexp_split_part(s, 'a.?', 3)"]:
        yield "text", form
    for form in ["position(u in s)", "position('a' in s)", "position('' in s)", "position('語' in s)", "position(s in u)",
                 "last_position(u in s)", "last_position('a' in s)", "last_position('' in s)", "last_position('b' in s)",
                 "last_position('abababababababababab' in s)", "octet_length(s)", "unicode(s)",
                 "regexp_count(s, '[a-z]')", "regexp_count(s, 'b+')", "regexp_count(s, '[0-9]+')",
                 "regexp_position(s, '[0-9]')", "regexp_position(s, 'b')", "regexp_position(s, '-.')"]:
        yield "int", form
    for form in ["regexp_full_match(s, '[a-z]+')", "regexp_full_match(s, '')", "regexp_full_match(s, '.*')",
                 "regexp_full_match(s, 'a|ab.*')"]:
        yield "bool", form
    # DuckDB compares bytes, so that these are ASCII.
    pairs = [("i || ''", "k || ''"), ("i || ''", "t || ''"), ("k || '--'", "t || ''"), ("i || 'ab'", "k || 'ba'")]
    for a, b in pairs:
        yield "int", f"levenshtein({a}, {b})"
        yield "int", f"damerau_levenshtein({a}, {b})"
        yield "near", f"jaro_similarity({a}, {b})"
        yield "near", f"jaro_winkler_similarity({a}, {b})"
        yield "int", f"hamming({a}, {b})"


def asked(expression):
    """The expression in DuckDB's words."""
    for pattern, sql, _ in DIFFERENCES:
        match = re.fullmatch(pattern, expression)
        if match:
            expression = match.expand(sql)
            break
    sql = re.sub(r"\bfloat64\b", "double", expression)
    sql = re.sub(r"\b(int8|int16|int32|int64)\b", lambda m: {"int8": "tinyint", "int16": "smallint",
                 "int32": "integer", "int64": "bigint"}[m[1]], sql)
    sql = re.sub(r"regexp_replace\((.*)\)$", r"regexp_replace(\1, 'g')", sql)
    return sql


def shown(kind, value):
    """A value of DuckDB's, fetched as text, in brew's writing."""
    if value is None:
        return "\\N"
    if kind in ("float", "near"):
        return repr(float(value))
    if kind == "decimal":
        return (value.rstrip("0").rstrip(".") if "." in value else value) or "0"
    if kind in ("timestamp", "time") and "." in value:
        whole, part = value.split(".")
        return f"{whole}.{part:0<6}"
    return escaped(value)


def escaped(text):
    if text is None:
        return "\\N"
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def main():
    base = duckdb.connect()
    base.execute("set threads = 1")
    base.execute(MACROS)
    names = list(COLUMNS)
    print("\t".join(["columns"] + names))
    for row in range(ROWS):
        cells = [VALUES[name][row % len(VALUES[name])] for name in names]
        print("\t".join(["row"] + [escaped(cell) for cell in cells]))
        columns = ", ".join(f"{name} {COLUMNS[name]}" for name in names)
        base.execute(f"create table r{row} ({columns})")
        base.execute(f"insert into r{row} values ({', '.join('?' * len(names))})", cells)
    seen = set()
    for kind, expression in itertools.chain(expressions(), mathematics(), texts()):
        if expression in seen:
            continue
        seen.add(expression)
        sql = asked(expression)
        values = []
        for row in range(ROWS):
            target = {"timestamp": "timestamp", "date": "date", "float": "double", "near": "double"}.get(kind)
            value = f"({sql})::{target}" if target else f"({sql})"
            try:
                found = base.execute(f"select ({value})::varchar from r{row}").fetchone()[0]
                values.append(shown(kind, found))
            except (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException):
                values.append("\\E")
        print("\t".join(["is", escaped(expression), kind] + values))


main()
