#!/usr/bin/env python3
"""Writes Tests/oracles/functions.txt: what Python's standard library and jellyfish say of functions that DuckDB has not, or
has for ASCII only.

    python3 -P Tests/oracles/functions.py > Tests/oracles/functions.txt

Needs the package jellyfish (1.3) and Python 3.11, whose tables of Unicode are those of version 14. A line `is` holds an
expression of brew's over columns a, b, …, its kind of value and the columns' types; the lines after it hold the
columns' texts and the value. \\N is null, \\E a failure.
"""
import base64
import hashlib
import hmac
import ipaddress
import json
import math
import random
import statistics
import unicodedata
import urllib.parse
from fractions import Fraction

import jellyfish

rng = random.Random(20241224)


def escaped(value):
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def table(expression, kind, types, rows):
    """`rows` are tuples of the columns' values and the expression's; FAILS for a failure."""
    print("\t".join(["is", escaped(expression), kind, *types]))
    for row in rows:
        print("\t".join("\\E" if value is FAILS else escaped(value) for value in row))


FAILS = object()
PIECES = ["a", "b", "B", "x", "-", " ", ".", "%", "é", "É", "e\u0301", "ß", "ñ", "ж", "美", "😀", "𝒳", "Å", "q\u0307\u0323",
          "ﬁ", "①", "각", "\u1100\u1161\u11a8", "\u0344", "ẹ\u0301", "½", "Ω", "\u212b", "कि", "ﷺ", "\u0f73", "\U0001d15e"]
NAMES = """Robert Rupert Rubin Ashcraft Ashcroft Tymczak Pfister Honeyman Jackson Washington Lee Gutierrez VanDeusen Euler Gauss
Hilbert Knuth Lloyd Lukasiewicz Ellery Ghosh Heilbronn Kant Ladd Lissajous Wheaton Burroughs Burrows OHara Schmidt Schmitt a
Ab Ah Wb Bwf""".split()


def word(most):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(most + 1)))


def words(count, most):
    return [word(most) for _ in range(count)] + ["", "a", "é"]


def pairs(count):
    """Pairs of texts of which most are alike."""
    letters = "abcdeéж美😀"
    for _ in range(count):
        text = [rng.choice(letters) for _ in range(rng.randrange(13))]
        other = list(text)
        for _ in range(rng.randrange(5)):
            place = rng.randrange(len(other) + 1)
            change = rng.randrange(4)
            if change == 0:
                other.insert(place, rng.choice(letters))
            elif place < len(other):
                if change == 1:
                    del other[place]
                elif change == 2:
                    other[place] = rng.choice(letters)
                elif place > 0:
                    other[place - 1], other[place] = other[place], other[place - 1]
        yield "".join(text), "".join(other)


def without_marks(text):
    kept = [c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) not in ("Mn", "Mc", "Me")]
    return unicodedata.normalize("NFC", "".join(kept))


def hamming(a, b):
    return sum(x != y for x, y in zip(a, b)) if len(a) == len(b) else FAILS


def shapes():
    texts = words(120, 8)
    # Any scalars that have a decomposition or a combining class, in any order.
    odd = [chr(v) for v in range(0x110000) if not 0xD800 <= v < 0xE000
           and (unicodedata.decomposition(chr(v)) or unicodedata.combining(chr(v)))]
    texts += ["".join(rng.choice(odd) for _ in range(rng.randrange(1, 6))) for _ in range(250)]
    texts += ["a" + "".join(rng.choice(["\u0301", "\u0323", "\u0327", "\u0345"]) for _ in range(50))]
    for form in ["NFC", "NFD", "NFKC", "NFKD"]:
        table(f"normalize(a, '{form}')", "text", ["string"], [(t, unicodedata.normalize(form, t)) for t in texts])
    table("strip_accents(a)", "text", ["string"], [(t, without_marks(t)) for t in texts])
    table("soundex(a)", "text", ["string"], [(n, jellyfish.soundex(n)) for n in NAMES] + [("O'Hara", "O600"), ("", ""),
          ("Éric", "E620"), ("123", "")])
    table("initcap(a)", "text", ["string"], [
        ("hello WORLD", "Hello World"), ("jean-luc o'NEIL", "Jean-Luc O'neil"), ("don’t", "Don’t"), ("'quoted'", "'Quoted'"),
        ("", ""), ("ǆungla", "ǅungla"), ("ÉTUDE éTUDE", "Étude Étude"), ("ß", "Ss"), ("2nd place", "2nd Place"),
        ("a1b2 x", "A1b2 X"), ("İSTANBUL", "İstanbul"), ("ЖУК жук", "Жук Жук"), ("e\u0301tude", "E\u0301tude"),
        ("rock'n'roll ''tis", "Rock'n'roll ''Tis"), ("x'", "X'"), ("ÀÉ_àé", "Àé_Àé"), ("Done", "Done")])


