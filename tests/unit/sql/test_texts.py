"""Params and tags of many runs, one row per run."""

from __future__ import annotations

from epochal.ports.tracking import NewRun, RunLog
from epochal.sql.store import SqlStore
from epochal.sql.texts import key_names, read_texts

ODD = {"b": 'a "quoted", \\ text', "a": "", "c": "é\n\t\u2028", "d": "x" * 6000}


def test_values_come_as_they_were_logged(any_database):
    """Whatever characters they hold; runs of equal keys share the tuple of them."""
    store = SqlStore(any_database)
    for run_id in ("r0", "r1", "r2"):
        store.create_run(NewRun(run_id, "0", run_id, "", 0))
        params = ODD if run_id != "r2" else {}
        store.log(RunLog(run_id, params=params)).result()
    with any_database.read() as connection:
        numbers = [row[0] for row in connection.execute("SELECT id FROM runs ORDER BY id")]
        (_, keys, values), (_, same, _) = sorted(read_texts(connection, "params", numbers))
        names = key_names(connection, keys)
        (narrowed,) = read_texts(connection, "params", numbers[:1], [keys[0]])
    assert keys is same
    assert {names[key]: value for key, value in zip(keys, values, strict=True)} == ODD
    assert narrowed[1:] == (keys[:1], values[:1])
