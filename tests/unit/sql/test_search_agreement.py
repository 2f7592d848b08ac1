"""The SQL of searches agrees with a plain reading of the grammar, on random small stores."""

from __future__ import annotations

import itertools
import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.entities import Metric, Points
from epochal.ports.tracking import RunQuery
from epochal.search.algebra import conjunction, disjunction, negation
from epochal.search.evaluator import matches
from epochal.search.parser import parse_order_by
from epochal.search.tree import Comparison, Field, Function, Moment, Node, OrderBy
from epochal.sql import ties
from epochal.sql.database import open_database
from epochal.sql.search import find_runs
from epochal.sql.summaries import add_to_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.sql.database import Connection, Database

NAMES = ["a", "b", "x y"]
TEXTS = [
    "",
    "A",
    "a",
    "a_",
    "A%b",
    "10",
    "9",
    "1e1",
    "-inf",
    "1e999",
    "é",
    "É",
    "'",
    "ab\n",
    "İ",
    "ДΣ",
    "ß",
    "\u212a",
]
PATTERNS = [
    "a",
    "^a",
    "(?i)^A$",
    "[^a]",
    "(?i)é",
    "(?i)İ",
    "(?i)[^дk]\u03c3?$",
    r"^\d+$",
    "b.$",
    r"\ba\b",
    "a|9",
    "(a?|b)*",
    "^$",
]
PARENT = "mlflow.parentRunId"
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
    versions: list[dict[str, Any]] = field(default_factory=list)  # registered from it
    world: list[Row] = field(default_factory=list, repr=False)

    def values(self, key: Field) -> list[Any]:
        """What the run, or what is related to it, has of a field."""
        own = replace(key, relation=None)
        parent = self.tag.get(PARENT)
        if key.relation == "experiment":
            name = "E" if self.experiment == 1 else f"e{self.experiment}"
            return [name if key.key == "name" else self.experiment]
        if key.relation == "model":
            name = "tag" if key.entity == "tag" else key.key
            return [v[name] for v in self.versions if v[name] is not None]
        if key == Field("attribute", "run_id", relation="parent"):
            return [] if parent is None else [parent]
        if key.relation == "parent":
            found = [row for row in self.world if row.columns["run_id"] == parent]
        elif key.relation == "child":
            found = [row for row in self.world if row.is_child_of(self)]
        else:
            found = [self]
        return [value for row in found for value in _values(row, own)]

    def is_child_of(self, other: Row) -> bool:
        """Whether it names the other as parent, in the same experiment, and is not deleted."""
        named = self.tag.get(PARENT) == other.columns["run_id"]
        return named and self.experiment == other.experiment and self.stage == "active"


@st.composite
def rows(draw) -> Row:
    texts = st.sampled_from(TEXTS)
    points = st.tuples(st.integers(-2, 2), st.sampled_from(NUMBERS))
    traces = st.lists(points, min_size=1, max_size=3)
    tags = draw(st.dictionaries(st.sampled_from([*NAMES, "mlflow.runName"]), texts, max_size=3))
    if draw(st.booleans()):
        tags[PARENT] = draw(st.sampled_from(["r00", "r07", "r04", "elsewhere"]))
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
        versions=draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "name": texts,
                        "version_number": st.integers(1, 3),
                        "stage": st.sampled_from(["None", "Production"]),
                        "alias": st.none() | texts,
                        "tag": st.none() | texts,
                    }
                ),
                max_size=2,
            )
        ),
    )


def _clauses() -> st.SearchStrategy[Comparison]:
    lists = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(tuple)
    names = st.sampled_from([*NAMES, "absent"])
    relation = st.sampled_from([None, None, None, "parent", "child"])
    logged = st.builds(
        Field, st.sampled_from(["param", "tag"]), names, st.none(), relation=relation
    )
    column = st.sampled_from(["run_name", "status", "user_id", "artifact_uri", "run_id"])
    dataset = st.builds(
        Field,
        st.just("dataset"),
        st.sampled_from(["name", "digest", "context"]),
        relation=relation,
    )
    own = st.builds(Field, st.just("attribute"), column, relation=relation)
    experiment = st.just(Field("attribute", "name", relation="experiment"))
    time = st.sampled_from(["start_time", "end_time", "duration"])
    times = st.builds(Field, st.just("attribute"), time, relation=relation)
    model = st.sampled_from(["name", "stage", "alias"]).map(
        lambda name: Field("attribute", name, relation="model")
    )
    tagged = st.just(Field("tag", "a", relation="model"))
    numbered = st.just(Field("attribute", "version_number", relation="model"))
    texts = logged | own | dataset | experiment | model | tagged
    ids = st.lists(st.sampled_from(["r00", "r01", "r02", "r07"]), min_size=1).map(tuple)
    return st.one_of(
        _numeric(_metrics(names, relation), [0, 0.0, 1.5, -1, 3, math.inf, -math.inf, 1e300]),
        _numeric(times, [0, 4.5, 5, 10, math.inf, -1, 0.005]),
        _numeric(logged | tagged, [0, 9, 10.0, -math.inf, math.inf, 1e300]),
        _numeric(numbered, [0, 1, 2, 3]),
        st.builds(Comparison, times.filter(lambda f: f.key != "duration"), _ORDERED, _moments()),
        st.builds(Comparison, texts, st.sampled_from(["=", "!=", *_LIKES]), _like_patterns()),
        st.builds(Comparison, texts, st.sampled_from(["=~", "!~"]), st.sampled_from(PATTERNS)),
        st.builds(Comparison, texts, st.sampled_from(["IN", "NOT IN"]), lists),
        st.builds(
            Comparison,
            texts | times | _metrics(names, relation),
            st.sampled_from(["IS NULL", "IS NOT NULL"]),
        ),
        st.builds(
            Comparison,
            st.sampled_from([None, "parent"]).map(
                lambda known: Field("attribute", "run_id", relation=known)
            ),
            st.sampled_from(["IN", "NOT IN"]),
            ids,
        ),
    )


