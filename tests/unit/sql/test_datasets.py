from __future__ import annotations

from epochal.entities import Dataset, DatasetInput, InputTag
from epochal.sql.datasets import add_inputs, load_inputs


def test_a_dataset_is_kept_once_per_experiment(any_database):
    """Runs of one experiment share the row, other experiments have their own."""
    given = DatasetInput(
        Dataset("d", "1", "local", "{}"), [InputTag("a", "1"), InputTag("a", "2")]
    )

    def work(connection):
        for run, experiment in ((1, 0), (2, 0), (3, 1)):
            add_inputs(connection, run, experiment, [given])
        return connection.execute("SELECT experiment FROM datasets ORDER BY id")

    assert any_database.write(work).result() == [(0,), (1,)]
    with any_database.read() as connection:
        found = load_inputs(connection, [1, 2, 3, 4])
    assert set(found) == {1, 2, 3}
    assert found[1][0].tags == [InputTag("a", "2")]  # the last of equal keys stays
