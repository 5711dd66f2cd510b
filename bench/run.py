#!/usr/bin/env python3
"""Measures brew beside its peers: whole processes, in turn within each round, so that ratios are taken inside a round.

    bench/run.py [--rows 1m] [--work DIR] [--rounds 3] [--only W1,W4] [--no-peers] [--no-verify]

Needs the shared benchmark (its generator, peers, limits.c and verify.py) in ../shared/bench beside the repository, and
what `scripts/setup --dev` installs. Generates the data where it is missing: 1.2 GB for 10m. Prints Markdown tables for
bench/README.md. Exits 1 where a command fails or outputs differ, whatever the times say.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared" / "bench"
ROWS = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000, "100m": 100_000_000}
AS_OF = "2025-12-31"
EXPECTED = {  # rows and digests of out.csv and quarantine.csv of W1, from the shared benchmark's README
    "100k": ("97152", "a47d43f558c4898a", "2848", "6652477b3519c69e"),
    "1m": ("971633", "c58d9b669347fea6", "28367", "4d82544ff7304c1c"),
    "10m": ("9714877", "37512d6bb93f99cd", "285123", "ae79d1451e096a08"),
}
# Rows that fail each rule of W3 in their order, as published; the rest of W3 is compared with what the peers found.
W3_FAILING = {
    "100k": (200, 182, 414, 394, 403, 171, 384, 396, 409, 206),
    "1m": (1998, 1903, 4087, 3883, 3974, 1897, 3907, 3885, 3960, 1985),
    "10m": (19975, 19801, 39723, 39296, 39039, 19581, 39558, 39532, 39872, 19670),
}
TARGETS = [  # workload, measured, beside, the most its ratio of wall times may be
    ("apply", "brew W1", "polars W1", 0.45),
    ("apply", "brew W1", "duckdb W1", 0.25),
    ("apply", "brew W1'", "brew W1", 1.25),
    ("unique", "brew W1u", "polars W1u", 0.35),
    ("validate", "brew W3", "polars W3", 0.3),
    ("scan", "brew count", "limits indexread", 2.0),
]
PEAK_MIB = {"brew W1u": 300, "brew W3": 300}  # others 200; the system counts some 14 MiB of the runner itself towards every command it starts
START_MS = 20
WORKLOADS = ("apply", "unique", "validate", "scan", "start")


class Bench:
    """Where things are, and what has failed so far."""

    def __init__(self, arguments):
        self.rows = arguments.rows
        self.threads = str(arguments.threads)
        self.work = pathlib.Path(arguments.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.brew = pathlib.Path(arguments.brew).resolve()
        self.peers = not arguments.no_peers
        self.data = self.work / f"att_{self.rows}.csv"
        self.permuted = self.work / f"att_{self.rows}_permuted.csv"
        self.failures = []

    def out(self, name):
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        return folder

    def apply(self, recipe, source, name):
        out = self.out(name)
        return [self.brew, "apply", REPOSITORY / "bench" / recipe, "--input", source, "--output", out / "out.csv",
                "--quarantine", out / "quarantine.csv", "--as-of", AS_OF, "--threads", self.threads]

    def peer(self, script, *arguments):
        return [sys.executable, SHARED / script, *arguments, "--threads", self.threads]

    def workloads(self):
        """Workload → name → command. The first command is the one that ratios are to."""
        ours, theirs = {}, {}
        if self.brew.exists():
            ours["apply"] = {"brew W1": self.apply("w1.yaml", self.data, "brew-w1"),
                             "brew W1'": self.apply("w1p.yaml", self.permuted, "brew-w1p")}
            ours["unique"] = {"brew W1u": [*self.apply("w1u.yaml", self.data, "brew-w1u"), "--memory", "256M"]}
            ours["validate"] = {"brew W3": [
                self.brew, "validate", self.data, "--rules", REPOSITORY / "bench" / "w3.yaml", "--as-of", AS_OF, "--threads",
                self.threads, "--memory", "256M", "--report", self.out("w3") / "brew.json"]}
            ours["scan"] = {"brew count": [self.brew, "count", self.data]}
            ours["start"] = {"brew version": [self.brew, "version"]}
        else:
            self.failures.append(f"no {self.brew}: run `make build`")
        if self.peers:
            theirs["apply"] = {
                "polars W1": self.peer("polars_w1.py", self.data, self.out("polars-w1"), "--mode", "sinks"),
                "duckdb W1": self.peer("duckdb_w1.py", self.data, self.out("duckdb-w1"), "--mode", "table"),
            }
            theirs["unique"] = {
                "polars W1u": self.peer("polars_w1.py", self.data, self.out("polars-w1u"), "--mode", "sinks", "--unique"),
            }
            theirs["validate"] = {
                "polars W3": self.peer("polars_w3.py", self.data, self.out("w3") / "polars.json"),
                "duckdb W3": self.peer("duckdb_w3.py", self.data, self.out("w3") / "duckdb.json"),
            }
            theirs["scan"] = {
                "limits indexread": [self.limits(), "indexread", self.data],
                "polars count": self.peer("polars_w4.py", self.data, "--mode", "count"),
                "duckdb count": self.peer("duckdb_w4.py", self.data, "--mode", "count"),
            }
        return {name: theirs.get(name, {}) | ours.get(name, {}) for name in WORKLOADS}

    def limits(self):
        program = self.work / "limits"
        source = SHARED / "limits.c"
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            flags = "-O3 -mavx2 -mpclmul -mbmi2 -pthread".split()
            compiler = next(filter(shutil.which, ("gcc", "clang", "cc")), "cc")
            subprocess.run([compiler, *flags, source, "-o", program], check=True)
        return program

    def prepare(self):
        if not self.data.exists():
            say(f"generating {self.data}")
            part = self.data.with_suffix(".part")
            subprocess.run([sys.executable, SHARED / "gen.py", "attendance", str(ROWS[self.rows]), part], check=True)
            part.rename(self.data)
        if not self.permuted.exists():
            say(f"deriving {self.permuted}")
            part = self.permuted.with_suffix(".part")
            subprocess.run([sys.executable, REPOSITORY / "bench" / "w1p.py", "derive", self.data, part], check=True)
            part.rename(self.permuted)


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def once(command):
    """Runs a command to its end: wall and processor seconds, peak MiB, exit status, what it said on standard error."""
    begin = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    child.stderr.close()
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024,
            "status": child.returncode, "said": said.decode(errors="replace")}


def measure(bench, commands, rounds, warm_up):
    results = {name: [] for name in commands}
    for turn in range(warm_up + rounds):
        for name, command in commands.items():
            result = once(command)
            if result["status"] != 0:
                bench.failures.append(f"{name} ended with status {result['status']}: {result['said'].strip()[-400:]}")
                return None
            if turn >= warm_up:
                results[name].append(result)
    return results


def ratio(results, one, other, measure):
    return statistics.median(a[measure] / b[measure] for a, b in zip(results[one], results[other]))


def table(results):
    first = next(iter(results))
    lines = [f"| | wall, s | min–max | processor, s | peak MiB | wall / {first} | processor / {first} |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for name, runs in results.items():
        wall = [run["wall"] for run in runs]
        lines.append(
            f"| {name} | {statistics.median(wall):.3f} | {min(wall):.3f}–{max(wall):.3f} "
            f"| {statistics.median(run['cpu'] for run in runs):.3f} | {max(run['peak'] for run in runs):.0f} "
            f"| {ratio(results, name, first, 'wall'):.2f} | {ratio(results, name, first, 'cpu'):.2f} |")
    return "\n".join(lines)


def targets(all_results):
    lines = ["| target | measured | bound | |", "| --- | ---: | ---: | --- |"]
    for workload, ours, other, bound in TARGETS:
        results = all_results.get(workload) or {}
        if ours in results and other in results:
            measured = ratio(results, ours, other, "wall")
            verdict = "met" if measured <= bound else "**missed**"
            lines.append(f"| wall of {ours} / {other} | {measured:.2f} | {bound} | {verdict} |")
    for results in all_results.values():
        for name, runs in (results or {}).items():
            if name.startswith("brew"):
                peak = max(run["peak"] for run in runs)
                most = PEAK_MIB.get(name, 200)
                verdict = "met" if peak < most else "**missed**"
                lines.append(f"| peak of {name}, MiB | {peak:.0f} | {most} | {verdict} |")
    if start := (all_results.get("start") or {}).get("brew version"):
        milliseconds = 1000 * statistics.median(run["wall"] for run in start)
        verdict = "met" if milliseconds < START_MS else "**missed**"
        lines.append(f"| start of brew version, ms | {milliseconds:.1f} | {START_MS} | {verdict} |")
    return "\n".join(lines)


def verify(bench, results):
    """Compares brew's files with the published digests, and row for row, in order, with what Polars wrote."""
    if not results or "brew W1" not in results:
        return
    beside = [bench.work / "polars-w1"] if "polars W1" in results else []
    check(bench, "W1", [sys.executable, SHARED / "verify.py", bench.work / "brew-w1", *beside], digests=True)
    if beside:
        program = REPOSITORY / "bench" / "w1p.py"
        subprocess.run([sys.executable, program, "apply", bench.permuted, bench.out("polars-w1p")], check=True)
        check(bench, "W1'", [sys.executable, program, "compare", bench.work / "brew-w1p", bench.work / "polars-w1p"])