def likeness():
    some = list(pairs(300)) + [("", ""), ("a", ""), ("", "b"), ("ca", "abc"), ("abc", "ca"), ("MARTHA", "MARHTA")]
    table("levenshtein(a, b)", "int", ["string"] * 2, [(a, b, jellyfish.levenshtein_distance(a, b)) for a, b in some])
    table("damerau_levenshtein(a, b)", "int", ["string"] * 2,
          [(a, b, jellyfish.damerau_levenshtein_distance(a, b)) for a, b in some])
    table("hamming(a, b)", "int", ["string"] * 2, [(a, b, hamming(a, b)) for a, b in some])
    # Two empty texts are equal, whatever jellyfish says.
    table("jaro_similarity(a, b)", "near", ["string"] * 2,
          [(a, b, 1.0 if a == b else jellyfish.jaro_similarity(a, b)) for a, b in some])
    table("jaro_winkler_similarity(a, b)", "near", ["string"] * 2,
          [(a, b, 1.0 if a == b else jellyfish.jaro_winkler_similarity(a, b)) for a, b in some])


def decoded(data):
    try:
        return data.decode()
    except UnicodeDecodeError:
        return FAILS


def codings():
    texts = words(60, 6) + ["x" * n for n in range(10)]
    blobs = [t.encode() for t in texts]
    table("base64(a)", "text", ["string"], [(t, base64.b64encode(b).decode()) for t, b in zip(texts, blobs)])
    table("cast(from_base64(a) as string)", "text", ["string"],
          [(base64.b64encode(b).decode(), t) for t, b in zip(texts, blobs)]
          + [(t, FAILS) for t in ["YWI", "YW!j", " YWJj", "=", "====", "YW=j", "Y===", "/w==", "YWJj\n"]] + [("YWJ=", "ab")])
    table("hex(a)", "text", ["string"], [(t, b.hex().upper()) for t, b in zip(texts, blobs)])
    table("cast(unhex(a) as string)", "text", ["string"],
          [(rng.choice([str.upper, str.lower])(b.hex()), t) for t, b in zip(texts, blobs)]
          + [("4", "\x04"), ("a4a", "\nJ"), ("zz", FAILS), ("6 1", FAILS), ("ff", FAILS), ("é", FAILS)])
    numbers = [0, 1, 15, 16, 255, 2**63 - 1, -1, -2**63] + [rng.randrange(-2**63, 2**63) for _ in range(20)]
    table("hex(a)", "text", ["int"], [(n, f"{n % 2**64:X}") for n in numbers])
    table("url_encode(a)", "text", ["string"], [(t, urllib.parse.quote(t, safe="-_.~")) for t in texts + ["a+b/c?d=é&e"]])
    escapes = [urllib.parse.quote(t, safe="") for t in texts] + ["%zz", "%", "%4", "a%", "%41%zz%", "a+b", "%e7%be%8e"]
    table("url_decode(a)", "text", ["string"], [(t, urllib.parse.unquote(t)) for t in escapes] + [("%ff", FAILS)])
    for name in ["md5", "sha1", "sha256", "sha512"]:
        table(f"{name}(a)", "text", ["string"], [(t, hashlib.new(name, b).hexdigest()) for t, b in zip(texts, blobs)])
        keys = [word(3) for _ in texts] + ["k" * 200]
        table(f"hmac(a, b, '{name}')", "text", ["string"] * 2,
              [(t, k, hmac.new(k.encode(), b, name).hexdigest()) for t, b, k in zip(texts, blobs, keys)])
    key = "Jefe"
    table("hmac(a, 'Jefe')", "text", ["string"],
          [(t, hmac.new(key.encode(), b, "sha256").hexdigest()) for t, b in zip(texts, blobs)])


