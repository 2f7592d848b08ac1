#!/usr/bin/env python3
"""What describing a table costs, beside MLflow, and what new versions of one store.

usage: datasets.py [--mlflow PYTHON] [--megabytes 200]

`--mlflow` names an interpreter that has MLflow, if this one has not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).parent / "results" / "datasets.json"
ROWS = 1_000_000
ROW_BYTES = {"csv": 88, "parquet": 34}  # about, of the table below
SOURCE = str(Path(__file__).parent.parent / "src")
DESCRIBE = """
import importlib, json, sys, time
import numpy as np, pandas as pd
data = importlib.import_module(sys.argv[1] + ".data")
rng = np.random.default_rng(0)
n = int(sys.argv[2])
frame = pd.DataFrame({f"v{i}": rng.normal(size=n) for i in range(8)})
frame["k"] = rng.choice(["red", "green", "blue"], n)
frame["when"] = pd.date_range("2024", periods=n, freq="s")
frame["maybe"] = frame["k"].where(frame["v0"] > 0).astype(object)
best = []
for _ in range(3):
    begun = time.perf_counter()
    made = data.from_pandas(frame, source="x.csv")
    created = time.perf_counter() - begun
    told = made.to_dict()
    best.append((time.perf_counter() - begun, created))
print(json.dumps({"all_s": min(best)[0], "from_pandas_s": min(b[1] for b in best), "told": told}))
"""


def describe(python: str, module: str) -> Any:
    """How long a module takes to describe a million rows, and what it says."""
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"}
    if module == "epochal":
        environment["PYTHONPATH"] = SOURCE
    done = subprocess.run(
        [python, "-W", "ignore", "-c", DESCRIBE, module, str(ROWS)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def flights(rows: int) -> pd.DataFrame:
    """A table of numbers that do not compress, as measurements are, and of a few names."""
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "flight": np.arange(rows),
            "delay": rng.normal(size=rows),
            "speed": rng.normal(size=rows),
            "fuel": rng.normal(size=rows),
            "distance": rng.integers(0, 10**9, rows),
            "carrier": rng.choice(["AA", "UA", "DL", "WN"], rows),
        }
    )


def changes(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """One row in a hundred: changed in one region, inserted, taken away, or anywhere."""
    rng, rows = np.random.default_rng(2), len(frame)
    size, start = rows // 100, rows // 3
    region = frame.copy()
    region.loc[start : start + size - 1, ["delay", "speed"]] = rng.normal(size=(size, 2))
    yield "changed in one region", region
    yield "inserted", pd.concat([frame[:start], frame[:size], frame[start:]], ignore_index=True)
    yield "taken away", frame.drop(index=range(start, start + size)).reset_index(drop=True)
    scattered = frame.copy()
    scattered.loc[rng.choice(rows, size, replace=False), "delay"] = 0.5
    yield "scattered", scattered


def measure_storage(kind: str, megabytes: int) -> dict[str, Any]:
    """Seconds and new bytes of each version of a table."""
    import pyarrow as pa
    import pyarrow.csv

    import epochal

    frame = flights(megabytes * 1_000_000 // ROW_BYTES[kind])
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        epochal.set_tracking_uri(f"file://{folder}/store")
        path = f"{folder}/flights.csv"

        def keep(title: str, table: pd.DataFrame) -> None:
            begun = time.perf_counter()
            given = table
            if kind == "csv":
                pyarrow.csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), path)
                begun, given = time.perf_counter(), path
            version = epochal.log_dataset(given, f"flights {kind}")
            seconds = time.perf_counter() - begun
            found[title] = {
                "seconds": seconds,
                "megabytes": version.size_bytes / 1e6,
                "new_percent": 100 * version.new_bytes / version.size_bytes,
            }
            print(f"{kind:8} {title:22}", json.dumps(found[title]), flush=True)

        keep("first", frame)
        begun = time.perf_counter()
        version = epochal.log_dataset(path if kind == "csv" else frame, f"flights {kind}")
        assert version.version == 1
        seconds = time.perf_counter() - begun
        found["again"] = {"seconds": seconds, "megabytes": found["first"]["megabytes"], "new_percent": 0}  # fmt: skip
        print(f"{kind:8} {'again':22}", json.dumps(found["again"]), flush=True)
        for title, table in changes(frame):
            keep(title, table)
        begun = time.perf_counter()
        epochal.load_dataset(f"datasets:/flights {kind}/1", "path", folder)
        found["download"] = {"seconds": time.perf_counter() - begun}
        print(f"{kind:8} download              ", json.dumps(found["download"]), flush=True)
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mlflow", default=sys.executable)
    asked.add_argument("--megabytes", type=int, default=200)
    options = asked.parse_args()
    sys.path.insert(0, SOURCE)
    ours, theirs = describe(sys.executable, "epochal"), describe(options.mlflow, "mlflow")
    if ours and theirs:
        assert ours["told"] == theirs["told"], "the two describe the table differently"
    described = {
        name: {key: each[key] for key in ("from_pandas_s", "all_s")}
        for name, each in (("Epochal", ours), ("MLflow", theirs))
        if each
    }
    print("describe 1 M rows", json.dumps(described), flush=True)
    stored = {kind: measure_storage(kind, options.megabytes) for kind in ("csv", "parquet")}
    RESULTS.write_text(json.dumps({"described": described, "stored": stored}, indent=1) + "\n")


if __name__ == "__main__":
    main()
