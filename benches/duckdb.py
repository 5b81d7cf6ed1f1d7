#!/usr/bin/env python3
"""Times `jiebao stats metrics --by` two keys beside DuckDB over the exported Parquet of the same rows, and compares what both count.

    pip install duckdb
    cargo build --release
    python3 benches/duckdb.py INDEX [RUNS]

Whole processes, alternating, both write all groups as CSV. DuckDB is its Python package, whose start (an empty query) is measured and
taken off as well; jiebao's is not. Prints medians in milliseconds, and how many times as long jiebao takes.
"""
import csv
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
        "issue": "issue", "month": "month"}
PAIRS = [("subject", "unit"), ("community", "subject"), ("division", "year"), ("subject", "month"), ("issue", "unit")]


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main():
    index, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    folder = tempfile.mkdtemp()
    parquet, ours_csv, duck_csv = (os.path.join(folder, name) for name in ("metrics.parquet", "ours.csv", "duck.csv"))
    subprocess.run([JIEBAO, "export", "metrics", "--index", index, "--output", parquet], check=True)
    duck = lambda sql: [sys.executable, "-c", "import duckdb, sys\nduckdb.sql(sys.argv[1])", sql]
    print(f"{'by':20}{'rows':>9}{'jiebao':>9}{'DuckDB':>9}{'start':>8}{'times':>8}{'times, start off':>18}")
    for pair in PAIRS:
        by = list(dict.fromkeys([*pair, "unit"]))
        keys = ", ".join(f"{KEYS[key]} AS k{at}" for at, key in enumerate(by))
        names = ", ".join(f"k{at}" for at in range(len(by)))
        sql = (f"COPY (SELECT {names}, count(*) AS count, sum(value) AS sum, avg(value) AS mean, min(value) AS min, max(value) AS max, "
               f"quantile_cont(value, 0.25) AS q1, median(value) AS median, quantile_cont(value, 0.75) AS q3, "
               f"count(DISTINCT article) AS articles FROM (SELECT {keys}, value, article FROM '{parquet}') GROUP BY ALL) "
               f"TO '{duck_csv}' (HEADER)")
        ours = [JIEBAO, "stats", "metrics", "--index", index, "--by", ",".join(pair), "--output", ours_csv, "--force"]
        times = [(timed(ours), timed(duck(sql)), timed(duck("SELECT 1"))) for _ in range(runs)]
        counted = {tuple(row[key].removeprefix("'") for key in by): row for row in read(ours_csv)}
        known = read(duck_csv)
        assert len(known) == len(counted), (len(known), len(counted))
        for row in known:
            mine = counted[tuple(row[f"k{at}"].removeprefix("'") for at in range(len(by)))]
            assert (mine["count"], mine["articles"]) == (row["count"], row["articles"]), (mine, row)
            for column in ("mean", "min", "max", "q1", "median", "q3"):
                near = mine[column] == row[column] == "" or math.isclose(float(mine[column]), float(row[column]), rel_tol=1e-9)
                assert near, (column, mine, row)
            assert mine["sum"] == "" or math.isclose(float(mine["sum"]), float(row["sum"]), rel_tol=1e-9), (mine, row)
        jiebao, duckdb, start = (statistics.median(run[at] for run in times) for at in range(3))
        print(f"{','.join(pair):20}{len(known):9}{jiebao:9.0f}{duckdb:9.0f}{start:8.0f}{jiebao / duckdb:8.2f}"
              f"{jiebao / (duckdb - start):18.2f}")


main()
