"""Searching runs from a script."""

from __future__ import annotations

import pandas as pd
import pytest

from epochal.errors import InvalidParameterError


@pytest.fixture
def three_runs(store):
    store.set_experiment("search")
    for number in range(3):
        with store.start_run(run_name=f"r{number}"):
            store.log_metric("loss", number / 10)
            if number:
                store.log_param("depth", number)


def test_frames_have_mlflows_columns(store, three_runs):
    """Runs as rows, one column per key, times as timestamps, gaps as NaN or None."""
    frame = store.search_runs(order_by=["metrics.loss ASC"])
    fixed = ["run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time"]
    assert list(frame.columns[:6]) == fixed
    assert frame["metrics.loss"].tolist() == [0.0, 0.1, 0.2]
    assert frame["params.depth"].isna().tolist() == [True, False, False]
    assert isinstance(frame["start_time"].dtype, pd.DatetimeTZDtype)
    assert (frame["end_time"] >= frame["start_time"]).all()


def test_no_runs_give_an_empty_frame(store):
    """Nothing found is no error and keeps the fixed columns."""
    frame = store.search_runs()
    assert len(frame) == 0
    assert "run_id" in frame


def test_lists_and_limits(store, three_runs, monkeypatch):
    """Pages are put together, and no more comes than was asked for."""
    monkeypatch.setattr("epochal.fluent.runs._PAGE", 2)
    assert len(store.search_runs(output_format="list")) == 3
    assert len(store.search_runs(output_format="list", max_results=1)) == 1
    found = store.search_runs(filter_string="params.depth = '2'", output_format="list")
    assert [run.info.run_name for run in found] == ["r2"]


def test_where_to_search(store, three_runs):
    """By names, by ids, everywhere, or in the active experiment."""
    made = store.get_experiment_by_name("search").experiment_id
    store.set_experiment("empty")
    assert len(store.search_runs()) == 0
    assert len(store.search_runs([made])) == 3
    assert len(store.search_runs(experiment_names=["search", "unknown"])) == 3
    assert len(store.search_runs(search_all_experiments=True)) == 3
    with pytest.raises(InvalidParameterError, match="Only one"):
        store.search_runs([made], experiment_names=["search"])
    with pytest.raises(InvalidParameterError, match="csv"):
        store.search_runs(output_format="csv")


def test_runs_are_counted(store, three_runs):
    """As many as a search would find."""
    assert store.count_runs() == 3
    assert store.count_runs(filter_string="metrics.loss > 0.05") == 2
    assert store.count_runs(experiment_names=["unknown"]) == 0


def test_groups_are_a_frame(store, three_runs):
    """One row per value, missing ones last, with the count and what was asked for."""
    frame = store.group_runs("params.depth", ["max(metrics.loss)"])
    assert list(frame.columns) == ["params.depth", "count", "max(metrics.loss)"]
    assert frame["count"].tolist() == [1, 1, 1]
    assert frame["max(metrics.loss)"].tolist() == [0.1, 0.2, 0.0]
    assert frame["params.depth"].isna().tolist() == [False, False, True]
    with pytest.raises(InvalidParameterError, match="median"):
        store.group_runs(["status"], ["median(metrics.loss)"])


def test_distinct_values_come_with_counts(store, three_runs):
    """The most frequent first."""
    assert store.distinct_values("status") == {"FINISHED": 3}
    assert store.distinct_values("params.depth") == {"1": 1, "2": 1}


def test_tables_of_several_pages_are_one_frame(store, three_runs, monkeypatch):
    """A column that a page lacks is filled with gaps."""
    monkeypatch.setattr("epochal.fluent.runs._PAGE", 1)
    frame = store.search_runs(order_by=["start_time ASC"])
    assert frame["params.depth"].isna().tolist() == [True, False, False]
    assert frame["metrics.loss"].tolist() == [0.0, 0.1, 0.2]
