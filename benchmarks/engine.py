"""Measure the metric engine, the journal and the server beside their peers, in one go.

usage: engine.py [loop] [server] [bytes] [store] [--quick] [--docs]

Prints tables and keeps the numbers, with the machine they come from, in
`benchmarks/results/engine.json`. With names only these parts are measured anew; the others
keep what they had. `--docs` also writes the tables into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import peers
import report
import scripting
import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Found = Iterator[tuple[str, dict[str, float]]]  # a column and its figures, one by one

RESULTS = Path(__file__).parent / "results" / "engine.json"
PARTS = ("loop", "server", "bytes", "store")


def measure_loop(*, quick: bool) -> Found:
    """What a log call costs the training loop."""
    del quick
    yield from scripting.measure()


def measure_server(*, quick: bool) -> Found:
    """Requests to each server, one server at a time, on a fresh store each."""
    seconds = 1.5 if quick else 3
    yield "uvicorn echo", serving.measure_echo(seconds)
    with tempfile.TemporaryDirectory() as name, peers.postgresql() as url:
        for column, command in serving.servers(Path(name), url).items():
            seed_s = (10 if quick else 90) if column in report.SEEDED else 10
            yield (
                column,
                serving.measure_server(command, Path(name), seconds=seconds, seed_s=seed_s),
            )


def measure_bytes(*, quick: bool) -> Found:
    """What a point takes on disk, of the stores that are one file."""
    seconds = 10 if quick else 25
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for column, command in serving.servers(folder, None).items():
            store = folder / f"{column.lower()}.db"
            if column in report.SEEDED:
                yield column, serving.measure_bytes(command, store, folder, seconds=seconds)


def measure_store(*, quick: bool) -> Found:
    """What reading costs inside our own process, and what a point costs beside a billion."""
    import reading

    found = reading.measure(quick=quick)
    yield "Epochal", found
    if not quick:
        yield "Epochal", found | {"billion": reading.measure_billion()}


MEASURES: dict[str, Callable[..., Found]] = {
    "loop": measure_loop,
    "server": measure_server,
    "bytes": measure_bytes,
    "store": measure_store,
}


def machine() -> dict[str, object]:
    """Where the figures come from."""
    return {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "epochal": _version("epochal"),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of this checkout"


def main() -> int:
    """Measure, print, keep; the exit status says whether all that is aimed at was reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; all")
    parser.add_argument("--quick", action="store_true", help="short measurements, for a look")
    parser.add_argument("--docs", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for part in given.parts or PARTS:
        measured = kept[part] = {"machine": machine(), "figures": {}}
        for column, figures in MEASURES[part](quick=given.quick):
            print(f"measured {part} of {column}", file=sys.stderr)
            # Others may begin to work beside us: each column says how busy the machine was.
            measured["figures"][column] = figures | {"load": round(os.getloadavg()[0], 1)}
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(report.text(kept))
    if given.docs:
        report.write_docs(kept)
    return not report.is_reached(kept)


if __name__ == "__main__":
    raise SystemExit(main())