_LIKES = ["LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE"]
_ORDERED = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])


def _like_patterns() -> st.SearchStrategy[str]:
    return st.sampled_from([*TEXTS, "a%", "%", "_", "%B", "A_b", "E", "e_"])


def _moments() -> st.SearchStrategy[Moment]:
    # So far from all times of runs that the clock decides nothing.
    return st.sampled_from([Moment(), Moment(-(10**13)), Moment(10**13)])


def _numeric(
    fields: st.SearchStrategy[Field], values: list[float]
) -> st.SearchStrategy[Comparison]:
    numbers = st.sampled_from(values)
    lists = st.lists(numbers, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Comparison, fields, _ORDERED, numbers),
        st.builds(Comparison, fields, st.sampled_from(["IN", "NOT IN"]), lists),
        st.builds(
            Comparison,
            fields,
            st.sampled_from(["BETWEEN", "NOT BETWEEN"]),
            st.tuples(numbers, numbers),
        ),
    )


def _filters() -> st.SearchStrategy[Node]:
    return st.recursive(
        _clauses(),
        lambda part: st.one_of(
            part.map(negation),
            st.lists(part, min_size=2, max_size=3).map(conjunction),
            st.lists(part, min_size=2, max_size=3).map(disjunction),
        ),
        max_leaves=6,
    )


def _metrics(
    names: st.SearchStrategy[str], relation: st.SearchStrategy[Any]
) -> st.SearchStrategy[Field]:
    """Metrics and what is known of them."""
    functions = st.sampled_from([None, *get_args(Function)])
    return st.builds(Field, st.just("metric"), names, functions, relation)


def _orderings() -> st.SearchStrategy[list[OrderBy]]:
    names = st.sampled_from([*NAMES, "absent"])
    logged = st.builds(Field, st.sampled_from(["param", "tag"]), names) | _metrics(
        names, st.none()
    )
    columns = ["run_id", "run_name", "status", "user_id", "start_time", "end_time", "duration"]
    fields = logged | st.builds(Field, st.just("attribute"), st.sampled_from(columns))
    return st.lists(st.builds(OrderBy, fields, st.booleans()), max_size=3)


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
    elif key.key == "duration":
        began, ended = row.columns["start_time"], row.columns["end_time"]
        found = None if began is None or ended is None else (ended - began) / 1000
    else:
        found = row.columns[key.key]
    return [] if found is None else [found]


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


_WIPED = (
    *("runs", "keys", "params", "tags", "metric_summaries", "datasets", "inputs", "input_tags"),
    *("registered_models", "model_versions", "model_version_tags", "model_aliases"),
)


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

    for number in (1, 2):
        name = "E" if number == 1 else f"e{number}"
        connection.execute(
            "INSERT INTO experiments (id, name, artifact_location, lifecycle_stage) "
            "VALUES (?, ?, '', 'active') ON CONFLICT DO NOTHING",
            (number, name),
        )
    connection.execute("UPDATE experiments SET name = 'e0' WHERE id = 0")
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
        for version in row.versions:
            register(connection, next(fresh), row.columns["run_id"], version)


def register(connection: Connection, number: int, run_id: str, version: dict[str, Any]) -> None:
    """Write a version of a model of its own, so that names and aliases may come twice."""
    connection.execute(
        "INSERT INTO registered_models (id, workspace, name, creation_time, last_updated_time) "
        "VALUES (?, ?, ?, 0, 0)",
        (number, str(number), version["name"]),
    )
    connection.execute(
        "INSERT INTO model_versions (id, model, version, source, storage, run_id, run_link, "
        "stage, status, creation_time, last_updated_time) "
        "VALUES (?, ?, ?, '', '', ?, '', ?, 'READY', 0, 0)",
        (number, number, version["version_number"], run_id, version["stage"]),
    )
    if version["alias"] is not None:
        sql = "INSERT INTO model_aliases (model, alias, model_version) VALUES (?, ?, ?)"
        connection.execute(sql, (number, version["alias"], number))
    if version["tag"] is not None:
        sql = "INSERT INTO model_version_tags (model_version, key, value) VALUES (?, 'a', ?)"
        connection.execute(sql, (number, version["tag"]))


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
        st.none() | _filters(),
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
        row.world = world
    database.write(lambda connection: fill(connection, world)).result()
    stages = {1: {"active"}, 2: {"deleted"}, 3: {"active", "deleted"}}[query.view]
    expected = [
        row
        for row in world
        if str(row.experiment) in query.experiment_ids
        and row.stage in stages
        and matches(row, query.where, now_ms=time.time_ns() // 1_000_000)
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
