"""Log through MLflow's fluent API, ours or MLflow's own: what one call costs the loop.

usage: log_mlflow.py MODULE STORE POINTS [async]
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time

LOOPS = 5  # whose median counts, so that one busy moment of the machine does not
KEYS = {f"metric_{number}": number * 0.37 for number in range(100)}


def main() -> None:
    module, store, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
    more = {"synchronous": False} if sys.argv[4:] == ["async"] else {}
    api = importlib.import_module(module)
    api.set_tracking_uri(store)
    api.set_experiment("bench")
    with api.start_run():
        for step in range(100):
            api.log_metric("warm", 0.5, step=step, **more)
            api.log_metrics(KEYS if step < 3 else {"warm": 0.1}, step=step, **more)
        api.flush_async_logging()
        mean = statistics.median(loop(api, points // LOOPS, more) for _ in range(LOOPS))
        api.flush_async_logging()
        spent = [once(api, step, more) for step in range(points)]
        api.flush_async_logging()
        hundred = wide(api, max(points // 100, 5), more)
        api.flush_async_logging()
        time.sleep(0.5)
        few = min(points, 10_000)
        stored = until_stored(api, few, more)
    spent.sort()
    print(
        json.dumps(
            {
                "mean_us": mean * 1e6,
                "p99_us": spent[int(points * 0.99)] / 1e3,
                "hundred_us": hundred * 1e6,
                "stored_s": stored * 10_000 / few,
            }
        )
    )


def loop(api, points, more):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    started = time.perf_counter()
    for step in range(points):
        api.log_metric("loss", 0.5, step=step, **more)
    return (time.perf_counter() - started) / points


def once(api, step, more):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    started = time.perf_counter_ns()
    api.log_metric("single", 0.5, step=step, **more)
    return time.perf_counter_ns() - started


def wide(api, calls, more):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    started = time.perf_counter()
    for step in range(calls):
        api.log_metrics(KEYS, step=step, **more)
    return (time.perf_counter() - started) / calls


def until_stored(api, points, more):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    started = time.perf_counter()
    for step in range(points):
        api.log_metric("stored", 0.5, step=step, **more)
    api.flush_async_logging()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