def verify_w3(bench, results):
    """Compares what brew counted with what is published, and with what Polars and DuckDB counted."""
    if not results or "brew W3" not in results:
        return
    report = json.loads((bench.work / "w3" / "brew.json").read_text())
    rules = {rule["name"]: rule for rule in report["rules"]}
    row_rules = [rule for rule in report["rules"] if rule["observed"] is None]
    ours = figures(report["ledger"]["read"], [rule["failed"] for rule in row_rules], report["ledger"]["quarantined"],
                   {name[len("complete_"):]: rule["evaluated"] - rule["nulls"] for name, rule in rules.items()
                    if name.startswith("complete_")}, int(rules["key_duplicates"]["observed"]))
    print(f"\nW3: {ours}")
    if bench.rows in W3_FAILING and tuple(ours["failing"]) != W3_FAILING[bench.rows]:
        bench.failures.append(f"W3: the failing rows are not the published ones {W3_FAILING[bench.rows]}")
    for peer in ("polars", "duckdb"):
        if f"{peer} W3" in results:
            found = json.loads((bench.work / "w3" / f"{peer}.json").read_text())
            theirs = figures(found["rows"], list(found["row_rules"].values()), found["rows_failing"],
                             {name: round(column["ratio"] * found["rows"]) for name, column in found["completeness"].items()},
                             found["key_duplicates"])
            if ours != theirs:
                bench.failures.append(f"W3: {peer} counts {theirs}")


