"""What every store promises about runs in columns, counted and grouped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from epochal.errors import InvalidParameterError
from epochal.ports.tables import FieldQuery, TableStore
from epochal.ports.tracking import RunChanges, RunQuery, TrackingStore
from epochal.search.columns import parse_aggregate, parse_column, parse_columns
from epochal.search.parser import parse_filter, parse_order_by
from epochal.testing.samples import NOW_MS, log, make_experiment, make_run, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

LOSSES = (0.5, math.nan, None, -math.inf, 0.25)


class RunTableStore(TrackingStore, TableStore, Protocol):
    """What the suite needs: runs to look at, and a way to look."""


class TableContract:
    """All that every table store promises. The fixture `store` yields a new, empty store."""

    @pytest.fixture
    def experiment_id(self, store: RunTableStore) -> str:
        """Five runs: r0 is the first, r4 the last to start."""
        experiment_id = make_experiment(store).experiment_id
        for number, loss in enumerate(LOSSES):
            run = make_run(store, experiment_id, f"r{number}", start_time=NOW_MS + number)
            points = [] if loss is None else [measured("loss", 1.0), measured("loss", loss, 1)]
            params = {"model": ("lasso", "ridge")[number % 2], "odd key!": str(number)}
            log(store, run, metrics=points, params=params, tags={"t": "x" * number})
        store.update_run("r4", RunChanges(status="FINISHED", end_time=NOW_MS + 14))
        return experiment_id

    def test_a_table_has_the_columns_asked_for(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """In the order asked for, a value or None for each run; NaN and infinities are values."""
        texts = ["metrics.loss", "params.`odd key!`", "max(metrics.loss)", "duration", "run_id"]
        table = store.read_table(_query(experiment_id), parse_columns(texts))
        assert table.run_ids == ["r4", "r3", "r2", "r1", "r0"]
        assert list(table.columns) == texts
        assert _plain(table.columns["metrics.loss"]) == [0.25, -math.inf, None, "nan", 0.5]
        assert table.columns["params.`odd key!`"] == ["4", "3", "2", "1", "0"]
        assert table.columns["max(metrics.loss)"] == [1.0, 1.0, None, 1.0, 1.0]
        assert table.columns["duration"] == [0.01, None, None, None, None]
        assert table.columns["run_id"] == table.run_ids
        assert table.token is None

    def test_unknown_keys_are_empty_columns(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """A key that nobody logged is no error: a run may come to log it."""
        table = store.read_table(_query(experiment_id), parse_columns(["metrics.none", "tags.n"]))
        assert table.columns == {"metrics.none": [None] * 5, "tags.n": [None] * 5}

    def test_without_columns_all_come(self, store: RunTableStore, experiment_id: str) -> None:
        """Of each run what it is and all it logged, in the order of first sight."""
        table = store.read_table(_query(experiment_id, order_by=["start_time"]), None)
        assert list(table.columns)[:6] == [
            *("experiment_id", "run_name", "status", "artifact_uri", "start_time", "end_time")
        ]
        assert set(list(table.columns)[6:]) == {
            *("metrics.loss", "params.model", "params.odd key!", "tags.t", "tags.mlflow.runName")
        }
        assert table.columns["tags.t"] == ["", "x", "xx", "xxx", "xxxx"]
        assert table.columns["experiment_id"] == [experiment_id] * 5

    def test_pages_of_tables_follow_each_other(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """Every run comes once, in the order of the search, however small the pages."""
        found: list[str] = []
        token = None
        while True:
            query = _query(
                experiment_id, order_by=["params.model DESC"], limit=2, page_token=token
            )
            table = store.read_table(query, parse_columns(["params.model"]))
            found += table.run_ids
            token = table.token
            if token is None:
                break
        assert found == ["r3", "r1", "r4", "r2", "r0"]

    def test_counts_agree_with_searches(self, store: RunTableStore, experiment_id: str) -> None:
        """Whatever the limit of the query."""
        assert store.count_runs(_query(experiment_id, limit=1)) == 5
        assert store.count_runs(_query(experiment_id, "params.model = 'ridge'")) == 2
        assert store.count_runs(_query("404")) == 0

    def test_groups_count_and_aggregate(self, store: RunTableStore, experiment_id: str) -> None:
        """NaN and missing values are left out of aggregates; where nothing is left, None."""
        said = ["count", "count(metrics.loss)", "min(metrics.loss)", "mean(duration)"]
        page = store.group_runs(
            _query(experiment_id),
            [parse_column("params.model")],
            [parse_aggregate(text) for text in said],
        )
        assert [(group.by, group.count) for group in page.items] == [
            (["lasso"], 3),
            (["ridge"], 2),
        ]
        assert page.items[0].aggregates == [3, 2, 0.25, 0.01]
        assert page.items[1].aggregates == [2, 2, -math.inf, None]

    def test_groups_come_by_value_missing_last(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """Numbers, then NaN, then what has none; in pages that follow each other."""
        found: list[Any] = []
        token = None
        while True:
            query = _query(experiment_id, limit=2, page_token=token)
            page = store.group_runs(query, [parse_column("metrics.loss")], [])
            found += [group.by[0] for group in page.items]
            token = page.token
            if token is None:
                break
        assert _plain(found) == [-math.inf, 0.25, 0.5, "nan", None]

    def test_no_fields_make_one_group(self, store: RunTableStore, experiment_id: str) -> None:
        """Of all runs that match, and none where none does."""
        sums = [parse_aggregate("sum(duration)"), parse_aggregate("max(metrics.loss)")]
        (group,) = store.group_runs(_query(experiment_id), [], sums).items
        assert (group.by, group.count, group.aggregates) == ([], 5, [0.01, 0.5])
        assert store.group_runs(_query(experiment_id, "metrics.loss > 9"), [], sums).items == []

    def test_sums_never_overflow(self, store: RunTableStore) -> None:
        """What is too large for a double is infinite on every backend."""
        experiment_id = make_experiment(store).experiment_id
        for value in (1.7e308, 1.7e308):
            log(store, make_run(store, experiment_id), metrics=[measured("m", value)])
        said = [parse_aggregate("sum(metrics.m)"), parse_aggregate("mean(metrics.m)")]
        (group,) = store.group_runs(_query(experiment_id), [], said).items
        assert group.aggregates == [math.inf, math.inf]

    def test_values_come_most_frequent_first(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """Ties by value; missing ones are none; a prefix is taken literally."""
        field = parse_column("params.model")
        values = store.list_values(_query(experiment_id), field, "")
        assert [(one.value, one.count) for one in values] == [("lasso", 3), ("ridge", 2)]
        assert [one.value for one in store.list_values(_query(experiment_id), field, "ri")] == [
            "ridge"
        ]
        assert store.list_values(_query(experiment_id), field, "%") == []
        status = store.list_values(_query(experiment_id), parse_column("status"), "")
        assert [(one.value, one.count) for one in status] == [("RUNNING", 4), ("FINISHED", 1)]
        experiments = store.list_values(
            _query(experiment_id), parse_column("experiment_id"), experiment_id[:1]
        )
        assert [(one.value, one.count) for one in experiments] == [(experiment_id, 5)]

    def test_fields_are_listed_with_types_and_counts(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """Metrics, params and tags by key, after the attributes."""
        page = store.list_fields(FieldQuery([experiment_id], ("metric", "param", "tag")))
        assert [(one.field, one.type, one.count) for one in page.items] == [
            ("metrics.loss", "number", 4),
            ("params.model", "text", 5),
            ("params.`odd key!`", "number", 5),
            ("tags.mlflow.runName", "text", 5),
            ("tags.t", "text", 5),
        ]
        assert all(one.is_exact for one in page.items)
        attributes = store.list_fields(FieldQuery([experiment_id], ("attribute",))).items
        assert {one.field: one.count for one in attributes}["run_name"] == 5

    def test_pages_of_fields_follow_each_other(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """Every field comes once; a prefix minds no case."""
        found: list[str] = []
        token = None
        while True:
            page = store.list_fields(FieldQuery([experiment_id], limit=3, page_token=token))
            found += [one.field for one in page.items]
            token = page.token
            if token is None:
                break
        assert found == [one.field for one in store.list_fields(FieldQuery([experiment_id])).items]
        assert len(found) == 15
        query = FieldQuery([experiment_id], ("param", "metric"), prefix="Lo")
        assert [one.key for one in store.list_fields(query).items] == ["loss"]

    def test_tokens_of_other_questions_are_refused(
        self, store: RunTableStore, experiment_id: str
    ) -> None:
        """A token belongs to one search."""
        page = store.group_runs(_query(experiment_id, limit=1), [parse_column("params.model")], [])
        for token in (page.token, "rubbish", "W10="):
            with pytest.raises(InvalidParameterError):
                store.list_fields(FieldQuery([experiment_id], page_token=token))
            query = _query(experiment_id, page_token=token)
            with pytest.raises(InvalidParameterError):
                store.group_runs(query, [parse_column("status")], [])


def _query(
    experiment_id: str,
    text: str = "",
    order_by: Sequence[str] = (),
    limit: int = 1000,
    page_token: str | None = None,
) -> RunQuery:
    return RunQuery(
        [experiment_id],
        parse_filter(text, "run"),
        parse_order_by(order_by, "run"),
        limit=limit,
        page_token=page_token,
    )


def _plain(values: Sequence[Any]) -> list[Any]:
    """The values with NaN as a word, which equals itself."""
    return ["nan" if isinstance(v, float) and math.isnan(v) else v for v in values]
