from __future__ import annotations

import pytest

from epochal.errors import AlreadyExistsError, NotFoundError
from epochal.ports.tracking import NewExperiment
from epochal.sql.experiments import (
    create_experiment,
    load_experiments,
    parse_ids,
    set_experiment_stage,
)


def test_ids_that_spell_no_number_name_nothing():
    """Only decimal text within 64 bits is an id."""
    assert parse_ids(["7", "007", "x", "", "-1", "1.0", "\u0663", str(2**63), "0"]) == [7, 7, 0]


def test_ids_are_never_used_again(any_database):
    """A number given to an experiment stays its own, whatever becomes of the row."""

    def work(connection):
        first = create_experiment(connection, NewExperiment("a", "r:", 0))
        connection.execute("DELETE FROM experiments WHERE id > 0")
        second = create_experiment(connection, NewExperiment("b", "r:", 0))
        return int(first.experiment_id), int(second.experiment_id)

    first, second = any_database.write(work).result()
    assert second > first


def test_loading_keeps_the_order_asked_for(any_database):
    """Experiments come in the order of their numbers in the question."""

    def make(connection):
        for name in "abc":
            create_experiment(connection, NewExperiment(name, "r:", 0, tags={"t": name}))

    any_database.write(make).result()
    with any_database.read() as connection:
        found = load_experiments(connection, [3, 1, 99, 2])
    assert [(e.name, e.tags["t"]) for e in found] == [("c", "c"), ("a", "a"), ("b", "b")]


def test_a_failed_creation_names_the_holder(any_database):
    """The refusal tells a deleted holder of the name from an active one."""

    def make(connection):
        return create_experiment(connection, NewExperiment("x", "r:", 0)).experiment_id

    number = any_database.write(make).result()
    with pytest.raises(AlreadyExistsError) as active:
        any_database.write(make).result()
    any_database.write(lambda c: set_experiment_stage(c, number, "deleted", 0)).result()
    with pytest.raises(AlreadyExistsError) as deleted:
        any_database.write(make).result()
    assert "restore" not in str(active.value)
    assert "restore" in str(deleted.value)


def test_moving_a_missing_experiment_names_it(any_database):
    """The id that was not found stands in the message."""
    with pytest.raises(NotFoundError, match="'77'"):
        any_database.write(lambda c: set_experiment_stage(c, "77", "deleted", 0)).result()
