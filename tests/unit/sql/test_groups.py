"""Groups of runs, beyond what every store promises."""

from __future__ import annotations

from epochal.ports.tracking import NewExperiment, NewRun, RunLog, RunQuery
from epochal.search.columns import parse_aggregate, parse_column
from epochal.sql.groups import group_runs, list_values
from epochal.sql.store import SqlStore


def test_groups_span_experiments(any_database):
    """Equal params of several experiments are one group; the experiment can be a field too."""
    store = SqlStore(any_database)
    for number in range(4):
        if number < 2:
            store.create_experiment(NewExperiment(f"e{number}", "mlflow-artifacts:", 1))
        experiment = str(1 + number % 2)
        store.create_run(NewRun(f"r{number}", experiment, "n", "", number))
        params = {"x": "same"} if number else {}
        store.log(RunLog(f"r{number}", params=params)).result()
    query = RunQuery(["1", "2"])
    by = [parse_column("params.x"), parse_column("experiment_id")]
    with any_database.read() as connection:
        groups = group_runs(connection, query, by, [parse_aggregate("max(start_time)")]).items
        assert [(group.by, group.count, group.aggregates) for group in groups] == [
            (["same", "1"], 1, [2]),
            (["same", "2"], 2, [3]),
            ([None, "1"], 1, [0]),
        ]
        values = list_values(connection, query, by[0], "sa")
        assert [(value.value, value.count) for value in values] == [("same", 3)]