def url_part(url, part):
    # urlsplit takes white space away and does not tell a part that is empty from one that is not there.
    split = urllib.parse.urlsplit(url)
    rest, hash_, fragment = url.partition("#")
    _, mark, query = rest.partition("?")
    user = split.netloc.rpartition("@")
    port = split.netloc.rpartition("]")[2].rpartition(":")[2] if ":" in split.netloc.rpartition("]")[2].rpartition("@")[2] else ""
    has_authority = rest.removeprefix(split.scheme + ":" if split.scheme else "").startswith("//")
    host = split.netloc.rpartition("@")[2]
    host = host[1:host.index("]")] if host.startswith("[") else host.partition(":")[0]
    return {"scheme": url[:len(split.scheme)] or None, "authority": split.netloc if has_authority else None,
            "user": user[0] if user[1] else None, "host": host if has_authority else None, "port": port or None,
            "path": split.path, "query": query if mark else None, "fragment": fragment if hash_ else None}[part]


def query_of(url):
    url = url.partition("#")[0]
    return url.partition("?")[2] if "?" in url else "" if "://" in url else url


def networks():
    urls = ["https://user:pw@Example.org:8080/a/b.html?x=1&y=%C3%A9+z&x=2#top", "http://[2001:db8::1]:80/", "//host/path",
            "mailto:a@example.org", "/just/a/path?q", "example.org/a", "", "https://example.org", "ftp://u@h/", "http://h:/x",
            "https://é.example/ü?ö=ä#ß", "a=1&b=2&a=3", "https://h/?&&a&=b&c=", "x:y?z#w?v", "http://h?a=b/c", "http:///p",
            "https://h/?a=%22%5C%0A&a=b%3Dc", "https://h/p?next=http://other/?a=b"]
    for part in ["scheme", "authority", "user", "host", "port", "path", "query", "fragment"]:
        table(f"url_part(a, '{part}')", "text", ["string"], [(u, url_part(u, part)) for u in urls])
    queries = [(u, urllib.parse.parse_qs(query_of(u), keep_blank_values=True)) for u in urls]
    table("url_parameters(a)", "text", ["string"],
          [(u, json.dumps(q, ensure_ascii=False, separators=(",", ":"))) for u, q in queries] + [("?a=%ff", FAILS)])
    names = ["a", "x", "y", "b", "", "ö", "next"]
    table("url_parameter(a, b)", "text", ["string"] * 2, [(u, n, q.get(n, [None])[0]) for u, q in queries for n in names])
    texts = ["0.0.0.0", "255.255.255.255", "192.168.0.1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.", "a", "",
             " 1.2.3.4", "::", "::1", "1::", "2001:db8::8:800:200c:417a", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1::2::3", ":::",
             "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "12345::", "g::", "1:2:3:4:5:6:7:8:9", "1:",
             ":1", "::1:2:3:4:5:6:7", "1:2:3:4:5:6:7::", "::1.2.3", "fe80::1.2.3.4.5", "FE80::ABCD", "1.2.3.4:80", "::1:"]
    def address(text):
        try:
            return ipaddress.ip_address(text)
        except ValueError:
            return None
    versions = [(t, address(t)) for t in texts]
    table("ip_version(a)", "int", ["string"], [(t, a.version if a else FAILS) for t, a in versions])
    table("ip_to_int(a)", "int", ["string"], [(t, int(a) if a and a.version == 4 else FAILS) for t, a in versions])
    numbers = [0, 1, 2**32 - 1, 2**32, -1, 3232235521] + [rng.randrange(2**32) for _ in range(20)]
    table("int_to_ip(a)", "text", ["int"],
          [(n, str(ipaddress.IPv4Address(n)) if 0 <= n < 2**32 else FAILS) for n in numbers])
    ranges = ["10.0.0.0/8", "192.168.0.0/24", "0.0.0.0/0", "1.2.3.4/32", "1.2.3.4", "2001:db8::/32", "::/0", "::1/128",
              "fe80::/10", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "x/8", "10.1.2.3/8"]
    def lies_in(text, network):
        try:
            return str(ipaddress.ip_address(text) in ipaddress.ip_network(network, strict=False)).lower()
        except ValueError:
            return FAILS
    some = ["10.1.2.3", "192.168.0.77", "1.2.3.4", "::1", "2001:db8:1::", "fe80::1", "febf::1", "fec0::1", "x"]
    # Python takes 08 for 8.
    table("ip_is_in(a, b)", "bool", ["string"] * 2,
          [(t, n, FAILS if n.endswith("/08") else lies_in(t, n)) for t in some for n in ranges])


