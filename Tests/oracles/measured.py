#!/usr/bin/env python3
"""Runs a program within limits of the system, and says how it ended and what it took.

    measured.py [--data BYTES] [--file BYTES] -- PROGRAM ARGUMENT...

--data: the memory that it may have of its own (RLIMIT_DATA); --file: how long a file may become (RLIMIT_FSIZE). On standard
output a line of JSON: the status or signal it ended by, its peak of resident memory in bytes by wait4, seconds of processor
time, and its standard error. The peak is that of this program at least, some 10 MB.
"""

import json
import os
import resource
import subprocess
import sys


def limited(limits):
    for limit, bytes_ in limits:
        resource.setrlimit(limit, (bytes_, bytes_))


def main():
    words = sys.argv[1:]
    limits = []
    while words[0] != "--":
        limits.append(({"--data": resource.RLIMIT_DATA, "--file": resource.RLIMIT_FSIZE}[words[0]], int(words[1])))
        words = words[2:]
    child = subprocess.Popen(
        words[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=lambda: limited(limits))
    error = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({
        "status": code if code >= 0 else None, "signal": -code if code < 0 else None,
        "peak": usage.ru_maxrss * 1024, "seconds": usage.ru_utime + usage.ru_stime, "error": error}))


main()
