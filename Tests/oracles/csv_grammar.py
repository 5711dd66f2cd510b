#!/usr/bin/env python3
"""Reads delimited text by the same grammar as the engine, byte by byte and with nothing shared: its second opinion.

    csv_grammar.py CONTAINER

CONTAINER holds cases one after the other: a line `LENGTH MAX_RECORD HEADER DELIMITER QUOTE ESCAPE` (the last three as
decimal bytes, -1 for none; HEADER 0 or 1) and then LENGTH bytes. For each case one line `case N`, then one JSON line a
record in the order of the file: {"kind": "header"|"row"|"malformed", "offset", "length" (line end left out), "record"
(0 for a header), "line", "fields" (hex) or "code"}; at the end {"kind": "end", "record_bytes", "blank_bytes"}.
"""

import json
import sys

LF, CR = 10, 13


class Violation(Exception):
    pass


def record_at(data, start, limit, delimiter, quote, escape):
    """The fields, content end and next start of the record at `start`; Violation(code) if there is none."""
    fields, field, i = [], bytearray(), start

    def peek(at):
        if at >= len(data):
            return None
        if at - start >= limit:
            raise Violation("too_long")
        return data[at]

    while True:  # one field a turn
        field = bytearray()
        if quote is not None and peek(i) == quote:
            i += 1
            while True:
                c = peek(i)
                if c is None:
                    raise Violation("unclosed_quote")
                if escape is not None and c == escape:
                    following = peek(i + 1)
                    if following is None:
                        raise Violation("unclosed_quote")
                    field.append(following)
                    i += 2
                elif c == quote:
                    if peek(i + 1) == quote:
                        field.append(quote)
                        i += 2
                    else:
                        i += 1
                        break
                else:
                    field.append(c)
                    i += 1
            c = peek(i)
            if c == CR and delimiter != CR:
                if peek(i + 1) != LF:
                    raise Violation("stray_quote")
                fields.append(bytes(field))
                return fields, i, i + 2
            if c is not None and c not in (delimiter, LF):
                raise Violation("stray_quote")
        else:
            while True:
                c = peek(i)
                if c is None or c == delimiter or c == LF:
                    break
                if quote is not None and c == quote:
                    raise Violation("stray_quote")
                field.append(c)
                i += 1
        if c == delimiter and c is not None:
            fields.append(bytes(field))
            i += 1
            continue
        end = i
        if c == LF and field[-1:] == b"\r" and data[i - 1] == CR:
            field.pop()
            end -= 1
        fields.append(bytes(field))
        return fields, end, i + 1 if c == LF else i


def fault(raw):
    """The code of the first byte that is NUL or no UTF-8."""
    try:
        raw.decode("utf-8")
        bad = len(raw)
    except UnicodeDecodeError as error:
        bad = error.start
    nul = raw.find(0)
    if nul >= 0 and nul < bad:
        return "nul_byte"
    return "invalid_utf8" if bad < len(raw) else None


def read(data, limit, header, delimiter, quote, escape):
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    line, number, width = 1, 0 if header else 1, None
    record_bytes = blank_bytes = 0
    while start < len(data):
        code, fields = None, []
        try:
            fields, end, following = record_at(data, start, limit, delimiter, quote, escape)
            if end > start:
                width = len(fields) if width is None else width
                code = "ragged" if len(fields) != width else fault(data[start:end])
        except Violation as violation:
            code = violation.args[0]
            feed = data.find(b"\n", start)
            end = following = len(data)
            if feed >= 0:
                end, following = feed, feed + 1
                if feed > start and data[feed - 1] == CR:
                    end -= 1
        if end == start and code is None:
            blank_bytes += following - start
        else:
            kind = "malformed" if code else "header" if header and number == 0 else "row"
            entry = {"kind": kind, "offset": start, "length": end - start, "record": number, "line": line}
            entry.update({"code": code} if code else {"fields": [f.hex() for f in fields]})
            yield entry
            if code and header and number == 0:
                return
            number += 1
            record_bytes += following - start
        line += data.count(b"\n", start, following)
        start = following
    yield {"kind": "end", "record_bytes": record_bytes, "blank_bytes": blank_bytes}


def main(path):
    with open(path, "rb") as file:
        number = 0
        while head := file.readline():
            length, limit, header, delimiter, quote, escape = map(int, head.split())
            data = file.read(length)
            print("case", number)
            optional = [None if b < 0 else b for b in (quote, escape)]
            for entry in read(data, limit, header == 1, delimiter, *optional):
                print(json.dumps(entry))
            number += 1


if __name__ == "__main__":
    main(sys.argv[1])
