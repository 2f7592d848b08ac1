from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from epochal.errors import EpochalError, InvalidParameterError
from epochal.sql.database import open_database, open_driver
from epochal.sql.migrations import (
    find_version,
    load_migrations,
    prepare,
    split_statements,
    upgrade,
)
from epochal.sql.store import SqlStore

ASSETS = Path(__file__).parents[2] / "assets"
NEWEST = max(load_migrations("sqlite"))
NEXT = NEWEST + 1
LATER = "CREATE TABLE later (id {serial}, name {text});\n"


def more(driver):
    """Our versions and one that a later Epochal has."""
    return {**load_migrations(driver.dialect.name), NEXT: LATER}


def version(url):
    driver = open_driver(url)
    session = driver.connect("owner")
    try:
        return find_version(session)
    finally:
        session.close()
        driver.close()


def test_versions_are_counted_without_gaps():
    """Every version has its file, from 1 on."""
    assert list(load_migrations("postgresql")) == list(range(1, NEWEST + 1))


def test_a_new_store_is_at_the_newest_version(any_url):
    """Opening nothing makes a complete store; opening it again changes nothing."""
    assert version(any_url) is None
    for _ in range(2):
        open_database(any_url).close()
        assert version(any_url) == NEWEST


def test_a_newer_store_is_refused(any_url):
    """A store that a later Epochal made tells to upgrade the program."""
    driver = open_driver(any_url)
    prepare(driver, more(driver))
    with pytest.raises(InvalidParameterError, match=rf"{NEXT}.*newer.*pip install --upgrade"):
        open_database(any_url)


def test_an_older_store_asks_for_its_upgrade(any_url):
    """An older store is opened only after `epochal db upgrade`, which keeps what is in it."""
    open_database(any_url).close()
    driver = open_driver(any_url)
    with pytest.raises(InvalidParameterError, match="epochal db upgrade"):
        prepare(driver, more(driver))
    assert upgrade(driver, more(driver)) == (NEWEST, NEXT)
    assert upgrade(driver, more(driver)) == (NEXT, NEXT)
    prepare(driver, more(driver))
    driver.close()


def test_a_failing_upgrade_changes_nothing(any_url):
    """An upgrade is all or nothing, its tables too."""
    open_database(any_url).close()
    broken = {NEWEST: "", NEXT: "CREATE TABLE half (id {serial});\nSELEKT;\n"}
    driver = open_driver(any_url)
    with pytest.raises(driver.errors):
        upgrade(driver, broken)
    driver.close()
    database = open_database(any_url)
    with pytest.raises(EpochalError), database.read() as connection:
        connection.execute("SELECT * FROM half")
    database.close()


def test_nothing_cannot_be_upgraded(any_url):
    """Where there is no store, upgrading says so."""
    with pytest.raises(InvalidParameterError, match="no Epochal store"):
        upgrade(open_driver(any_url))


@pytest.mark.parametrize("schema", sorted(path.name for path in ASSETS.glob("schema*.db")))
def test_a_store_of_each_released_schema_is_brought_here(schema, tmp_path):
    """A real file of every version is upgraded and gives back what it held."""
    path = tmp_path / schema
    shutil.copy(ASSETS / schema, path)
    driver = open_driver(f"sqlite:///{path}")
    upgrade(driver)
    driver.close()
    store = SqlStore(open_database(f"sqlite:///{path}"))
    run = store.get_run("kept")
    assert run.data.params == {"alpha": "0.1"}
    assert run.data.tags == {"mlflow.runName": "old-owl-1", "note": "überlebt"}
    assert run.data.metrics == {"loss": 0.25}
    assert list(store.get_history("kept", "loss").series.value) == [1.0, 0.5, 0.25]
    assert run.inputs.dataset_inputs[0].dataset.name == "flights"
    experiment = store.get_experiment(run.info.experiment_id)
    assert (experiment.name, experiment.tags) == ("assets", {"team": "ü"})
    store.close()


def test_statements_end_at_semicolons_at_line_ends():
    """Comments go, semicolons inside a line stay."""
    template = "-- a;\nCREATE TABLE a (x);\n  -- b\nINSERT INTO a\nVALUES (';x');\n"
    assert split_statements(template) == ["CREATE TABLE a (x)", "INSERT INTO a\nVALUES (';x')"]
