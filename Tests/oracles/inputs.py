#!/usr/bin/env python3
"""Packs, unpacks and decodes with Python's own modules and the zstd command: a second opinion on inputs and outputs.

    inputs.py pack FOLDER            writes plain text, and the same packed in many ways; `NAME.VERDICTS` has a line for
                                     each number of bytes from the front: what they unpack to in hex, or `truncated`
    inputs.py unpack FILE...         prints what each unpacks to, in hex, a line each
    inputs.py decode ENCODING FILE   prints the text as UTF-8, in hex; what has no character as TranscodingSource says
"""

import gzip
import io
import random
import shutil
import struct
import subprocess
import sys


def zstd(data, *options):
    return subprocess.run(["zstd", "-q", "-c", *options], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def unpack(path):
    if path.endswith(".gz"):
        with gzip.open(path) as file:
            return file.read()
    with open(path, "rb") as file:
        return zstd(file.read(), "-d")


def verdict(data, decode):
    try:
        return "=" + decode(data).hex()
    except (EOFError, gzip.BadGzipFile, subprocess.CalledProcessError):
        return "truncated"


def pack(folder):
    dice = random.Random(1)
    text = "".join(f"{n},{dice.random()},{dice.choice('abc')}\n" for n in range(20_000)).encode()
    small = b"id,name\n1,Ada\n2,Grace\n"
    parts = [text[:100_000], b"", text[100_000:100_001], text[100_001:]]
    files = {"text": text, "small": small, "empty": b""}
    files["one.gz"] = gzip.compress(text, mtime=0)
    files["members.gz"] = b"".join(gzip.compress(part, mtime=0) for part in parts)
    files["padded.gz"] = files["members.gz"] + bytes(70_000)
    files["followed.gz"] = files["one.gz"] + b"\n"
    files["level0.gz"] = gzip.compress(text, 0, mtime=0)
    named = io.BytesIO()
    with gzip.GzipFile("a name.csv", "wb", 9, named, 7) as member:
        member.write(small[:10])
    files["small.gz"] = named.getvalue() + gzip.compress(small[10:], mtime=0)
    files["empty.gz"] = gzip.compress(b"", mtime=0)
    if shutil.which("zstd"):
        skipped = b"\x5a\x2a\x4d\x18" + struct.pack("<I", 5) + b"notes"
        files["one.zst"] = zstd(text)
        files["level19.zst"] = zstd(text, "-19", "--check")
        files["frames.zst"] = skipped + b"".join(zstd(part) for part in parts) + skipped
        files["small.zst"] = zstd(small[:10], "--check") + skipped + zstd(small[10:], "--no-check")
        files["followed.zst"] = files["one.zst"] + b"\n"
        files["empty.zst"] = zstd(b"")
    for name, data in files.items():
        with open(f"{folder}/{name}", "wb") as file:
            file.write(data)
    decoders = {"small.gz": gzip.decompress, "small.zst": lambda data: zstd(data, "-d")}
    for name, decode in decoders.items():
        if name not in files:
            continue
        with open(f"{folder}/{name}.verdicts", "w", encoding="ascii") as file:
            for count in range(1, len(files[name]) + 1):
                print(verdict(files[name][:count], decode), file=file)


def decode(encoding, data):
    if encoding == "utf-16":
        encoding = {b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be"}[data[:2]]
    if encoding.startswith("utf-16"):
        whole = data[: len(data) // 2 * 2]
        text = whole.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
        return text + (b"\xff" if len(data) % 2 else b"")
    out = bytearray()
    for byte in data:
        try:
            out += bytes([byte]).decode("latin-1" if encoding == "latin-1" else "cp1252").encode()
        except UnicodeDecodeError:
            out.append(byte)
    return bytes(out)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "pack":
        pack(arguments[0])
    elif command == "unpack":
        for name in arguments:
            print("=" + unpack(name).hex())
    elif command == "decode":
        with open(arguments[1], "rb") as source:
            print("=" + decode(arguments[0], source.read()).hex())
