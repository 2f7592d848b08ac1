"""What one log call costs, all included, and how soon a run's points are stored.

python benchmarks/log_metric.py [calls]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import epochal as mlflow

IMPORT = "import time; t = time.perf_counter(); import epochal; print(time.perf_counter() - t)"


def main(calls: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        mlflow.set_tracking_uri(Path(folder) / "store")
        with mlflow.start_run():  # opens the store and starts the courier
            mlflow.log_metric("loss", 0.5, step=0)
        for count in (10_000, calls):
            measure_calls(count)
        measure_batches()
        measure_each()
        mlflow.flush_async_logging()
    seconds = [
        float(
            subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True).stdout
        )
        for _ in range(7)
    ]
    print(f"import epochal: {statistics.median(seconds) * 1e3:.0f} ms (median of 7)")


def measure_calls(count: int) -> None:
    with mlflow.start_run() as run:
        began = time.perf_counter()
        for step in range(count):
            mlflow.log_metric("loss", 0.5, step=step)
        logged = time.perf_counter()
    ended = time.perf_counter()
    stored = len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss"))
    assert stored == count, stored
    print(
        f"log_metric x {count:,}: mean {(logged - began) / count * 1e6:.2f} µs; "
        f"stored {(ended - logged) * 1e3:.0f} ms after the last"
    )


def measure_batches() -> None:
    metrics = {f"metric_{number}": float(number) for number in range(100)}
    with mlflow.start_run():
        began = time.perf_counter()
        for step in range(1000):
            mlflow.log_metrics(metrics, step=step)
        print(f"log_metrics of 100 keys: mean {(time.perf_counter() - began) / 1000 * 1e6:.1f} µs")


def measure_each() -> None:
    clock = time.perf_counter_ns
    times: list[int] = []
    with mlflow.start_run():
        for step in range(100_000):
            began = clock()
            mlflow.log_metric("loss", 0.5, step=step)
            times.append(clock() - began)
            if step % 100 == 0:
                time.sleep(0.0001)  # training does something else as well
    times.sort()
    mean, p99 = statistics.fmean(times) / 1e3, times[len(times) * 99 // 100] / 1e3
    print(
        f"log_metric one by one: mean {mean:.2f} µs, p99 {p99:.2f} µs, max {times[-1] / 1e3:.0f} µs"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