def present(row):
    return [value for value in row if value is not None]


def rowwise():
    """Figures over four columns: exact by fractions, and rounded once."""
    def floats():
        return [rng.choice([None, None, 0.0, -1.5, 1e16, 1.0, -1e16, 0.1, 3.25, 1e-9, rng.uniform(-100, 100)]) for _ in "abcd"]

    def given(make, figure, least=1):
        rows = [make() for _ in range(120)] + [[None] * 4]
        return [(*row, None if len(present(row)) < least else figure(present(row))) for row in rows]

    def exactly(figure):
        return lambda values: float(figure([Fraction(value) for value in values]))

    arguments = "(a, b, c, d)"
    doubles = ["float"] * 4
    table("row_sum" + arguments, "close", doubles, given(floats, math.fsum))
    table("row_mean" + arguments, "close", doubles, given(floats, exactly(statistics.mean)))
    table("row_median" + arguments, "close", doubles, given(floats, statistics.median))
    table("row_variance" + arguments, "close", doubles, given(floats, exactly(statistics.variance), 2))
    table("row_stddev" + arguments, "close", doubles,
          given(floats, lambda values: math.sqrt(exactly(statistics.variance)(values)), 2))

    def integers():
        return [rng.choice([None, 0, 1, 1, 2, -3, 7, 2**63 - 1, -2**63]) for _ in "abcd"]

    def total(values):
        return sum(values) if -2**63 <= sum(values) < 2**63 else FAILS

    whole = ["int"] * 4
    table("row_sum" + arguments, "int", whole, given(integers, total))
    table("row_mode" + arguments, "int", whole, given(integers, lambda values: min(statistics.multimode(values))))
    table("row_count" + arguments, "int", whole, given(integers, len, 0))
    table("row_count_distinct" + arguments, "int", whole, given(integers, lambda values: len(set(values)), 0))
    for k in [1, 2, 4]:
        table(f"row_kth_largest({k}, a, b, c, d)", "int", whole, given(integers, lambda values: sorted(values)[-k], k))

    def kth_distinct(values):
        values = sorted(set(values))
        return values[-2] if len(values) > 1 else None
    table("row_kth_largest_distinct(2, a, b, c, d)", "int", whole, given(integers, kth_distinct))
    table("row_kth_largest(0, a, b, c, d)", "int", whole, [(1, 2, 3, 4, FAILS)])
    decimals = ["decimal(12, 3)"] * 4
    scaled = lambda: [rng.choice([None, "0.000", "1.500", "-2.250", "999999999.999", "1.500"]) for _ in "abcd"]
    table("row_sum" + arguments, "decimal", decimals, given(scaled, lambda values: plain(sum(map(Fraction, values)))))
    texts = lambda: [rng.choice([None, "", " ", "a", "b", "é", "é"]) for _ in "abcd"]
    table("row_mode" + arguments, "text", ["string"] * 4,
          given(texts, lambda values: min(statistics.multimode(values), key=str.encode)))
    table("row_count_distinct" + arguments, "int", ["string"] * 4, given(texts, lambda values: len(set(values)), 0))
    table("row_any" + arguments, "text", ["string"] * 4,
          given(texts, lambda values: next((value for value in values if value.strip()), None)))
    table("row_kth_largest(1, a, b)", "date", ["date"] * 2, [("2024-02-29", "2023-12-31", "2024-02-29"),
                                                             (None, "2023-12-31", "2023-12-31")])


