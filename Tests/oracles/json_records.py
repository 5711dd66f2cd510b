#!/usr/bin/env python3
"""Prints a JSON array of objects, one line each: `NAME VALUE,…` in hex, sorted by name."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    for record in json.load(file):
        print(",".join(f"{name.encode().hex()} {str(record[name]).encode().hex()}" for name in sorted(record)))
