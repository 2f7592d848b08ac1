"""Measure searching in seeded stores, beside MLflow and FastTrackML, in one run.

usage: search.py [--quick | --process] [--docs]

Stores of 1,000, 10,000 and 100,000 runs of 20 params, 20 metrics and 5 tags, and the shape of a
large user: one experiment of 1,500 runs with 1,500 metrics each, beside 49 that are a fiftieth
as wide. `seeding.py` tells how they are filled. Ours are searched in the process and over HTTP,
on SQLite and on PostgreSQL; MLflow and FastTrackML over HTTP, with 10,000 and 1,000 runs.
Medians; in the process on SQLite of processor time, which other work on the machine disturbs
little, else of time on the clock. `--process` measures nothing else. Prints tables and keeps the numbers in `benchmarks/results/search.json`; `--docs`
writes them and the curve into `docs/`. A figure of ours that misses its target at 10,000 or
100,000 runs on SQLite makes the exit status 1.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import subprocess
import sys
import tempfile
import time
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peers
from curve import draw_curve
from engine import machine
from peers import free_port, serving
from search_report import is_reached, report, write_docs
from seeding import Shape, seed_by_store, seed_mlflow, seed_ours, seed_over_http

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "search.json"
MLFLOW = "/api/2.0/mlflow/"
OURS = "/api/epochal/v1/"
SIZES = (1_000, 10_000, 100_000)
REPEATS = 21
PATIENCE_S = 6  # of repeating one figure
COLUMNS = [f"metrics.m{n}" for n in range(4)] + [f"params.p{n}" for n in range(3)]
COLUMNS += ["tags.t0", "run_name", "start_time"]
WIDE = Shape(1_500, metrics=1_500, params=150, tags=50)
NARROW = Shape(1_500, metrics=30, params=15, tags=5)

SEARCHES: dict[str, dict[str, Any]] = {
    "first": {},
    "by metric": {"order_by": ["metrics.m1 DESC"]},
    "by param": {"order_by": ["params.p0"]},
    "by letter": {"order_by": ["params.p1"]},
    "filter": {
        "filter": "metrics.m1 > 0.9 and params.p1 = 'x'",
        "order_by": ["metrics.m1 DESC"],
    },
    "like": {"filter": "tags.t0 LIKE '%night%'"},
}
FRAME = """
import sys, time, warnings
warnings.simplefilter("ignore")
import {module} as sdk, pandas
sdk.set_tracking_uri(sys.argv[1])
sdk.search_runs(["1"], max_results=2)
clock = time.process_time if sys.argv[1].startswith("sqlite") else time.perf_counter
started = clock()
frame = sdk.search_runs(["1"], max_results=10_000)
print(clock() - started, len(frame), len(frame.columns))
"""


class Line:
    """One kept-alive connection to a server."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def post(self, path: str, body: dict[str, Any]) -> bytes:
        """The answer's body. Raises RuntimeError for an error."""
        self._line.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self._line.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {told[:300]!r}")
        return told


