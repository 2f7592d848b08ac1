"""The SQL of searches agrees with a plain reading of the grammar, on random small stores."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.entities import Metric, Points
from epochal.ports.tracking import RunQuery
from epochal.search.parser import parse_order_by
from epochal.search.tree import And, Comparison, Field, Function, OrderBy
from epochal.sql import ties
from epochal.sql.database import open_database
from epochal.sql.search import find_runs
from epochal.sql.summaries import add_to_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.sql.database import Connection, Database

NAMES = ["a", "b", "x y"]
TEXTS = ["", "A", "a", "a_", "A%b", "10", "9", "é", "É", "'", "ab"]
NUMBERS = [0.0, -1.0, 1.5, 1e300, math.inf, -math.inf, math.nan, 3.0]
TIMES = [None, 0, 5, 10, 1_700_000_000_000]


@dataclass
class Row:
    """A run as the plain reading sees it."""

    id: int
    experiment: int
    stage: str
    columns: dict[str, Any]
    metric: dict[str, list[tuple[int, float]]] = field(default_factory=dict)  # steps and values
    param: dict[str, str] = field(default_factory=dict)
    tag: dict[str, str] = field(default_factory=dict)
    datasets: list[tuple[str, str, str | None]] = field(default_factory=list)


@st.composite
def rows(draw) -> Row:
    texts = st.sampled_from(TEXTS)
    points = st.tuples(st.integers(-2, 2), st.sampled_from(NUMBERS))
    traces = st.lists(points, min_size=1, max_size=3)
    tags = draw(st.dictionaries(st.sampled_from([*NAMES, "mlflow.runName"]), texts, max_size=3))
    return Row(
        id=0,
        experiment=draw(st.sampled_from([0, 1, 2])),
        stage=draw(st.sampled_from(["active", "active", "deleted"])),
        columns={
            "name": tags.get("mlflow.runName", draw(texts)),
            "status": draw(st.sampled_from(["RUNNING", "FINISHED"])),
            "user_id": draw(texts),
            "artifact_uri": draw(texts),
            "start_time": draw(st.sampled_from(TIMES)),
            "end_time": draw(st.sampled_from(TIMES)),
        },
        metric=draw(st.dictionaries(st.sampled_from(NAMES), traces)),
        param=draw(st.dictionaries(st.sampled_from(NAMES), texts)),
        tag=tags,
        datasets=draw(
            st.lists(
                st.tuples(texts, st.sampled_from(["d1", "d2"]), st.none() | texts),
                max_size=2,
                unique_by=lambda dataset: dataset[:2],
            )
        ),
    )


def _clauses() -> st.SearchStrategy[Comparison]:
    texts = st.sampled_from([*TEXTS, "a%", "%", "_", "%B", "A_b"])
    lists = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(tuple)
    names = st.sampled_from([*NAMES, "absent"])
    numeric = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
    textual = st.sampled_from(["=", "!=", "LIKE", "ILIKE"])
    null = st.sampled_from(["IS NULL", "IS NOT NULL"])
    listed = st.sampled_from(["IN", "NOT IN"])
    numbers = st.sampled_from([0, 0.0, 1.5, -1, 3, math.inf, -math.inf, 1e300])
    times = st.sampled_from([0, 4.5, 5, 10, math.inf, -1])
    logged = st.builds(Field, st.sampled_from(["param", "tag"]), names)
    column = st.sampled_from(["run_name", "status", "user_id", "artifact_uri", "run_id"])
    dataset = st.builds(Field, st.just("dataset"), st.sampled_from(["name", "digest", "context"]))
    own = st.builds(Field, st.just("attribute"), column)
    time = st.builds(Field, st.just("attribute"), st.sampled_from(["start_time", "end_time"]))
    run_id = st.just(Field("attribute", "run_id"))
    ids = st.lists(st.sampled_from(["r00", "r01", "r02", "r03"]), min_size=1).map(tuple)
    return st.one_of(
        st.builds(Comparison, _metrics(names), numeric, numbers),
        st.builds(Comparison, logged, textual, texts),
        st.builds(Comparison, logged, null),
        st.builds(Comparison, own, textual, texts),
        st.builds(Comparison, time, numeric, times),
        st.builds(Comparison, run_id, listed, ids),
        st.builds(Comparison, dataset, textual, texts),
        st.builds(Comparison, dataset, listed, lists),
    )


def _metrics(names: st.SearchStrategy[str]) -> st.SearchStrategy[Field]:
    """Metrics and what is known of them."""
    functions = st.sampled_from([None, *get_args(Function)])
    return st.builds(Field, st.just("metric"), names, functions)


def _conjunction(clauses: list[Comparison]) -> Comparison | And | None:
    return And(tuple(clauses)) if len(clauses) > 1 else clauses[0] if clauses else None


def _orderings() -> st.SearchStrategy[list[OrderBy]]:
    names = st.sampled_from([*NAMES, "absent"])
    logged = st.builds(Field, st.sampled_from(["param", "tag"]), names) | _metrics(names)
    columns = ["run_id", "run_name", "status", "user_id", "start_time", "end_time"]
    fields = logged | st.builds(Field, st.just("attribute"), st.sampled_from(columns))
    return st.lists(st.builds(OrderBy, fields, st.booleans()), max_size=3)


def _like(pattern: str, text: str) -> bool:
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _holds(operator: str, have: Any, want: Any) -> bool:
    if operator == "LIKE":
        return _like(want, have)
    if operator == "ILIKE":
        return _like(want.lower(), have.lower())
    if operator in {"IN", "NOT IN"}:
        return (have in want) == (operator == "IN")
    return {
        "=": have == want,
        "!=": have != want,
        ">": have > want,
        ">=": have >= want,
        "<": have < want,
        "<=": have <= want,
    }[operator]


def known(trace: list[tuple[int, float]], function: Function | None) -> float:
    """What the function says of points at one instant; NaN stands just below zero there."""

    def place(point: tuple[int, float]) -> tuple[int, float, bool]:
        step, value = point
        return (step, 0.0, False) if math.isnan(value) else (step, value, True)

    ordered = sorted(trace, key=place)
    numbers = [(step, value) for step, value in trace if not math.isnan(value)]
    if function in {None, "first"}:
        return ordered[0 if function else -1][1]
    if function in {"count", "last_step"}:
        return len(trace) if function == "count" else ordered[-1][0]
    if not numbers:
        return math.nan
    values = [value for _, value in numbers]
    if function == "mean":
        infinite = [value for value in values if math.isinf(value)]
        return sum(infinite) if infinite else math.fsum(values) / len(values)
    assert function is not None
    best = min(values) if function.startswith("min") else max(values)
    return min(s for s, v in numbers if v == best) if function.endswith("_step") else best


def _values(row: Row, key: Field) -> list[Any]:
    if key.entity == "metric":
        return [known(row.metric[key.key], key.function)] if key.key in row.metric else []
    if key.entity == "dataset":
        place = ["name", "digest", "context"].index(key.key)
        return [d[place] for d in row.datasets if d[place] is not None]
    if key.entity != "attribute":
        found = getattr(row, key.entity).get(key.key)
    elif key.key == "run_name":
        found = row.tag.get("mlflow.runName")
    else:
        found = row.columns[key.key]
    return [] if found is None else [found]


def matches(row: Row, node: Comparison | And | None) -> bool:
    if node is None:
        return True
    if isinstance(node, And):
        return all(matches(row, part) for part in node.parts)
    values = _values(row, node.field)
    if node.operator in {"IS NULL", "IS NOT NULL"}:
        return bool(values) == (node.operator == "IS NOT NULL")
    return any(_holds(node.operator, value, node.value) for value in values)


def sort(found: list[Row], order_by: Sequence[OrderBy]) -> list[Row]:
    """Stable sorts, from the least important key to the most important one."""
    ties = [OrderBy(Field("attribute", "start_time"), True), OrderBy(Field("attribute", "run_id"))]
    result = list(found)
    for ordering in reversed([*order_by, *ties]):

        def value(row: Row, key: Field = ordering.field) -> Any:
            if key == Field("attribute", "run_name"):
                return row.columns["name"]
            values = _values(row, key)
            return values[0] if values else None

        present = [r for r in result if value(r) is not None and value(r) == value(r)]
        nan = [r for r in result if value(r) is not None and value(r) != value(r)]
        missing = [r for r in result if value(r) is None]
        present.sort(key=value, reverse=ordering.descending)
        result = present + nan + missing
    return result


_WIPED = ("runs", "keys", "params", "tags", "metric_summaries", "datasets", "inputs", "input_tags")


def fill(connection: Connection, world: list[Row]) -> None:
    """Write the rows as the store would keep them."""
    for table in _WIPED:
        connection.execute(f"DELETE FROM {table}")
    ids: dict[tuple[int, str, str], int] = {}

    def key(row: Row, kind: str, name: str) -> int:
        place = (row.experiment, kind, name)
        if place not in ids:
            ids[place] = len(ids) + 1
            sql = "INSERT INTO keys (id, experiment, kind, name) VALUES (?, ?, ?, ?)"
            connection.execute(sql, (ids[place], *place))
        return ids[place]

    fresh = itertools.count(1)
    for row in world:
        c = row.columns
        connection.execute(
            "INSERT INTO runs (id, run_id, experiment, name, user_id, status, start_time, "
            "end_time, lifecycle_stage, artifact_uri) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row.id, c["run_id"], row.experiment, c["name"], c["user_id"], c["status"]),
                *(c["start_time"], c["end_time"], row.stage, c["artifact_uri"]),
            ),
        )
        for name, trace in row.metric.items():
            points = Points.of([Metric(name, value, 0, step) for step, value in trace])
            add_to_summaries(connection, row.id, [key(row, "m", name)], points)
        for table, kind, values in (("params", "p", row.param), ("tags", "t", row.tag)):
            for name, text in values.items():
                sql = f"INSERT INTO {table} (run, key, value) VALUES (?, ?, ?)"
                connection.execute(sql, (row.id, key(row, kind, name), text))
        for name, digest, context in row.datasets:
            dataset = next(fresh)
            connection.execute(
                "INSERT INTO datasets (id, experiment, name, digest, source_type, source) "
                "VALUES (?, ?, ?, ?, '', '')",
                (dataset, dataset, name, digest),
            )
            sql = "INSERT INTO inputs (id, run, dataset) VALUES (?, ?, ?)"
            connection.execute(sql, (dataset, row.id, dataset))
            if context is not None:
                sql = "INSERT INTO input_tags (input, key, value) VALUES (?, ?, ?)"
                connection.execute(sql, (dataset, "mlflow.data.context", context))


def pages(connection: Connection, query: RunQuery) -> list[int]:
    """All results, page after page."""
    found: list[int] = []
    token = None
    while True:
        page = find_runs(
            connection,
            RunQuery(
                query.experiment_ids, query.where, query.order_by, query.view, query.limit, token
            ),
        )
        found += page.items
        token = page.token
        if token is None:
            return found
        assert len(page.items) == query.limit


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, tmp_path_factory) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('agreement') / 'store.db'}"
    else:
        url = request.getfixturevalue("postgresql_server").create_database()
    opened = open_database(url)
    yield opened
    opened.close()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    world=st.lists(rows(), max_size=9),
    query=st.builds(
        RunQuery,
        st.sampled_from([["0"], ["1"], ["0", "1"], ["0", "1", "2"], ["2", "7", "x"], []]),
        st.lists(_clauses(), max_size=3).map(_conjunction),
        _orderings().map(tuple),
        st.sampled_from([1, 2, 3]),
        st.sampled_from([1, 2, 3, 100, 15_000]),
    ),
    stretch=st.sampled_from([1, 2, ties.STRETCH]),
)
def test_any_search_finds_what_the_grammar_says(database, world, query, stretch):
    """Filter, order, stages, experiments and paging agree with a plain reading of the grammar."""
    for number, row in enumerate(world):
        row.id = number + 1
        row.columns["run_id"] = f"r{(number * 7) % 10:02}"  # ids in another order than rows
    database.write(lambda connection: fill(connection, world)).result()
    stages = {1: {"active"}, 2: {"deleted"}, 3: {"active", "deleted"}}[query.view]
    expected = [
        row
        for row in world
        if str(row.experiment) in query.experiment_ids
        and row.stage in stages
        and matches(row, query.where)
    ]
    with pytest.MonkeyPatch.context() as patch, database.read() as connection:
        patch.setattr(ties, "STRETCH", stretch)
        found = pages(connection, query)
    assert found == [row.id for row in sort(expected, query.order_by)]


def test_the_plain_reading_orders_as_the_grammar_says():
    """Numbers first, then NaN, then missing, in both directions."""
    world = [
        Row(n, 0, "active", {"start_time": n, "run_id": str(n)}, metric=metric)
        for n, metric in enumerate(
            [{}, {"m": [(0, math.nan)]}, {"m": [(0, 1.0)]}, {"m": [(0, 2.0)]}]
        )
    ]
    up, down = parse_order_by(["metrics.m"], "run"), parse_order_by(["metrics.m DESC"], "run")
    assert [row.id for row in sort(world, up)] == [2, 3, 1, 0]
    assert [row.id for row in sort(world, down)] == [3, 2, 1, 0]
