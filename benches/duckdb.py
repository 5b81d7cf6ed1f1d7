#!/usr/bin/env python3
"""Times `jiebao stats metrics --by` two keys beside DuckDB over the exported Parquet of the same rows, and compares what both count.

    pip install duckdb
    cargo build --release
    python3 benches/duckdb.py INDEX [RUNS]

Whole processes, alternating. DuckDB is its Python package, whose start (an empty query) is measured and taken off as well; jiebao's is
not. Prints medians in milliseconds, and how many times as long jiebao takes.
"""
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JIEBAO = os.environ.get("JIEBAO", os.path.join(HERE, "..", "target", "release", "jiebao"))
# Keys as jiebao has them, and as columns of `jiebao export metrics`.
KEYS = {"subject": "subject", "unit": "unit", "community": "community", "division": "division", "grid": "grid", "year": "year",
        "issue": "issue", "month": "CASE WHEN month IS NULL THEN NULL ELSE printf('%04d-%02d', year, month) END"}
PAIRS = [("subject", "unit"), ("community", "subject"), ("division", "year"), ("subject", "month"), ("issue", "unit")]


def timed(command):
    start = time.perf_counter()
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return (time.perf_counter() - start) * 1000, out


def main():
    index, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    parquet = os.path.join(tempfile.mkdtemp(), "metrics.parquet")
    subprocess.run([JIEBAO, "export", "metrics", "--index", index, "--output", parquet], check=True)
    duck = lambda sql: [sys.executable, "-c", "import duckdb, sys, json\n"
                        "print(json.dumps(duckdb.sql(sys.argv[1]).fetchall(), default=str))", sql]
    print(f"{'by':20}{'rows':>9}{'jiebao':>9}{'DuckDB':>9}{'start':>8}{'times':>8}{'times, start off':>18}")
    for pair in PAIRS:
        by = list(dict.fromkeys([*pair, "unit"]))
        keys = ", ".join(f"{KEYS[key]} AS k{at}" for at, key in enumerate(by))
        names = ", ".join(f"k{at}" for at in range(len(by)))
        sql = (f"SELECT {names}, count(*), sum(value), avg(value), min(value), max(value), "
               f"quantile_cont(value, [0.25, 0.5, 0.75]), count(DISTINCT article), count(DISTINCT issue) "
               f"FROM (SELECT {keys}, value, article, issue FROM '{parquet}') GROUP BY ALL")
        ours = [JIEBAO, "stats", "metrics", "--index", index, "--by", ",".join(pair), "--format", "jsonl"]
        times = [(timed(ours), timed(duck(sql)), timed(duck("SELECT 1"))) for _ in range(runs)]
        counted = {tuple(None if row[key] is None else str(row[key]) for key in by): row
                   for row in map(json.loads, times[0][0][1].splitlines())}
        known = json.loads(times[0][1][1])
        assert len(known) == len(counted), (len(known), len(counted))
        for row in known:
            key = tuple(None if value is None else str(value) for value in row[:len(by)])
            mine = counted[key]
            count, total, mean, low, high, quartiles, articles, issues = row[len(by):]
            assert (mine["count"], mine["articles"]) == (count, articles), (key, mine, row)
            near = lambda a, b: (a is None) == (b is None) and (a is None or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
            assert near(mine["mean"], mean) and near(mine["min"], low) and near(mine["max"], high), (key, mine, row)
            assert mine["sum"] is None or near(mine["sum"], total), (key, mine, row)
            assert all(near(mine[q], known) for q, known in zip(("q1", "median", "q3"), quartiles or [None] * 3)), (key, mine, row)
        jiebao, duckdb, start = (statistics.median(run[at][0] for run in times) for at in range(3))
        print(f"{','.join(pair):20}{len(known):9}{jiebao:9.0f}{duckdb:9.0f}{start:8.0f}{jiebao / duckdb:8.2f}"
              f"{jiebao / (duckdb - start):18.2f}")


main()
