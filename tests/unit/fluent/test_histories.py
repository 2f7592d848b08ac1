"""Histories in columns."""

from __future__ import annotations

import numpy as np
import pytest

from epochal.errors import InvalidParameterError


@pytest.fixture
def runs(store):
    """Two runs with a curve each, one with a second key."""
    ids = []
    for number in range(2):
        with store.start_run() as run:
            for step in range(100):
                store.log_metric("loss", number + 1 / (step + 1), step=step, timestamp=1000 + step)
            ids.append(run.info.run_id)
    store.log_metric("acc", 1.0, run_id=ids[1])
    return ids


def test_arrays_hold_a_history(store, runs):
    """Whole, or a window of it by step or by time."""
    step, timestamp, value = store.get_metric_arrays(runs[0], "loss")
    assert (step.dtype, timestamp.dtype, value.dtype) == (np.int64, np.int64, np.float64)
    assert list(step) == list(range(100))
    assert list(value) == [1 / (n + 1) for n in range(100)]
    assert list(store.get_metric_arrays(runs[0], "loss", start=10, end=12).step) == [10, 11, 12]
    late = store.get_metric_arrays(runs[0], "loss", x="time", start=1098)
    assert list(late.step) == [98, 99]
    assert len(store.get_metric_arrays(runs[0], "none").step) == 0


def test_few_points_keep_the_peaks(store, runs):
    """At most as many as asked for, the first and the last among them."""
    step, _, value = store.get_metric_arrays(runs[0], "loss", points=10)
    assert len(step) <= 10
    assert (step[0], step[-1]) == (0, 99)
    assert value.max() == 1.0


def test_frames_hold_many_histories(store, runs):
    """One row for each point, run by run and key by key."""
    frame = store.get_metric_history_df(runs)
    assert list(frame.columns) == ["run_id", "key", "step", "timestamp", "value"]
    assert len(frame) == 201
    assert list(frame.groupby(["run_id", "key"]).size()) == [
        size for run in sorted(runs) for size in ([100] if run == runs[0] else [1, 100])
    ]
    few = store.get_metric_history_df(runs, ["loss", "acc"], points=10)
    assert list(dict.fromkeys(few.run_id)) == runs
    assert len(few) <= 21
    assert len(store.get_metric_history_df([], "loss")) == 0


def test_what_rewinds_took_away_can_be_read(store, runs):
    """Beside what holds."""
    store.rewind_run(runs[0], 89)
    assert len(store.get_metric_arrays(runs[0], "loss").step) == 90
    gone = store.get_metric_arrays(runs[0], "loss", superseded=True)
    assert list(gone.step) == list(range(90, 100))


@pytest.mark.parametrize(
    "wrong",
    [{"x": "epoch"}, {"start": 1.5}, {"end": "3"}, {"start": 3, "end": 1}, {"points": 0},
     {"points": 5001}],
)  # fmt: skip
def test_misuse_is_told(store, runs, wrong):
    """Each names its value."""
    with pytest.raises(InvalidParameterError):
        store.get_metric_arrays(runs[0], "loss", **wrong)
    with pytest.raises(InvalidParameterError, match="run_ids 3"):
        store.get_metric_arrays(3, "loss")
