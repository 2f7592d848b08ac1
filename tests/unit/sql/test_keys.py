from __future__ import annotations

from epochal.errors import NotFoundError
from epochal.sql import keys
from epochal.sql.keys import find_key, find_keys, intern


def test_names_are_numbered_once_per_experiment_and_kind(any_database):
    """The same name is the same number; other kinds and experiments have their own."""

    def work(connection):
        return [
            intern(connection, experiment, kind, names)
            for experiment, kind, names in (
                (0, "m", ["loss", "acc"]),
                (0, "m", ["acc", "loss"]),
                (0, "t", ["loss"]),
                (1, "m", ["loss"]),
            )
        ]

    first, second, tag, foreign = any_database.write(work).result()
    assert second == first[::-1]
    assert len({*first, *tag, *foreign}) == 4


def test_numbers_are_remembered_only_when_stored(any_database):
    """A name that was rolled back is not taken for known."""

    def fail(connection):
        intern(connection, 0, "m", ["ghost"])
        raise NotFoundError("run", "r")

    assert any_database.write(fail).exception() is not None
    with any_database.read() as connection:
        assert find_key(connection, 0, "m", "ghost") is None
        assert (0, "m", "ghost") not in connection.known_keys
    (number,) = any_database.write(lambda c: intern(c, 0, "m", ["ghost"])).result()
    with any_database.read() as connection:
        assert connection.known_keys[0, "m", "ghost"] == number
        assert find_keys(connection, 0, "m", ["ghost", "absent"]) == {"ghost": number}


def test_memory_is_bounded(database, monkeypatch):
    """Beyond a bound the known names are forgotten, and found again in the table."""
    monkeypatch.setattr(keys, "MAX_KNOWN_KEYS", 10)
    names = [f"k{n}" for n in range(100)]
    first = [database.write(lambda c, n=n: intern(c, 0, "m", [n])).result() for n in names]
    with database.read() as connection:
        assert len(connection.known_keys) <= 11
    again = database.write(lambda c: intern(c, 0, "m", names)).result()
    assert [[number] for number in again] == first