def median_ms(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The median time of up to `REPEATS` calls, after one that does not count."""
    work()
    times: list[float] = []
    begun = time.perf_counter()
    while len(times) < REPEATS and (not times or time.perf_counter() - begun < PATIENCE_S):
        started = clock()
        work()
        times.append(clock() - started)
    return 1000 * sorted(times)[len(times) // 2]


def tried(name: str, work: Callable[[], float]) -> float | None:
    """A figure, or None where the peer cannot answer."""
    try:
        return work()
    except (RuntimeError, OSError, HTTPException, KeyError) as fault:
        print(f"  {name}: {str(fault)[:300]}", file=sys.stderr)
        return None


def over_http(port: int, experiment: str, *, is_ours: bool) -> dict[str, float | None]:
    """All figures of one server."""
    line = Line(port)
    found: dict[str, float | None] = {}
    for name, asked in SEARCHES.items():
        body = {"experiment_ids": [experiment], "max_results": 100, **asked}
        ask = partial(line.post, f"{MLFLOW}runs/search", body)
        found[name] = tried(name, partial(median_ms, ask))
        if found[name] is None:
            line = Line(port)
    found["pages"] = tried("pages", lambda: runs_per_s(Line(port), experiment))
    if is_ours:
        found |= our_figures(Line(port), experiment)
    return found


def our_figures(line: Line, experiment: str) -> dict[str, float | None]:
    """What only we answer."""
    asked = {"experiment_ids": [experiment], "columns": COLUMNS, "max_results": 100}
    among = {"experiment_ids": [experiment]}
    group = {**among, "by": ["params.p1"], "aggregates": ["min(metrics.m1)"]}
    return {
        "table": median_ms(lambda: line.post(f"{OURS}runs/table", asked)),
        "count": median_ms(lambda: line.post(f"{OURS}runs/count", among)),
        "groups": median_ms(lambda: line.post(f"{OURS}runs/groups", group)),
        "fields": median_ms(lambda: line.post(f"{OURS}fields", {**among, "max_results": 10_000})),
    }


def runs_per_s(line: Line, experiment: str) -> float:
    """All runs in pages of 1,000, at most for 20 seconds."""
    count, token, started = 0, "", time.perf_counter()
    while time.perf_counter() - started < 20:
        body: dict[str, Any] = {"experiment_ids": [experiment], "max_results": 1000}
        told = line.post(f"{MLFLOW}runs/search", {**body, "page_token": token} if token else body)
        mark = told.rfind(b'"next_page_token"')
        count += 1000
        token = json.loads(b"{" + told[mark:].rstrip())["next_page_token"] if mark > 0 else ""
        if not token:
            break
    return count / (time.perf_counter() - started)


def in_process(url: str, folder: Path) -> dict[str, float | None]:
    """Our own figures without a server between: services and the encoding of answers."""
    from epochal.services.tables import RunSelection
    from epochal.settings import locate_store
    from epochal.wire.fields import encode_fields
    from epochal.wire.run_entities import encode_runs
    from epochal.wire.tables import encode_table
    from epochal.wiring import open_served

    clock = time.process_time if url.startswith("sqlite") else time.perf_counter
    services = open_served(locate_store(url), folder / "artifacts")
    runs, tables, every = services.runs, services.tables, RunSelection(["1"])

    def search(filter: str | None = None, order_by: Sequence[str] = ()) -> bytes:  # noqa: A002
        return encode_runs(runs.search(["1"], filter, order_by, max_results=100))

    def pages() -> None:
        token = None
        for _ in range(10):
            page = runs.search(["1"], max_results=1000, page_token=token)
            encode_runs(page)
            token = page.token

    asked: dict[str, Callable[[], object]] = {
        **{name: partial(search, **query) for name, query in SEARCHES.items()},
        "table": lambda: encode_table(tables.read(every, COLUMNS, max_results=100), packed=False),
        "count": lambda: tables.count(every),
        "groups": lambda: tables.group(every, ["params.p1"], ["min(metrics.m1)"]),
        "fields": lambda: encode_fields(services.fields.list(["1"])),
    }
    collecting = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)  # as the server does
    try:
        found: dict[str, float | None] = {
            name: median_ms(work, clock) for name, work in asked.items()
        }
        if tables.count(every) >= 10_000:
            found["pages"] = 10_000 / (median_ms(pages, clock) / 1000)
    finally:
        gc.set_threshold(*collecting)
        services.close()
    return found


def frame_s(python: str, module: str, uri: str, *, ours: bool) -> float | None:
    """Seconds until `search_runs` has put 10,000 runs into a DataFrame, in a fresh process."""
    times: list[float] = []
    for _ in range(3 if ours else 1):
        done = subprocess.run(
            [python, "-c", FRAME.format(module=module), uri],
            env=peers.environment(ours=ours),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            print(f"  search_runs of {module}: {done.stderr[-500:]}", file=sys.stderr)
            return None
        times.append(float(done.stdout.split()[0]))
    return sorted(times)[len(times) // 2]


def measure_ours(
    folder: Path, store: str, size: int, *, with_server: bool
) -> dict[str, dict[str, float | None]]:
    """One of our stores with so many runs, in the process and over HTTP."""
    print(f"{size:,} runs in {store.partition(':')[0]}", file=sys.stderr)
    seed_ours(store, [("bench", Shape(size))])
    found = {"in process": in_process(store, folder)}
    if size >= 10_000:
        found["in process"]["frame"] = frame_s(sys.executable, "epochal", store, ours=True)
    if not with_server:
        return found
    port = free_port()
    with serving(peers.epochal_command(port, store), port, "/health", folder) as server:
        found["http"] = over_http(port, "1", is_ours=True)
        if size >= 10_000:
            uri = f"http://127.0.0.1:{port}"
            found["http"]["frame"] = frame_s(sys.executable, "epochal", uri, ours=True)
        found["http"]["resident"] = server.resident_mib()
    return found


def measure_mlflow(folder: Path, store: str, size: int) -> dict[str, float | None]:
    """MLflow's server on a store that it made and that was then filled."""
    print(f"{size:,} runs in MLflow on {store.partition(':')[0]}", file=sys.stderr)
    port = free_port()
    with serving(peers.mlflow_command(port, store), port, "/health", folder):
        pass  # it makes its schema
    seed_mlflow(store, "bench", Shape(size))
    with serving(peers.mlflow_command(port, store), port, "/health", folder):
        found = over_http(port, "1", is_ours=False)
        python = str(peers.CACHE / "mlflow/bin/python")
        uri = f"http://127.0.0.1:{port}"
        found["frame"] = frame_s(python, "mlflow", uri, ours=False) if size == 10_000 else None
    return found


def measure_fasttrackml(folder: Path, size: int) -> dict[str, float | None]:
    """FastTrackML, told over HTTP."""
    print(f"{size:,} runs in FastTrackML", file=sys.stderr)
    port = free_port()
    command = peers.fasttrackml_command(port, f"sqlite://{folder}/fasttrackml-{size}.db")
    with serving(command, port, "/health", folder):
        experiment = seed_over_http(port, "bench", Shape(size))
        return over_http(port, experiment, is_ours=False)


def measure_wide(folder: Path, store: str) -> dict[str, float | None]:
    """The large user's shape: a table page of ten columns, and the catalogue of fields."""
    print("the wide shape", file=sys.stderr)
    experiments = [("wide", WIDE), *((f"narrow {n}", NARROW) for n in range(49))]
    seed_ours(store, experiments)
    port = free_port()
    with serving(peers.epochal_command(port, store), port, "/health", folder):
        line = Line(port)
        columns = [f"metrics.m{n * 100}" for n in range(8)] + ["params.p0", "run_name"]
        page = {"experiment_ids": ["1"], "columns": columns, "max_results": 100}
        ordered = {**page, "order_by": ["metrics.m700 DESC"]}
        listed = {"experiment_ids": ["1"], "max_results": 10_000}
        every = {"experiment_ids": [str(n) for n in range(1, 51)], "max_results": 10_000}
        return {
            "wide page": median_ms(lambda: line.post(f"{OURS}runs/table", page)),
            "wide ordered": median_ms(lambda: line.post(f"{OURS}runs/table", ordered)),
            "wide fields": median_ms(lambda: line.post(f"{OURS}fields", listed)),
            "wide all fields": median_ms(lambda: line.post(f"{OURS}fields", every)),
        }


def measure_experiments(folder: Path, store: str) -> dict[str, float | None]:
    """A page of 100 of 1,000 experiments, with the number of runs of each."""
    seed_ours(store, [(f"e{n}", Shape(10, metrics=1, params=1, tags=1)) for n in range(1000)])
    port = free_port()
    with serving(peers.epochal_command(port, store), port, "/health", folder):
        line = Line(port)
        asked = {"max_results": 100}
        return {
            "experiments": median_ms(lambda: line.post(f"{MLFLOW}experiments/search", asked)),
            "counted experiments": median_ms(
                lambda: line.post(f"{OURS}experiments/search", asked)
            ),
        }


def check(folder: Path) -> None:
    """A store filled by bulk SQL answers what one filled by our own classes answers."""
    from epochal.ports.tracking import RunQuery
    from epochal.sql.database import open_database
    from epochal.sql.store import SqlStore

    shape, found = Shape(3), []
    for name, seed in (
        ("bulk", lambda url: seed_ours(url, [("e", shape)])),
        ("own", lambda url: seed_by_store(url, "e", shape)),
    ):
        url = f"sqlite:///{folder}/{name}.db"
        seed(url)
        store = SqlStore(open_database(url))
        found.append([run.to_dictionary() for run in store.search_runs(RunQuery(["1"])).items])
        store.close()
    assert found[0] == found[1], "bulk SQL and the store's own classes disagree"


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only ours, 1,000 and 10,000 runs")
    parser.add_argument("--process", action="store_true", help="only ours, without servers")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/")
    options = parser.parse_args()
    kept: dict[str, Any] = {"machine": machine(), "figures": {}}
    figures: dict[str, dict[str, float | None]] = kept["figures"]
    with tempfile.TemporaryDirectory() as made, peers.postgresql() as postgresql:
        folder = Path(made)
        check(folder)
        for size in SIZES[:2] if options.quick else SIZES:
            path, served = folder / f"ours-{size}.db", not options.process
            found = measure_ours(folder, f"sqlite:///{path}", size, with_server=served)
            figures.update({f"SQLite {how} {size}": values for how, values in found.items()})
            path.unlink()
        if not options.process:
            measure_others(folder, postgresql, figures, quick=options.quick)
    print(report(kept))
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    if options.docs:
        write_docs(kept)
        draw_curve(figures, SIZES)
    sys.exit(0 if is_reached(kept) else 1)


def measure_others(
    folder: Path,
    postgresql: str | None,
    figures: dict[str, dict[str, float | None]],
    *,
    quick: bool,
) -> None:
    """PostgreSQL, other shapes, and the peers."""
    if postgresql is not None:
        for size in SIZES[1:2] if quick else SIZES[1:]:
            store = peers.new_database(postgresql, f"ours_{size}")
            for how, values in measure_ours(folder, store, size, with_server=True).items():
                figures[f"PostgreSQL {how} {size}"] = values
    figures["wide"] = measure_wide(folder, f"sqlite:///{folder}/wide.db")
    (folder / "wide.db").unlink()
    figures["experiments"] = measure_experiments(folder, f"sqlite:///{folder}/e.db")
    if not quick:
        measure_peers(folder, postgresql, figures)


def measure_peers(
    folder: Path, postgresql: str | None, figures: dict[str, dict[str, float | None]]
) -> None:
    """MLflow on both databases, FastTrackML with as many runs as it can."""
    asked: dict[str, Callable[[], dict[str, float | None]]] = {}
    if peers.python_of("mlflow") is not None:
        store = f"sqlite:///{folder}/mlflow.db"
        asked["MLflow 10000"] = partial(measure_mlflow, folder, store, 10_000)
        if postgresql is not None:
            store = peers.new_database(postgresql, "mlflow_10000")
            asked["MLflow PostgreSQL 10000"] = partial(measure_mlflow, folder, store, 10_000)
    if peers.python_of("fasttrackml") is not None:
        for size in SIZES[:2]:
            asked[f"FastTrackML {size}"] = partial(measure_fasttrackml, folder, size)
    for name, measure in asked.items():
        try:
            figures[name] = measure()
        except (RuntimeError, OSError, HTTPException, subprocess.SubprocessError) as fault:
            print(f"{name} is left out: {str(fault)[:500]}", file=sys.stderr)


if __name__ == "__main__":
    main()
