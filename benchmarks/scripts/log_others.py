"""Log with W&B offline, trackio or tensorboardX: what one call costs the loop.

usage: log_others.py wandb|trackio|tensorboardX FOLDER POINTS
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time

LOOPS = 5  # whose median counts, so that one busy moment of the machine does not
KEYS = {f"metric_{number}": number * 0.37 for number in range(100)}


def wandb(folder):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    import wandb as library

    settings = library.Settings(silent=True, console="off")
    run = library.init(mode="offline", dir=folder, project="bench", settings=settings)
    return lambda values, _: run.log(values), run.finish


def trackio(folder):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    os.environ["TRACKIO_DIR"] = folder
    import trackio as library

    run = library.init(project="bench", embed=False)
    return lambda values, _: run.log(values), run.finish


def tensorboard(folder):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    import tensorboardX

    writer = tensorboardX.SummaryWriter(folder)

    def log(values, step):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        for key, value in values.items():
            writer.add_scalar(key, value, step)

    return log, writer.close


LIBRARIES = {"wandb": wandb, "trackio": trackio, "tensorboardX": tensorboard}


def main() -> None:
    name, folder, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
    log, _ = LIBRARIES[name](folder)
    for step in range(100):
        log({"loss": 0.5}, step)
    few = points // LOOPS
    mean = statistics.median(
        loop(log, range(100 + n * few, 100 + (n + 1) * few)) for n in range(LOOPS)
    )
    spent = []
    for step in range(200 + points, 200 + 2 * points):
        before = time.perf_counter_ns()
        log({"loss": 0.5}, step)
        spent.append(time.perf_counter_ns() - before)
    calls = max(points // 100, 5)
    started = time.perf_counter()
    for step in range(300 + 2 * points, 300 + 2 * points + calls):
        log(KEYS, step)
    hundred = (time.perf_counter() - started) / calls
    spent.sort()
    found = {
        "mean_us": mean * 1e6,
        "p99_us": spent[int(points * 0.99)] / 1e3,
        "hundred_us": hundred * 1e6,
    }
    print(json.dumps(found), flush=True)


def loop(log, steps):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    started = time.perf_counter()
    for step in steps:
        log({"loss": 0.5}, step)
    return (time.perf_counter() - started) / len(steps)


def stored() -> None:
    """Seconds for 10,000 points until the library says that it has finished with them."""
    name, folder = sys.argv[1], sys.argv[2]
    log, finish = LIBRARIES[name](folder)
    started = time.perf_counter()
    for step in range(10_000):
        log({"loss": 0.5}, step)
    finish()
    print(json.dumps({"stored_s": time.perf_counter() - started}), flush=True)


if __name__ == "__main__":
    if sys.argv[3] == "stored":
        stored()
    else:
        main()
    os._exit(0)  # what is still under way is of no interest
