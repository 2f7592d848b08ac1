"""Measure the way of a run from the script to the store, beside the real MLflow, in one go.

usage: spine.py [--points N]

Each figure is taken in fresh processes, ours and MLflow's in turn, on an empty SQLite store
each. Prints a table and keeps the numbers, with the machine they come from, as JSON below
`benchmarks/results/`. A target that is missed makes the exit status 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS = Path(__file__).parent / "results"
IMPORT = "import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
# Log N points, end the run, wait until a reader of the store sees all of them.
LOGGING = """
import sys, time, json
import {module} as mlflow
mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
mlflow.set_experiment("bench")
points = int(sys.argv[2])
run = mlflow.start_run()
for step in range(20):
    mlflow.log_metric("warm", 0.5, step=step)
started = time.perf_counter()
for step in range(points):
    mlflow.log_metric("loss", 0.5, step=step)
logged = time.perf_counter()
mlflow.end_run()
client = mlflow.MlflowClient()
while len(client.get_metric_history(run.info.run_id, "loss")) < points:
    time.sleep(0.001)
stored = time.perf_counter()
print(json.dumps({{"call_s": (logged - started) / points, "stored_s": stored - logged}}))
"""


@dataclass
class Figure:
    """One measured thing: ours, MLflow's, and what we aim at, all in the same unit."""

    name: str
    unit: str
    epochal: float
    mlflow: float
    target: float
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether ours is at or below the target."""
        return self.epochal <= self.target


def environment() -> dict[str, str]:
    """The environment without what would redirect a client or slow one of the two."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "EPOCHAL_"))}
    return {**kept, "MLFLOW_DISABLE_TELEMETRY": "true", "GIT_PYTHON_REFRESH": "quiet"}


def printed(code: str, *arguments: str) -> str:
    """What a piece of Python prints, run by a fresh interpreter in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"A measurement broke:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1]


def import_ms(module: str, repeats: int) -> float:
    """Median time of the import, compiled files being there already."""
    printed(IMPORT.format(module=module))
    times = [float(printed(IMPORT.format(module=module))) for _ in range(repeats)]
    return 1000 * statistics.median(times)


def logging(module: str, points: int, repeats: int) -> dict[str, float]:
    """Mean time of a `log_metric` call, and from the last call until all points are readable.

    Medians over some processes, each with a store of its own.
    """
    found: list[dict[str, float]] = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            text = printed(LOGGING.format(module=module), f"{folder}/store.db", str(points))
        found.append(json.loads(text))
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def ready_s(command: Callable[[str, int], list[str]], repeats: int) -> float:
    """Median time from the start of a server's command to its first 200, on a store it made."""
    with tempfile.TemporaryDirectory() as folder:
        once_ready_s(command, folder)  # makes the store
        return statistics.median(once_ready_s(command, folder) for _ in range(repeats))


def once_ready_s(command: Callable[[str, int], list[str]], folder: str) -> float:
    """Time from the start of a server's command to its first 200 on /health."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        command(folder, port),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - started < 120:
            if process.poll() is not None:
                sys.exit(f"The server ended by itself: {' '.join(command(folder, port))}")
            with suppress(OSError):
                address = f"http://127.0.0.1:{port}/health"
                with urllib.request.urlopen(address, timeout=2) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - started
            time.sleep(0.005)
        sys.exit("The server was not ready within two minutes")
    finally:
        process.terminate()
        process.wait(30)


def epochal_command(folder: str, port: int) -> list[str]:
    """Our server, by the command that users type."""
    script = shutil.which("epochal", path=str(Path(sys.executable).parent))
    program = [script] if script else [sys.executable, "-m", "epochal"]
    return [
        *program,
        "server",
        "--port",
        str(port),
        "--backend-store-uri",
        f"sqlite:///{folder}/o.db",
    ]


def mlflow_command(folder: str, port: int) -> list[str]:
    """MLflow's server with one worker, its quickest start."""
    return [
        *(sys.executable, "-m", "mlflow", "server", "--port", str(port), "--workers", "1"),
        *("--backend-store-uri", f"sqlite:///{folder}/m.db"),
    ]


def measure(points: int) -> list[Figure]:
    """All figures."""
    # MLflow writes each point in a transaction of its own; a tenth of them shows its pace.
    few = max(points // 10, 100)
    ours, theirs = logging("epochal", points, 5), logging("mlflow", few, 1)
    return [
        Figure("import", "ms", import_ms("epochal", 9), import_ms("mlflow", 3), 60),
        Figure(
            "log_metric, mean of a call",
            "µs",
            1e6 * ours["call_s"],
            1e6 * theirs["call_s"],
            3,
            f"{points} calls; MLflow {few}",
        ),
        Figure(
            f"{points} points readable after the last call",
            "s",
            ours["stored_s"],
            theirs["call_s"] * points + theirs["stored_s"],
            0.3,
            "MLflow: the calls themselves, extrapolated",
        ),
        Figure(
            "server ready (first 200 on /health)",
            "s",
            ready_s(epochal_command, 5),
            ready_s(mlflow_command, 2),
            0.6,
        ),
    ]


def machine() -> dict[str, object]:
    """Where the figures come from."""
    return {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "epochal": version("epochal"),
        "mlflow": version("mlflow"),
    }


def table(figures: list[Figure]) -> str:
    """The figures as people read them."""
    lines = [f"{'':<46}{'Epochal':>12}{'MLflow':>14}{'target':>10}"]
    lines += [
        f"{f'{figure.name} ({figure.unit})':<46}{figure.epochal:>12.3f}{figure.mlflow:>14.3f}"
        f"{'≤ ' + format(figure.target, 'g'):>10}  {'' if figure.is_met else 'MISSED '}{figure.note}"
        for figure in figures
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--points", type=int, default=10_000, help="metric points to log")
    figures = measure(parser.parse_args().points)
    print(table(figures))
    RESULTS.mkdir(exist_ok=True)
    kept = {"machine": machine(), "figures": [asdict(figure) for figure in figures]}
    (RESULTS / "spine.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return not all(figure.is_met for figure in figures)


if __name__ == "__main__":
    raise SystemExit(main())