def figures(rows, failing, rows_failing, complete, duplicates):
    return {"rows": rows, "failing": failing, "rows failing any": rows_failing,
            "complete": complete, "duplicates": duplicates}


def check(bench, name, command, digests=False):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    print(f"\n{name}:\n\n```\n{done.stdout.strip()}\n```")
    if done.returncode != 0:
        bench.failures.append(f"{name}: outputs differ {done.stderr.strip()[-400:]}")
    if digests and bench.rows in EXPECTED:
        found = re.findall(r"rows=(\d+) digest=([0-9a-f]+)", done.stdout)
        if tuple(part for pair in found for part in pair) != EXPECTED[bench.rows]:
            bench.failures.append(f"{name}: digests are not the published ones {EXPECTED[bench.rows]}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", choices=ROWS, default="1m")
    parser.add_argument("--work", default=REPOSITORY / "out" / "bench", help="folder of data and outputs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm-up", type=int, default=1, help="rounds before those that count")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--brew", default=REPOSITORY / ".build" / "release" / "brew")
    parser.add_argument("--only", default="apply,validate,scan,start", help="workloads, with commas between")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-verify", action="store_true")
    return parser.parse_args()


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    load = os.getloadavg()[0]
    processor = model[1] if model else platform.machine()
    return f"{os.cpu_count()} × {processor}, {platform.release()}, load {load:.1f} at start"


def main():
    arguments = parse()
    if not SHARED.is_dir():
        say(f"SKIPPED: {SHARED} is not there, and with it the data generator and the peers. Nothing was measured.")
        return 0
    bench = Bench(arguments)
    bench.prepare()
    print(f"{ROWS[bench.rows]:,} rows, {bench.threads} threads, {arguments.rounds} rounds, {machine()}")
    all_results = {}
    for workload, commands in bench.workloads().items():
        if workload in arguments.only.split(",") and commands:
            say(f"{workload}: {', '.join(commands)}")
            all_results[workload] = measure(bench, commands, arguments.rounds, arguments.warm_up)
            if all_results[workload]:
                print(f"\n{table(all_results[workload])}", flush=True)
    print(f"\n{targets(all_results)}")
    if not arguments.no_verify:
        verify(bench, all_results.get("apply"))
        verify_w3(bench, all_results.get("validate"))
    for failure in bench.failures:
        say(f"FAILED: {failure}")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
