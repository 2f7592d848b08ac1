"""What the metric suites share: runs to log into, and points in forms that compare exactly."""

from __future__ import annotations

import math
import struct
import uuid
from typing import TYPE_CHECKING, Protocol

from epochal.entities import Metric, Points, Series
from epochal.ports.metrics import MetricStore
from epochal.ports.tracking import NewRun, RunLog, TrackingStore

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[int, int, float]  # step, timestamp, value
NAN = math.nan
START_MS = 1_700_000_000_000


class Store(TrackingStore, MetricStore, Protocol):
    """What the suite needs: runs to log into, and their metrics."""


def new_run(store: Store, experiment_id: str = "0", start_time: int = START_MS) -> str:
    """A run of its own for one test."""
    run_id = uuid.uuid4().hex
    store.create_run(NewRun(run_id, experiment_id, "run", "ada", start_time))
    return run_id


def log(store: Store, run_id: str, points: Iterable[Point], key: str = "loss") -> None:
    """Log points of one key in one entry and wait until they are durable."""
    metrics = [Metric(key, value, timestamp, step) for step, timestamp, value in points]
    store.log(RunLog(run_id, Points.of(metrics))).result()


def exact(series: Series) -> list[tuple[int, int, bytes]]:
    """Points in a form where NaN equals itself and minus zero differs from zero."""
    values = [struct.pack("<d", value) for value in series.value]
    return list(zip(series.step, series.timestamp, values, strict=True))


def bits(points: Iterable[Point]) -> list[tuple[int, int, bytes]]:
    """As `exact`, of plain points."""
    return [(step, timestamp, struct.pack("<d", value)) for step, timestamp, value in points]
