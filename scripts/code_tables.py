#!/usr/bin/env python3
"""Writes Sources/Kernels/Standards/CodeLists.swift: the codes of ISO 3166-1, ISO 4217, ISO 639-1 and ISO 639-2.

    pip install pycountry==26.2.16; apt-get install iso-codes
    scripts/code_tables.py > Sources/Kernels/Standards/CodeLists.swift
"""

import json

import pycountry


def iso_639_2():
    """Codes of three letters; the range for local use apart. pycountry has no list of ISO 639-2 alone."""
    with open("/usr/share/iso-codes/json/iso_639-2.json", encoding="utf-8") as file:
        entries = json.load(file)["639-2"]
    codes = {entry[key] for entry in entries for key in ("alpha_3", "bibliographic") if key in entry}
    return {code for code in codes if len(code) == 3}


LISTS = [
    ("countries", "ISO 3166-1 alpha-2.", [c.alpha_2 for c in pycountry.countries]),
    ("countries3", "ISO 3166-1 alpha-3.", [c.alpha_3 for c in pycountry.countries]),
    ("currencies", "ISO 4217, funds and precious metals included.", [c.alpha_3 for c in pycountry.currencies]),
    ("languages", "ISO 639-1.", [l.alpha_2 for l in pycountry.languages if hasattr(l, "alpha_2")]),
    ("languages3", "ISO 639-2, terminological and bibliographic codes.", iso_639_2()),
]

print("// Written by scripts/code_tables.py from pycountry 26.2.16 and, for ISO 639-2, iso-codes 4.15.\n")
print("extension CodeTable {")
for index, (name, summary, codes) in enumerate(LISTS):
    if index:
        print()
    print(f"  /// {summary}")
    print(f'  static let {name} = CodeTable(\n    """')
    line = ""
    lines = []
    for code in sorted(set(codes)):
        if len(line) + len(code) + 1 > 112:
            lines.append(line + " \\")
            line = ""
        line += (" " if line else "") + code
    lines.append(line)
    print("\n".join("    " + line for line in lines))
    print('    """)')
print("}")