def plain(number):
    """A fraction of thousandths as a decimal without zeros at its end."""
    digits = f"{abs(int(number * 1000)):04d}"
    text = ("-" if number < 0 else "") + digits[:-3] + "." + digits[-3:]
    return text.rstrip("0").rstrip(".")


def formats():
    numbers = [0, 1, -1, 7, 42, -999, 1000, 1234567, -1234567, 2**63 - 1, -2**63]
    floats = [0.0, 1.5, -2.5, 0.125, 2.675, 1e-7, 123456789.125, -0.5, 1e22, 1.7976931348623157e308, 5e-324, 99.995]
    special = [float("inf"), float("-inf"), float("nan")]
    texts = ["", "a", "é", "日本語", "e\u0301😀", "abcdefghij"]
    # A negative number in hexadecimal digits is its 64 bits, as in C.
    for spec in ["%d", "%5d", "%-8d|", "%08d", "%+d", "% d", "%i", "%+08d"]:
        table(f"printf('{spec}', a)", "text", ["int"], [(n, spec % n) for n in numbers])
    for spec in ["%x", "%X", "%o", "%16x|"]:
        table(f"printf('{spec}', a)", "text", ["int"], [(n, spec % (n % 2**64)) for n in numbers])
    for spec in ["%f", "%.2f", "%10.1f", "%-12.3f|", "%+.0f", "%012.2f", "%e", "%.3e", "%g", "%.10g", "% .1f", "%.100f"]:
        extra = [] if "%0" in spec else special
        table(f"printf('{spec}', a)", "text", ["float"], [(x, spec % x) for x in floats + extra])
    for spec in ["%s", "%8s|", "%-8s|", "%.2s", "%6.3s|", "50%% %s%%"]:
        table(f"printf('{spec}', a)", "text", ["string"], [(t, spec % t) for t in texts])
    for spec in ["{:,}", "{:d}", "{:>8}", "{:<8}|", "{:^9}|", "{:05d}", "{:*^9d}", "{:+,d}", "{:x}", "{:X}", "{:b}", "{:o}",
                 "{:_}", "{:é>6}", "{:06}", "{:-d}", "{:010,d}"]:
        if spec != "{:010,d}":
            table(f"format('{spec}', a)", "text", ["int"], [(n, spec.format(n)) for n in numbers])
    for spec in ["{:.2f}", "{:,.1f}", "{:>12.3f}", "{:<12.3f}|", "{:^12.1f}|", "{:e}", "{:g}", "{:.3g}", "{:+.1f}", "{:012.2f}",
                 "{}", "{:>10}"]:
        extra = [] if ":0" in spec else special
        rows = [x for x in floats + extra if "," not in spec or x != 1.7976931348623157e308]
        table(f"format('{spec}', a)", "text", ["float"], [(x, spec.format(x)) for x in rows])
    for spec in ["{}", "{:5}|", "{:>5}|", "{:^7}|", "{:.2}", "{:-<6.3}", "{{{}}}"]:
        table(f"format('{spec}', a)", "text", ["string"], [(t, spec.format(t)) for t in texts])
    pairs = list(zip(numbers, floats))
    table("format('{1:.1f} {0} {0:,}', a, b)", "text", ["int", "float"], [(n, x, "{1:.1f} {0} {0:,}".format(n, x)) for n, x in pairs])
    table("printf('%d-%.1f-%s', a, b, a)", "text", ["int", "float"], [(n, x, "%d-%.1f-%s" % (n, x, n)) for n, x in pairs])
    exact = [("1.250", "1.3"), ("-1.250", "-1.3"), ("0.049", "0.0"), ("999999999.999", "1000000000.0"), ("2.300", "2.3")]
    table("printf('%.1f', a)", "text", ["decimal(12, 3)"], exact)
    table("printf('%.2f', a)", "text", ["int"], [(7, "7.00"), (-2**63, "-9223372036854775808.00")])
    table("format('{}', a)", "text", ["decimal(12, 3)"], [("1.250", "1.250")])
    table("format('{} {}', a, b)", "text", ["date", "bool"], [("2024-02-29", "true", "2024-02-29 true"), (None, "true", None)])


shapes()
formats()
rowwise()
likeness()
codings()
networks()
