#!/usr/bin/env python3
"""Writes Sources/CUnicode/tables.h: combining classes, decompositions and compositions, from Python's `unicodedata`.

    python3 scripts/unicode_tables.py > Sources/CUnicode/tables.h

The version of Unicode is that of the Python it is run with (3.11 has 14.0.0) and stands in the file. Hangul syllables are
left out: they are computed. A table is a list of pages of 128 scalars and the pages, of which equal ones are one.
"""
import unicodedata

LIMIT = 0x110000
PAGE = 128


def is_hangul(value):
    return 0xAC00 <= value < 0xAC00 + 11172


def expanded(value, compatible):
    """The full decomposition of a scalar, in canonical order; empty where it is the scalar itself."""
    if is_hangul(value) or 0xD800 <= value < 0xE000:
        return ()
    parts = tuple(map(ord, unicodedata.normalize("NFKD" if compatible else "NFD", chr(value))))
    return () if parts == (value,) else parts


def rows(name, kind, values, per_line=20):
    print(f"static const {kind} {name}[] = {{")
    for start in range(0, len(values), per_line):
        print("  " + ", ".join(f"{value:#x}" if value > 9 else str(value) for value in values[start:start + per_line]) + ",")
    print("};\n")


def paged(name, kind, values):
    """Prints a table over all scalars."""
    pages, index = {}, []
    for start in range(0, LIMIT, PAGE):
        page = tuple(values[start:start + PAGE])
        index.append(pages.setdefault(page, len(pages)))
    while index and index[-1] == index[-2]:
        index.pop()
    assert len(pages) < 256
    print(f"#define {name}_count {len(index)}\n")
    rows(name + "_index", "uint8_t", index)
    rows(name + "_pages", kind, [value for page in pages for value in page])


def main():
    print(f"/* Written by scripts/unicode_tables.py from Unicode {unicodedata.unidata_version}. */")
    print(f'#include <stdint.h>\n\n#define UNICODE_VERSION "{unicodedata.unidata_version}"\n')
    paged("classes", "uint8_t", [unicodedata.combining(chr(value)) for value in range(LIMIT)])
    # A decomposition's place in the pool, where its length stands before it; place 0 is that of none.
    pool, places = [0], {(): 0}
    for name, compatible in [("canonical", False), ("compatible", True)]:
        found = []
        for value in range(LIMIT):
            parts = expanded(value, compatible)
            if parts not in places:
                places[parts] = len(pool)
                pool += [len(parts), *parts]
            found.append(places[parts])
        paged(name, "uint16_t", found)
    assert len(pool) < 65536
    rows("pool", "uint32_t", pool, 14)
    pairs = []
    for value in range(LIMIT):
        parts = unicodedata.decomposition(chr(value)).split()
        if len(parts) == 2 and parts[0][0] != "<" and unicodedata.normalize("NFC", chr(value)) == chr(value):
            pairs.append((int(parts[0], 16), int(parts[1], 16), value))
    pairs.sort()
    rows("firsts", "uint32_t", [first for first, _, _ in pairs])
    rows("seconds", "uint32_t", [second for _, second, _ in pairs])
    rows("composites", "uint32_t", [composite for _, _, composite in pairs])
    print(f"#define composite_count {len(pairs)}")


main()
